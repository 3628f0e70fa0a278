// SPDX-License-Identifier: GPL-2.0
/*
 * Hits while names change: directories are renamed, filesystems mounted, and
 * the working directory set, all by others.  Each hit is there, once, and with
 * a name that the file had.  What is wrong with locks the kernel says itself.
 */
#include "case.h"
#include <sched.h>
#include <stddef.h>
#include <sys/prctl.h>

#define TOP	"/dev/shm/storm"

enum { HITS = 400 };

static void stay_on_one_cpu(void)
{
	cpu_set_t one;

	CPU_ZERO(&one);
	CPU_SET(0, &one);
	must(sched_setaffinity(0, sizeof(one), &one), "sched_setaffinity");
}

/* Above all others, so that it finds them in the middle of what they do. */
/* musl's own function only says that it does not conform. */
static void run_first(void)
{
	const struct sched_param param = { .sched_priority = 50 };

	must(syscall(SYS_sched_setscheduler, 0, SCHED_FIFO, &param),
	     "sched_setscheduler");
}

static void rename_for_ever(void)
{
	for (;;) {
		must(rename(TOP "/a/dir", TOP "/b/dir"), "rename");
		must(rename(TOP "/b/dir", TOP "/a/dir"), "rename back");
	}
}

static void mount_for_ever(void)
{
	own_mounts();
	for (;;) {
		mount_on("tmpfs", TOP "/mount");
		must(umount(TOP "/mount"), "umount");
	}
}

static int move_for_ever(void *unused)
{
	for (;;) {
		must(chdir("/"), "chdir");
		must(chdir("/dev/shm"), "chdir");
	}
	return 0;
}

/* Shares where it is with the caller, as two processes may. */
static pid_t start_mover(void)
{
	static max_align_t stack[4096];

	return clone(move_for_ever, stack + 4096, CLONE_FS | SIGCHLD, NULL);
}

static pid_t start_other(void (*other)(void))
{
	pid_t pid = fork();

	if (!pid) {
		must(prctl(PR_SET_PDEATHSIG, SIGKILL), "prctl");
		other();
	}
	return pid;
}

FIXTURE(storm)
{
	struct case_state state;
	int file;
	pid_t other[3];
};

FIXTURE_VARIANT(storm)
{
	bool one_cpu;
};

FIXTURE_VARIANT_ADD(storm, every_cpu)
{
	.one_cpu = false,
};

FIXTURE_VARIANT_ADD(storm, one_cpu_and_first)
{
	.one_cpu = true,
};

FIXTURE_SETUP(storm)
{
	case_begin(&self->state);
	/* Where the test before has left it. */
	rename(TOP "/b/dir", TOP "/a/dir");
	payload_at(TOP "/a/dir/p");
	must(mkdir(TOP "/b", 0755) && errno != EEXIST, TOP);
	must(mkdir(TOP "/mount", 0755) && errno != EEXIST, TOP);
	self->file = open(TOP "/a/dir/p", O_PATH | O_CLOEXEC);
	must(self->file < 0, TOP);
	if (variant->one_cpu)
		stay_on_one_cpu();
	self->other[0] = start_other(rename_for_ever);
	self->other[1] = start_other(mount_for_ever);
	self->other[2] = start_mover();
	if (variant->one_cpu)
		run_first();
}

FIXTURE_TEARDOWN(storm)
{
	for (int i = 0; i < 3; i++) {
		kill(self->other[i], SIGKILL);
		EXPECT_EQ(SIGKILL, WTERMSIG(wait_for(self->other[i])));
	}
	close(self->file);
	case_end(&self->state);
}

static bool is_one_of(const struct shmexec_exec *exec,
		      const struct shmexec_str *str, const char *one,
		      const char *other)
{
	return text_is(exec, str, one, strlen(one)) ||
	       text_is(exec, str, other, strlen(other));
}

/* Of a task that shares where it is with others, like its parent. */
static int execute_file(void *file)
{
	char *argv[] = { "p", NULL };

	execveat_(*(int *)file, "", argv, AT_EMPTY_PATH);
	_exit(errno);
}

static int run_file(int *file)
{
	static max_align_t stack[4096];

	return wait_for(clone(execute_file, stack + 4096, CLONE_FS | SIGCHLD,
			      file));
}

TEST_F_TIMEOUT(storm, each_hit_is_there_once, 240)
{
	const int wanted = 2 * HITS / (1 + slowness());
	const struct shmexec_hdr *rec;
	int hits = 0;

	for (int i = 0; i < wanted; i++) {
		ASSERT_EQ(0, run_file(&self->file));
		read_batch(self->state.fd, self->state.batch);
		rec = NULL;
		while ((rec = next(self->state.batch, rec))) {
			const struct shmexec_exec *exec = (const void *)rec;

			ASSERT_EQ(SHMEXEC_TYPE_EXEC, rec->type);
			EXPECT_TRUE(is_one_of(exec, &exec->canonical,
					      TOP "/a/dir/p", TOP "/b/dir/p"));
			EXPECT_TRUE(is_one_of(exec, &exec->cwd, "/", "/dev/shm"));
			EXPECT_TRUE(exec->known & SHMEXEC_KNOWN_TTY);
			EXPECT_EQ(0, exec->flags);
			hits++;
		}
	}
	EXPECT_EQ(wanted, hits);
}

TEST_HARNESS_MAIN
