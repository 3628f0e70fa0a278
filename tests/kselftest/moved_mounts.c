// SPDX-License-Identifier: GPL-2.0
/*
 * As moved.c, with mounts: a file's mount is always below the rule's directory, as that
 * on which it lies leaves the directory only once it lies on another.  A move of mounts
 * shows in no counter that a module can read, if all that it touches are mountpoints
 * already.
 */
#include "moved.h"

#ifndef SYS_open_tree
#define SYS_open_tree		428
#define SYS_move_mount		429
#endif

#define LOW	"/moved/low"

enum { EMPTY_FROM = 0x4, EMPTY_TO = 0x40, CLONE_TREE = 0x1, EMPTY_PATH = 0x1000 };
enum { HITS = 100, NAMES = 400 };

/* Two filesystems, for each where it may be, its root, and a directory deep in it. */
struct places {
	int in[2], out[2], top[2], leaf[2], low;
};

static void move(int what, int to)
{
	must(syscall(SYS_move_mount, what, "", to, "", EMPTY_FROM | EMPTY_TO), "move_mount");
}

static int open_directory(const char *path)
{
	int fd;

	must(mkdir(path, 0755) && errno != EEXIST, path);
	fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	must(fd < 0, path);
	return fd;
}

/* Too deep for a path, and a look at each level takes longer than to move two mounts. */
static int deep_in(int top)
{
	int leaf = dup(top);

	for (unsigned int i = 0; i < 2500 + 17500 / slowness(); i++) {
		int next;

		must(mkdirat(leaf, "d", 0755), "d");
		next = openat(leaf, "d", O_PATH | O_DIRECTORY | O_CLOEXEC);
		must(next < 0, "d");
		close(leaf);
		leaf = next;
	}
	return leaf;
}

/* By a mount on it, seen from elsewhere. */
static void keep_mountpoint(int fd)
{
	static int nr;
	char path[32];
	int tree = syscall(SYS_open_tree, fd, "", CLONE_TREE | EMPTY_PATH);

	must(tree < 0, "open_tree");
	snprintf(path, sizeof(path), "/moved/%d", nr++);
	close(open_directory(path));
	must(syscall(SYS_move_mount, tree, "", AT_FDCWD, path, EMPTY_FROM), path);
	must(mount("none", path, "tmpfs", 0, NULL), path);
}

static void make_places(struct places *at)
{
	char path[64];

	for (int i = 0; i < 2; i++) {
		snprintf(path, sizeof(path), OUT "/%d", i);
		at->out[i] = open_directory(path);
		snprintf(path, sizeof(path), IN "/%d", i);
		at->in[i] = open_directory(path);
		mount_on("tmpfs", path);
		at->top[i] = open_directory(path);
		at->leaf[i] = deep_in(at->top[i]);
		keep_mountpoint(at->in[i]);
		keep_mountpoint(at->out[i]);
		keep_mountpoint(at->leaf[i]);
		keep_mountpoint(at->top[i]);
	}
	keep_mountpoint(at->low);
	move(at->low, at->leaf[0]);
}

FIXTURE(moved_mounts)
{
	struct case_state state;
	struct places at;
	int file;
	pid_t mover;
};

FIXTURE_SETUP(moved_mounts)
{
	own_mounts();
	mount_on("tmpfs", "/moved");
	close(open_directory(IN));
	close(open_directory(OUT));
	mount_on("tmpfs", LOW);
	copy_file(PAYLOAD, LOW "/p", 0755);
	self->file = open(LOW "/p", O_PATH | O_CLOEXEC);
	self->at.low = open_directory(LOW);
	make_places(&self->at);
	must(set_param("include", IN "/*"), "include");
	case_begin(&self->state);
}

FIXTURE_TEARDOWN(moved_mounts)
{
	kill(self->mover, SIGKILL);
	EXPECT_EQ(SIGKILL, WTERMSIG(wait_for(self->mover)));
	case_end(&self->state);
	set_defaults();
}

static pid_t fork_mover(void)
{
	pid_t pid = fork();

	must(!pid && prctl(PR_SET_PDEATHSIG, SIGKILL), "prctl");
	return pid;
}

/* The filesystem that the file's is not on may go where the rule does not look. */
TEST_F_TIMEOUT(moved_mounts, each_exec_is_a_hit, 300)
{
	const struct places *at = &self->at;
	int hits = 0;

	self->mover = fork_mover();
	for (int i = 0; !self->mover; i = !i) {
		move(at->low, at->leaf[!i]);
		move(at->top[i], at->out[i]);
		stay();
		move(at->top[i], at->in[i]);
	}
	for (int i = 0; i < HITS; i++) {
		ASSERT_EQ(0, run_file(self->file));
		hits += read_batch(self->state.fd, self->state.batch);
	}
	EXPECT_EQ(HITS, hits);
}

/* Once too deep for a path, once not: it may be cut, but nothing is in it twice. */
TEST_F_TIMEOUT(moved_mounts, names_are_true, 300)
{
	const struct places *at = &self->at;
	const struct shmexec_exec *exec;

	self->mover = fork_mover();
	while (!self->mover) {
		move(at->low, at->top[1]);
		move(at->low, at->leaf[0]);
	}
	for (int i = 0; i < NAMES; i++) {
		ASSERT_EQ(0, run_file(self->file));
		exec = only_hit(_metadata, &self->state);
		ASSERT_FALSE(text_of(exec, &exec->canonical) && exec->canonical.len >= 4 &&
			     !memcmp(text_of(exec, &exec->canonical) + exec->canonical.len - 4,
				     "/p/p", 4));
	}
}

TEST_HARNESS_MAIN
