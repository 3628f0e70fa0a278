// SPDX-License-Identifier: GPL-2.0
/* CPUs go and come while hits are made on all of them, and none is lost. */
#include "params.h"
#include <signal.h>

#define HIT	"/dev/shm/hotplug"
#define CPU	"/sys/devices/system/cpu/cpu1/online"

enum { MAKERS = 3 };

FIXTURE(hotplug)
{
	struct batch *batch;
	int fd;
};

FIXTURE_SETUP(hotplug)
{
	copy_file(PAYLOAD, HIT, 0755);
	self->batch = malloc(sizeof(*self->batch));
	self->fd = open_reader();
	drain(self->fd);
}

FIXTURE_TEARDOWN(hotplug)
{
	write_to(CPU, "1");
	close(self->fd);
	free(self->batch);
}

static pid_t start_maker(unsigned long long hits)
{
	pid_t pid = fork();

	if (pid)
		return pid;
	for (unsigned long long i = 0; i < hits; i++)
		must(run(HIT), HIT);
	_exit(0);
}

static unsigned long long read_all(int fd, struct batch *batch)
{
	unsigned long long n = 0;
	int some;

	while ((some = read_batch(fd, batch)) > 0)
		n += some;
	return n;
}

TEST_F_TIMEOUT(hotplug, in_a_storm, 120)
{
	const unsigned long long hits = 40 * file_number("/files/rounds", 1);
	unsigned long long before = counter("hits"), had = 0;
	pid_t maker[MAKERS];
	int away = 0;

	for (int i = 0; i < MAKERS; i++)
		maker[i] = start_maker(hits);
	while (counter("hits") - before < MAKERS * hits) {
		write_to(CPU, "0");
		had += read_all(self->fd, self->batch);
		write_to(CPU, "1");
		had += read_all(self->fd, self->batch);
		away++;
	}
	for (int i = 0; i < MAKERS; i++)
		EXPECT_EQ(0, wait_for(maker[i]));
	had += read_all(self->fd, self->batch);
	EXPECT_EQ(MAKERS * hits, had);
	EXPECT_LT(2, away);
	TH_LOG("%llu hits while a CPU was away %d times", had, away);
}

TEST_HARNESS_MAIN
