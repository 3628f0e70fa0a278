// SPDX-License-Identifier: GPL-2.0
/*
 * What the kernel may refuse an operation, an allocation or a copy, it refuses
 * once: the first in one try, the second in the next, until one needs no more.
 * The operation then fails with a reason and changes nothing, or is done.
 */
#include "fault.h"

#define HIT	"/dev/shm/faults"
#define LINK	"/run/faults"

/* The kernel reads the module first, which is its own affair: it fails now and then. */
enum { TRIES_MAX = 5000, OF_THE_MODULE = 300, SELDOM = 20 };

static int reader;
static const char *wanted;	/* exclude */

static int do_load(void)
{
	int fd = open(MODULE, O_RDONLY | O_CLOEXEC), error;

	if (fd < 0)
		return errno;
	error = syscall(SYS_finit_module, fd, "uid=0 exclude=/dev/shm/x", 0) ? errno : 0;
	close(fd);
	return error;
}

static int do_open(void)
{
	int fd = open(DEVICE, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return errno;
	close(fd);
	return 0;
}

static int do_read(void)
{
	static struct batch batch;

	batch.len = read(reader, batch.buf, sizeof(batch.buf));
	return batch.len < 0 ? errno : 0;
}

static int do_change(void)
{
	return set_param("exclude", wanted);
}

static int do_resolve(void)
{
	return ioctl(reader, SHMEXEC_IOC_RESOLVE) ? errno : 0;
}

static bool loaded(void)
{
	return !access(PARAMETERS "uid", F_OK);
}

FIXTURE(faults)
{
	struct case_state state;
	int tried, failed;
};

FIXTURE_SETUP(faults)
{
	case_begin(&self->state);
	copy_file(PAYLOAD, HIT, 0755);
	copy_file(PAYLOAD, LINK, 0755);
	allow_faults();
	reader = self->state.fd;
}

FIXTURE_TEARDOWN(faults)
{
	case_end(&self->state);
	set_defaults();
	EXPECT_LT(0, self->failed);
	TH_LOG("%d failed, %d of them the operation too", self->tried, self->failed);
}

#define EXPECT_WORKS() do {						\
	drain(self->state.fd);						\
	EXPECT_EQ(0, run(HIT));						\
	EXPECT_HIT(C | T | D, HIT);					\
	EXPECT_EQ(0, run(LINK));					\
	EXPECT_HIT(D, "/var" LINK, .canonical = LINK, .typed = LINK,	\
		   .pattern = "/var/run/*");				\
} while (0)

/* The @n-th is to fail; whether it did is @had, and what came of it @error. */
struct try {
	int n, error;
	bool had;
};

/* Judges the last one; whether there is one more. */
static bool next_try(struct __test_metadata *_metadata,
		     struct _test_data_faults *self, struct try *try)
{
	const int error = try->error;

	if (try->n++) {
		self->tried += try->had;
		self->failed += error != 0;
		EXPECT_TRUE(!error || (try->had && (error == ENOMEM || error == EFAULT ||
						    error == EINTR)))
			TH_LOG("try %d: errno %d, %s", self->tried, error,
			       try->had ? "with a fault" : "with none");
		if (!try->had || self->tried == TRIES_MAX)
			return false;
	}
	return true;
}

static void try_changes(struct __test_metadata *_metadata,
			struct _test_data_faults *self,
			int (*with)(int (*act)(void), int n, bool *had))
{
	struct try try = {};
	bool was_x;

	while (next_try(_metadata, self, &try)) {
		was_x = !strcmp(get_param("exclude"), "/dev/shm/x\n");
		wanted = was_x ? "/dev/shm/yy" : "/dev/shm/x";
		try.error = with(do_change, try.n, &try.had);
		EXPECT_EQ(try.error ? was_x : !was_x,
			  !strcmp(get_param("exclude"), "/dev/shm/x\n"));
		EXPECT_WORKS();
	}
}

