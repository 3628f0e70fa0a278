// SPDX-License-Identifier: GPL-2.0
/*
 * The machine is suspended amid hits, and resumes: as far as /sys/power/pm_test has
 * it go, which also wakes it.  A reader that waits is given all of them.
 */
#include "params.h"
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/prctl.h>

#define HIT	"/dev/shm/suspend"
#define LAST	"/dev/shm/suspend-last"
#define STOP	"/run/suspend-stop"
#define POWER	"/sys/power/"

enum { MAKERS = 3, TIMES = 3 };

/* What the processes know of each other. */
struct shared {
	atomic_uint made, had;
};

/* A child that ends with the test, however that ends. */
static pid_t start_child(void)
{
	pid_t pid = fork();

	if (!pid)
		must(prctl(PR_SET_PDEATHSIG, SIGKILL), "prctl");
	return pid;
}

/* Slow enough for the ring to hold what comes before the reader is woken. */
static pid_t start_maker(struct shared *shared)
{
	pid_t pid = start_child();

	if (pid)
		return pid;
	while (access(STOP, F_OK)) {
		must(run(HIT), HIT);
		shared->made++;
		usleep(20000);
	}
	_exit(0);
}

static bool is_last(const struct shmexec_hdr *rec)
{
	const struct shmexec_exec *exec = (const void *)rec;

	return text_is(exec, &exec->canonical, LAST, strlen(LAST));
}

/* Exits 0 if each record up to the last is a hit and the one after the one before. */
static pid_t start_reader(struct shared *shared)
{
	static struct batch batch;
	const struct shmexec_hdr *rec = NULL;
	int fd = open_reader();
	__u64 seq = 0;
	pid_t pid;

	drain(fd);
	must(fcntl(fd, F_SETFL, 0), "fcntl");
	pid = start_child();
	while (!pid) {
		must(read_batch(fd, &batch) <= 0, "read");
		while ((rec = next(&batch, rec))) {
			if (rec->type != SHMEXEC_TYPE_EXEC || (seq && rec->seq != seq + 1))
				_exit(1);
			if (is_last(rec))
				_exit(0);
			seq = rec->seq;
			shared->had++;
		}
	}
	close(fd);
	return pid;
}

/* Where the firmware sleeps all CPUs but one go away, too. */
static void suspend_machine(void)
{
	char kinds[64] = "";
	int fd = open(POWER "mem_sleep", O_RDONLY | O_CLOEXEC);
	bool deep;

	must(fd < 0 || read(fd, kinds, sizeof(kinds) - 1) <= 0, POWER "mem_sleep");
	close(fd);
	deep = strstr(kinds, "deep");
	write_to(POWER "pm_test", deep ? "core" : "devices");
	write_to(POWER "state", deep ? "mem" : "freeze");
}

TEST(suspend_amid_hits)
{
	pid_t maker[MAKERS], reader;
	struct shared *shared;
	unsigned int before;

	if (!kernel_has(POWER "pm_test"))
		SKIP(return, "this kernel does not test suspending");
	copy_file(PAYLOAD, HIT, 0755);
	copy_file(PAYLOAD, LAST, 0755);
	write_to("/sys/module/suspend/parameters/pm_test_delay", "1");
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	ASSERT_NE(MAP_FAILED, shared);
	reader = start_reader(shared);
	for (int i = 0; i < MAKERS; i++)
		maker[i] = start_maker(shared);
	for (int i = 0; i < TIMES; i++) {
		before = shared->made;
		while (shared->made < before + MAKERS)
			usleep(1000);
		suspend_machine();
	}
	copy_file(PAYLOAD, STOP, 0644);
	for (int i = 0; i < MAKERS; i++)
		EXPECT_EQ(0, wait_for(maker[i]));
	EXPECT_EQ(0, run(LAST));
	EXPECT_EQ(0, wait_for(reader));
	EXPECT_EQ(shared->made, shared->had);
	write_to(POWER "pm_test", "none");
}

TEST_HARNESS_MAIN
