// SPDX-License-Identifier: GPL-2.0
/*
 * The rule is rewritten while every CPU executes.  Two rules take turns; they
 * share one pattern, which hits always, and each has one of its own.  An event
 * that was judged by half a rule would name a pattern that is not its file's,
 * and a file that neither rule names would hit.
 */
#include "params.h"
#include <pthread.h>
#include <sys/prctl.h>

#define ALWAYS	"/dev/shm/always/p"
#define FIRST	"/dev/shm/first/p"
#define SECOND	"/tmp/second/p"
#define NEVER	"/dev/shm/never/p"

/* At least. */
enum { REWRITES = 10000, HITS = 2000, STORMS = 4 };

static const char * const rule[] = {
	"/dev/shm/first/*,/tmp/none/*,/dev/shm/always/*",
	"/dev/shm/always/*,/tmp/second/*",
};

/* What a reader has seen. */
struct seen {
	int fd;
	__u64 hits, always, changes, lost, wrong;
	bool stop;
};

static void judge(struct seen *seen, const struct shmexec_exec *exec)
{
	static const char * const right[][2] = {
		{ ALWAYS, "/dev/shm/always/*" }, { FIRST, "/dev/shm/first/*" },
		{ SECOND, "/tmp/second/*" },
	};

	__atomic_add_fetch(&seen->hits, 1, __ATOMIC_RELAXED);
	for (int i = 0; i < 3; i++) {
		if (text_is(exec, &exec->canonical, right[i][0], strlen(right[i][0])) &&
		    text_is(exec, &exec->pattern, right[i][1], strlen(right[i][1]))) {
			seen->always += !i;
			return;
		}
	}
	seen->wrong++;
}

static void *reading(void *arg)
{
	struct batch *batch = malloc(sizeof(*batch));
	const struct shmexec_hdr *rec;
	struct seen *seen = arg;

	for (;;) {
		bool last = __atomic_load_n(&seen->stop, __ATOMIC_ACQUIRE);

		if (!read_batch(seen->fd, batch) && last)
			break;
		for (rec = NULL; (rec = next(batch, rec));) {
			if (rec->type == SHMEXEC_TYPE_EXEC)
				judge(seen, (const void *)rec);
			else if (rec->type == SHMEXEC_TYPE_LOST)
				seen->lost += ((const struct shmexec_lost *)rec)->count;
			else
				seen->changes++;
		}
	}
	free(batch);
	return NULL;
}

/* Executes in turn until it is killed; a byte for each ALWAYS that has run. */
static void storm(int report)
{
	static const char * const path[] = { ALWAYS, FIRST, SECOND, NEVER };

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (int i = 0;; i++) {
		must(run(path[i % 4]), path[i % 4]);
		if (i % 4 == 0)
			must(write(report, "", 1) != 1, "report");
	}
}

/* 0, or the number of rewrites that failed. */
static int rewrite(int times)
{
	int failed = 0;

	for (int i = 0; i < times; i++)
		failed += !!set_param("include", rule[i % 2]);
	return failed;
}

FIXTURE(rewrite) { struct seen seen; };

FIXTURE_SETUP(rewrite)
{
	payload_at(ALWAYS);
	payload_at(FIRST);
	payload_at(SECOND);
	payload_at(NEVER);
	self->seen.fd = open_reader();
	ASSERT_EQ(0, rewrite(1000));
	drain(self->seen.fd);
}

FIXTURE_TEARDOWN(rewrite)
{
	close(self->seen.fd);
	set_defaults();
}

TEST_F_TIMEOUT(rewrite, in_an_exec_storm, 280)
{
	struct seen *seen = &self->seen;
	const int enough = REWRITES / slowness();
	int report[2], ran = 0, rewrites = 0;
	long before = slab_kib();
	pid_t pid[STORMS];
	pthread_t reader;
	char byte;

	ASSERT_EQ(0, pipe(report));
	pthread_create(&reader, NULL, reading, seen);
	for (int i = 0; i < STORMS; i++) {
		pid[i] = fork();
		if (!pid[i])
			storm(report[1]);
	}
	close(report[1]);
	while (rewrites < enough ||
	       __atomic_load_n(&seen->hits, __ATOMIC_RELAXED) < HITS / slowness()) {
		ASSERT_EQ(0, rewrite(100));
		rewrites += 100;
	}
	for (int i = 0; i < STORMS; i++) {
		kill(pid[i], SIGKILL);
		EXPECT_EQ(SIGKILL, WTERMSIG(wait_for(pid[i])));
	}
	while (read(report[0], &byte, 1) == 1)
		ran++;
	__atomic_store_n(&seen->stop, true, __ATOMIC_RELEASE);
	pthread_join(reader, NULL);

	EXPECT_EQ(0, seen->wrong);
	EXPECT_EQ(0, seen->lost);
	EXPECT_EQ(rewrites, seen->changes);
	/* One for each storm may have run and not been told of. */
	EXPECT_LE(ran, seen->always);
	EXPECT_GE(ran + STORMS, seen->always);
	EXPECT_LT(seen->always, seen->hits);
	EXPECT_LT(100 / (int)slowness(), ran);
	/* A leaked rule takes 4 KiB. */
	EXPECT_GT(before + rewrites, slab_kib());
	TH_LOG("%d rewrites, %llu hits, %d of them certain, slab %+ld KiB",
	       rewrites, (unsigned long long)seen->hits, ran, slab_kib() - before);
}

TEST_HARNESS_MAIN
