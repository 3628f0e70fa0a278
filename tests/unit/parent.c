// SPDX-License-Identifier: GPL-2.0
/* Parents that /proc knows: real processes, which run this file. */
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include "kselftest_harness.h"
#include "parent.h"

static struct parents parents;
static char itself[4096];

/* Descriptors of this process, which are one more for each parent that is kept. */
static int descriptors(void)
{
	DIR *dir = opendir("/proc/self/fd");
	int n = 0;

	while (readdir(dir))
		n++;
	closedir(dir);
	return n;
}

/* Field 22. */
static uint64_t start_of(pid_t pid)
{
	long long ticks = 0;
	char path[64];
	FILE *stat;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	stat = fopen(path, "r");
	if (!stat)
		return 0;
	if (fscanf(stat, "%*d (%*[^)]) %*c") == EOF)
		return 0;
	for (int i = 4; i <= 22; i++)
		if (fscanf(stat, "%lld", &ticks) != 1)
			return 0;
	fclose(stat);
	return ticks * (1000000000 / sysconf(_SC_CLK_TCK));
}

/* A process that waits to be killed; of those that @slot of the memory is for. */
static pid_t start(int slot)
{
	pid_t pid;

	for (;;) {
		pid = fork();
		if (!pid)
			pause();
		if (pid % PARENTS == slot)
			return pid;
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
	}
}

static void end(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

/* Whether it is found, with the file that it runs. */
static bool found(pid_t pid, uint64_t started)
{
	struct event event = { .exec = {
		.known = SHMEXEC_KNOWN_PARENT, .ppid = pid, .parent_start = started,
	} };

	parents_find(&parents, &event);
	return event.parent_executable.len == strlen(itself) &&
	       !memcmp(event.parent_executable.p, itself, strlen(itself));
}

FIXTURE(parent)
{
	int before;
};

FIXTURE_SETUP(parent)
{
	ASSERT_LT(0, readlink("/proc/self/exe", itself, sizeof(itself) - 1));
	parents_forget(&parents);
	self->before = descriptors();
}

FIXTURE_TEARDOWN(parent)
{
}

TEST_F(parent, as_many_are_kept_as_there_is_memory_for)
{
	pid_t pid[PARENTS];
	uint64_t started[PARENTS];

	for (int i = 0; i < PARENTS; i++) {
		pid[i] = start(i);
		started[i] = start_of(pid[i]);
	}
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < PARENTS; i++)
			EXPECT_TRUE(found(pid[i], started[i]));
		EXPECT_EQ(self->before + PARENTS, descriptors());
	}
	/* Each is still what was kept: it is found, though it has gone. */
	for (int i = 0; i < PARENTS; i++)
		end(pid[i]);
	for (int i = 0; i < PARENTS; i++)
		EXPECT_TRUE(found(pid[i], started[i]));
}

TEST_F(parent, two_that_share_a_place)
{
	pid_t one = start(5), other = start(5);

	for (int round = 0; round < 3; round++) {
		EXPECT_TRUE(found(one, start_of(one)));
		EXPECT_TRUE(found(other, start_of(other)));
		EXPECT_EQ(self->before + 1, descriptors());
	}
	end(one);
	EXPECT_FALSE(found(one, 1));
	EXPECT_EQ(self->before, descriptors());
	end(other);
}

/* Another has its PID by now, or it had none; nor is it what was kept before. */
TEST_F(parent, another_start)
{
	pid_t pid = start(3);
	uint64_t started = start_of(pid);

	EXPECT_FALSE(found(pid, started + 1000000000));
	EXPECT_FALSE(found(pid, 0));
	EXPECT_TRUE(found(pid, started));
	EXPECT_FALSE(found(pid, started - 1000000000));
	EXPECT_EQ(self->before, descriptors());
	end(pid);
	EXPECT_FALSE(found(pid, started));
}

TEST_HARNESS_MAIN
