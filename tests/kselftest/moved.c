// SPDX-License-Identifier: GPL-2.0
/*
 * Directories are moved above a file that is executed, so that it is always
 * below the rule's: the upper part of its path leaves the directory only once
 * the lower part has been moved into it.  Who reads one part before a move and
 * the other after it puts together a path that the file never had.
 */
#include "moved.h"

#define LOW	"low"

/* So many that a look at each takes longer than to move two. */
enum { LEVELS = 3000, HITS = 300 };

static const char * const chain[] = { "this", "that" };

struct places {
	int in, out, leaf[2];
};

static void move(int from, int to, const char *what)
{
	must(renameat(from, what, to, what), what);
}

/* The chain that the file is not in may go where the rule does not look. */
static void move_for_ever(const struct places *at)
{
	for (int i = 0;; i = !i) {
		move(at->leaf[i], at->leaf[!i], LOW);
		move(at->in, at->out, chain[i]);
		stay();
		move(at->out, at->in, chain[i]);
	}
}

static int below(int dir, const char *name)
{
	int fd;

	must(mkdirat(dir, name, 0755), name);
	fd = openat(dir, name, O_PATH | O_DIRECTORY | O_CLOEXEC);
	must(fd < 0, name);
	return fd;
}

/* The last of many directories, each in the one before it. */
static int chain_in(int dir, const char *name)
{
	int leaf = below(dir, name);

	for (int i = 0; i < LEVELS; i++) {
		int next = below(leaf, "d");

		close(leaf);
		leaf = next;
	}
	return leaf;
}

FIXTURE(moved)
{
	struct case_state state;
	struct places at;
	int file;
	pid_t mover;
};

FIXTURE_SETUP(moved)
{
	int low;

	must(mkdir("/moved", 0755) || mkdir(IN, 0755) || mkdir(OUT, 0755), IN);
	must(set_param("include", IN "/*"), "include");
	case_begin(&self->state);
	self->at.in = open(IN, O_PATH | O_DIRECTORY | O_CLOEXEC);
	self->at.out = open(OUT, O_PATH | O_DIRECTORY | O_CLOEXEC);
	for (int i = 0; i < 2; i++)
		self->at.leaf[i] = chain_in(self->at.in, chain[i]);
	low = below(self->at.leaf[0], LOW);
	copy_file(PAYLOAD, IN "/p", 0755);
	must(renameat(self->at.in, "p", low, "p"), "p");
	self->file = openat(low, "p", O_PATH | O_CLOEXEC);
	must(self->file < 0, "p");
	self->mover = fork();
	if (!self->mover) {
		must(prctl(PR_SET_PDEATHSIG, SIGKILL), "prctl");
		move_for_ever(&self->at);
	}
}

FIXTURE_TEARDOWN(moved)
{
	kill(self->mover, SIGKILL);
	EXPECT_EQ(SIGKILL, WTERMSIG(wait_for(self->mover)));
	close(self->file);
	case_end(&self->state);
	set_defaults();
}

TEST_F_TIMEOUT(moved, each_exec_is_a_hit, 120)
{
	int hits = 0;

	for (int i = 0; i < HITS; i++) {
		ASSERT_EQ(0, run_file(self->file));
		hits += read_batch(self->state.fd, self->state.batch);
	}
	EXPECT_EQ(HITS, hits);
}

TEST_HARNESS_MAIN
