// SPDX-License-Identifier: GPL-2.0
/*
 * Load: hits from every CPU as fast as they can be made, more than any reader
 * can take.  Of all that was made each reader has been given every record, or
 * has been told that it lost it: exactly.  How many hits each CPU makes is in
 * /files/load, if tests/vm/run.sh was given one with -f; else fewer on a slow
 * kernel, where they take as long.
 */
#include "params.h"
#include <stdatomic.h>
#include <sys/mman.h>

#define CHAIN	"/dev/shm/chain"

enum { CPUS_MAX = 8, FAST = 7, SLOW = FAST, READERS };

/* What the processes know of each other. */
struct shared {
	atomic_ullong total;	/* records, once all are made */
	atomic_int ready;	/* readers that wait for some */
	atomic_int done;	/* no more rule changes, please */
	atomic_ullong changes;
	struct count {
		unsigned long long records, lost, wrong;
	} reader[READERS];
};

static unsigned int cpus(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	return n < CPUS_MAX ? n : CPUS_MAX;
}

static void become_a_maker(unsigned int cpu, unsigned long hits)
{
	char count[16];
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	must(sched_setaffinity(0, sizeof(set), &set), "sched_setaffinity");
	snprintf(count, sizeof(count), "%lu", hits);
	execl(CHAIN, CHAIN, count, NULL);
	fatal(CHAIN);
}

/* How many hits they made. */
static unsigned long long make_hits(void)
{
	unsigned long hits = file_number("/files/load", 2000 / (1 + slowness()) + 500);
	pid_t pid[CPUS_MAX];

	for (unsigned int i = 0; i < cpus(); i++) {
		pid[i] = fork();
		if (!pid[i])
			become_a_maker(i, hits);
	}
	for (unsigned int i = 0; i < cpus(); i++)
		must(wait_for(pid[i]), CHAIN);
	return hits * cpus();
}

static void count_records(struct count *count, const struct batch *batch,
			  __u64 *seq)
{
	const struct shmexec_hdr *rec = NULL;

	while ((rec = next(batch, rec))) {
		count->wrong += rec->seq != *seq;
		if (rec->type == SHMEXEC_TYPE_LOST) {
			const struct shmexec_lost *lost = (const void *)rec;

			count->lost += lost->count;
			*seq += lost->count;
		} else {
			count->records++;
			*seq += 1;
		}
	}
}

static bool has_all(const struct shared *shared, const struct count *count)
{
	return shared->total && count->records + count->lost >= shared->total;
}

/* A slow one takes a nap after a few records, and is overtaken. */
static void become_a_reader(struct shared *shared, int number)
{
	static struct batch batch;
	struct count *count = &shared->reader[number];
	size_t size = number == SLOW ? 2048 : sizeof(batch.buf);
	int fd = open_reader();
	__u64 seq = 1;

	shared->ready++;
	while (!has_all(shared, count)) {
		bool last = shared->total;

		batch.len = read(fd, batch.buf, size);
		if (batch.len < 0 && errno == EAGAIN && last)
			break;
		if (batch.len < 0)
			batch.len = 0;
		count_records(count, &batch, &seq);
		if (!last && (number == SLOW || !batch.len))
			usleep(number == SLOW ? 200000 * slowness() : 10000);
	}
	_exit(0);
}

/* A reader that is killed wherever it is, over and over. */
static void become_a_victim_of(struct shared *shared)
{
	static struct batch batch;
	pid_t pid;

	while (!shared->done) {
		pid = fork();
		while (!pid) {
			int fd = open(DEVICE, O_RDONLY | O_CLOEXEC);

			for (int i = 0; fd >= 0 && i < 50; i++)
				if (read(fd, batch.buf, sizeof(batch.buf)) < 0)
					break;
			close(fd);
		}
		usleep(20000);
		kill(pid, SIGKILL);
		wait_for(pid);
	}
	_exit(0);
}

/* None of the rules lets go what is executed here. */
static void become_a_changer(struct shared *shared)
{
	static const char * const exclude[] = { "/dev/shm/x", "/dev/shm/y" };

	for (int i = 0; !shared->done; i = !i) {
		must(set_param("exclude", exclude[i]), "exclude");
		shared->changes++;
		usleep(5000);
	}
	_exit(0);
}

FIXTURE(load)
{
	struct shared *shared;
	struct batch *batch;
};

FIXTURE_SETUP(load)
{
	copy_file("/files/chain", CHAIN, 0755);
	self->batch = malloc(sizeof(*self->batch));
	self->shared = mmap(NULL, sizeof(*self->shared), PROT_READ | PROT_WRITE,
			    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	ASSERT_NE(MAP_FAILED, self->shared);
	ASSERT_EQ(0, unload());
	ASSERT_EQ(0, load("ring_kb=64"));
}

FIXTURE_TEARDOWN(load)
{
	EXPECT_EQ(0, unload());
	EXPECT_EQ(0, load(""));
	munmap(self->shared, sizeof(*self->shared));
	free(self->batch);
}

TEST_F_TIMEOUT(load, with_no_reader, 3600)
{
	struct count count = {};
	unsigned long long made = make_hits();
	int fd = open_reader();
	__u64 seq;

	EXPECT_EQ(made, counter("hits"));
	ASSERT_LT(0, read_batch(fd, self->batch));
	seq = next(self->batch, NULL)->seq;
	count.lost = seq - 1;
	EXPECT_EQ(count.lost, counter("lost"));
	do
		count_records(&count, self->batch, &seq);
	while (read_batch(fd, self->batch) > 0);
	EXPECT_EQ(0, count.wrong);
	EXPECT_EQ(made, count.records + count.lost);
	TH_LOG("made %llu: kept %llu, dropped %llu", made, count.records, count.lost);
	close(fd);
}

TEST_F_TIMEOUT(load, with_all_kinds_of_readers, 3600)
{
	struct shared *shared = self->shared;
	pid_t reader[READERS], victim, changer;
	unsigned long long made, total;

	for (int i = 0; i < READERS; i++) {
		reader[i] = fork();
		if (!reader[i])
			become_a_reader(shared, i);
	}
	while (shared->ready < READERS)
		usleep(1000);
	victim = fork();
	if (!victim)
		become_a_victim_of(shared);
	changer = fork();
	if (!changer)
		become_a_changer(shared);
	made = make_hits();
	shared->done = 1;
	EXPECT_EQ(0, wait_for(victim));
	EXPECT_EQ(0, wait_for(changer));
	total = made + shared->changes;
	shared->total = total;
	EXPECT_EQ(made, counter("hits"));
	for (int i = 0; i < READERS; i++) {
		const struct count *count = &shared->reader[i];

		EXPECT_EQ(0, wait_for(reader[i]));
		EXPECT_EQ(0, count->wrong);
		EXPECT_EQ(total, count->records + count->lost)
			TH_LOG("reader %d", i);
		if (i == SLOW)
			EXPECT_LT(0, count->lost);
		TH_LOG("reader %d: made %llu hits and %llu changes: had %llu, lost %llu",
		       i, made, total - made, count->records, count->lost);
	}
}

TEST_HARNESS_MAIN