TEST_F_TIMEOUT(faults, change, 120)
{
	try_changes(_metadata, self, with_fault);
}

TEST_F_TIMEOUT(faults, change_by_a_worker, 120)
{
	try_changes(_metadata, self, with_worker_fault);
}

/* What is not found for want of memory is not what is not there. */
TEST_F_TIMEOUT(faults, directories, 120)
{
	struct try try = {};

	while (next_try(_metadata, self, &try)) {
		try.error = with_worker_fault(do_resolve, try.n, &try.had);
		EXPECT_WORKS();
	}
}

TEST_F_TIMEOUT(faults, open, 120)
{
	struct try try = {};

	while (next_try(_metadata, self, &try)) {
		try.error = with_fault(do_open, try.n, &try.had);
		EXPECT_WORKS();
	}
}

/* A record that could not be handed over is still there. */
TEST_F_TIMEOUT(faults, read, 120)
{
	struct try try = {};

	while (next_try(_metadata, self, &try)) {
		drain(reader);
		EXPECT_EQ(0, run(HIT));
		try.error = with_fault(do_read, try.n, &try.had);
		if (try.error)
			EXPECT_HIT(C | T | D, HIT);
		else
			EXPECT_NO_HIT();
	}
}

/* Ends with errno if it does not execute; *@had as long as it is not waited for. */
static int exec_with_fault(int n, bool *had)
{
	char *argv[] = { HIT, NULL }, *env[] = { NULL }, task[16];
	siginfo_t info;
	pid_t pid = fork();
	int fd;

	if (!pid) {
		/* glibc that gets no memory at its start waits for ever. */
		alarm(2);
		set_fault(open_fault("thread-self"), n);
		execve(HIT, argv, env);
		_exit(errno);
	}
	must(pid < 0 || waitid(P_PID, pid, &info, WEXITED | WNOWAIT), "wait");
	snprintf(task, sizeof(task), "%d", pid);
	fd = open_fault(task);
	*had = had_fault(fd);
	close(fd);
	return wait_for(pid);
}

/* By its own libc, if that gets no memory, the program ends so. */
enum { NO_MEMORY_FOR_LIBC = 127 };

/* An exec that has been done is a hit, one that fails is none. */
TEST_F_TIMEOUT(faults, exec, 240)
{
	int n = 0, status, hits;
	bool had, done;

	do {
		status = exec_with_fault(++n, &had);
		hits = read_batch(self->state.fd, self->state.batch);
		done = !status || WEXITSTATUS(status) == NO_MEMORY_FOR_LIBC;
		/* What is killed may have been, before or after. */
		if (WIFEXITED(status))
			EXPECT_EQ(done, hits)
				TH_LOG("try %d: status %x", n, status);
		self->failed += status != 0;
		self->tried++;
	} while (had && n < TRIES_MAX);
}

static void load_anew(struct __test_metadata *_metadata,
		      struct _test_data_faults *self, struct try *try,
		      int (*with)(int (*act)(void), int n, bool *had))
{
	close(self->state.fd);
	EXPECT_EQ(0, unload());
	try->error = with(do_load, try->n, &try->had);
	EXPECT_EQ(!try->error, loaded());
	if (try->error)
		ASSERT_EQ(0, load(""));
	self->state.fd = open_reader();
	EXPECT_WORKS();
}

TEST_F_TIMEOUT(faults, load, 600)
{
	struct try try = {};
	int all;

	close(self->state.fd);
	ASSERT_EQ(0, unload());
	all = count_faults(do_load);
	self->state.fd = open_reader();
	while (next_try(_metadata, self, &try)) {
		if (try.n < all - OF_THE_MODULE)
			try.n += SELDOM - 1;
		load_anew(_metadata, self, &try, with_fault);
	}
}

TEST_F_TIMEOUT(faults, load_by_a_worker, 120)
{
	struct try try = {};

	while (next_try(_metadata, self, &try))
		load_anew(_metadata, self, &try, with_worker_fault);
}

TEST_HARNESS_MAIN
