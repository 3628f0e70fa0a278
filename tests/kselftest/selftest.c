// SPDX-License-Identifier: GPL-2.0
/* shmexec-logger --selftest: it says OK, or what is missing, and leaves nothing. */
#include "params.h"
#include <dirent.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <time.h>

#define LOGGER	"/files/shmexec-logger"

FIXTURE(selftest) {
	int said;
};

/* What is called like its copy. */
static int left_behind(void)
{
	DIR *dir = opendir("/dev/shm");
	struct dirent *entry;
	int n = 0;

	if (!dir)
		return 0;
	while ((entry = readdir(dir)))
		n += !strncmp(entry->d_name, "shmexec-selftest", 16);
	closedir(dir);
	return n;
}

FIXTURE_SETUP(selftest)
{
	set_defaults();
}

FIXTURE_TEARDOWN(selftest)
{
	set_defaults();
	EXPECT_EQ(0, left_behind());
}

/* A pipe, of which the child's end is its output. */
static pid_t start_selftest(int *said, void (*before)(void))
{
	int fd[2];
	pid_t pid;

	must(pipe2(fd, O_CLOEXEC), "pipe");
	pid = fork();
	if (!pid) {
		dup2(fd[1], 1);
		dup2(fd[1], 2);
		if (before)
			before();
		execl(LOGGER, "shmexec-logger", "--selftest", NULL);
		_exit(127);
	}
	close(fd[1]);
	*said = fd[0];
	return pid;
}

/* All that it says until it has ended, and its copy too. */
static const char *words(int said)
{
	static char text[8192];
	size_t len = 0;
	ssize_t n;

	while ((n = read(said, text + len, sizeof(text) - 1 - len)) > 0)
		len += n;
	close(said);
	text[len] = '\0';
	return text;
}

static int exit_code(int status)
{
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void check(struct __test_metadata *_metadata, int code, const char *want,
		  void (*before)(void))
{
	int said;
	pid_t pid = start_selftest(&said, before);
	const char *text = words(said);

	EXPECT_EQ(code, exit_code(wait_for(pid)));
	EXPECT_TRUE(strstr(text, want))
		TH_LOG("not '%s' but '%s'", want, text);
	EXPECT_EQ(0, left_behind());
}

/* Of a clock that only ticks, both times may be the same. */
static bool clock_only_ticks(void)
{
	struct timespec step;

	must(clock_getres(CLOCK_MONOTONIC, &step), "clock_getres");
	return step.tv_nsec > 100000;
}

#define OK(want)		check(_metadata, 0, want, NULL)
#define MISSING(want)		check(_metadata, 1, want, NULL)
#define MISSING_AFTER(act, want)	check(_metadata, 1, want, act)

TEST_F(selftest, ok)
{
	char text[256], *reported, *after;
	int said;
	unsigned long us;
	pid_t pid = start_selftest(&said, NULL);

	snprintf(text, sizeof(text), "%s", words(said));
	EXPECT_EQ(0, wait_for(pid));
	EXPECT_TRUE(!strncmp(text, "OK: /dev/shm/shmexec-selftest-", 30))
		TH_LOG("%s", text);
	reported = strstr(text, " was reported ");
	ASSERT_NE(NULL, reported);
	us = strtoul(reported + strlen(" was reported "), &after, 10);
	if (!clock_only_ticks())
		EXPECT_LT(0, us);
	EXPECT_LT(us, 5000000);
	EXPECT_STREQ(" us after it was executed, canonical, typed, directory\n",
		     after);
	must(set_param("views", "typed"), "views");
	OK("executed, typed\n");
	must(set_param("uid", "any"), "uid");
	OK("executed, typed\n");
}

static void as_nobody(void)
{
	must(setresuid(NOBODY, NOBODY, NOBODY), "nobody");
}

static void as_root_of_its_own(void)
{
	must(unshare(CLONE_NEWUSER), "unshare");
	write_to("/proc/self/uid_map", "0 65534 1");
}

static void as_nobody_root_of_its_own(void)
{
	as_nobody();
	must(prctl(PR_SET_DUMPABLE, 1), "dumpable");
	as_root_of_its_own();
}

TEST_F(selftest, not_root)
{
	MISSING_AFTER(as_nobody, "run it as root");
	if (!kernel_has("/proc/self/ns/user"))
		return;
	MISSING_AFTER(as_nobody_root_of_its_own,
		      "permission denied: run it as root, outside of any container");
}

TEST_F(selftest, no_module)
{
	ASSERT_EQ(0, unload());
	MISSING("the module is not loaded (modprobe shmexec)");
	ASSERT_EQ(0, load(""));
	must(rename(DEVICE, "/dev/elsewhere"), DEVICE);
	MISSING("though the module is loaded");
	must(mknod(DEVICE, S_IFREG | 0600, 0), DEVICE);
	MISSING("it is no device");
	must(unlink(DEVICE), DEVICE);
	must(symlink("/dev/null", DEVICE), DEVICE);
	MISSING("it is another device");
	must(unlink(DEVICE), DEVICE);
	must(symlink("/dev/zero", DEVICE), DEVICE);
	MISSING("it is another device");
	must(unlink(DEVICE), DEVICE);
	must(rename("/dev/elsewhere", DEVICE), DEVICE);
	OK("OK: ");
}

TEST_F(selftest, another_user_is_watched)
{
	must(set_param("uid", "1000"), "uid");
	MISSING("root is not watched but user \"1000\": to change that, write 0 or any to");
}

TEST_F(selftest, excluded)
{
	must(set_param("exclude", "/dev/shm/shmexec*"), "exclude");
	MISSING("a pattern of exclude names it\n");
	MISSING("exclude is \"/dev/shm/shmexec*\": to change it, write to " PARAMETERS "exclude\n");
}

TEST_F(selftest, not_included)
{
	must(set_param("include", "/tmp/*"), "include");
	MISSING("no pattern of include names it, in a view that is on\n");
	MISSING("include is \"/tmp/*\": to change it, write to " PARAMETERS "include\n");
	/* By where it lies it is there, but that is not asked. */
	must(set_param("include", "/run/shm/*"), "include");
	OK("executed, directory\n");
	must(set_param("views", "canonical,typed"), "views");
	MISSING("shmexec-logger: views is \"canonical,typed\": to change it, ");
	must(set_param("include", "/DEV/shm/*"), "include");
	OK("OK: ");
	must(set_param("ignore_case", "N"), "ignore_case");
	MISSING("shmexec-logger: ignore_case is \"N\": to change it, ");
}

static void without_room(void)
{
	own_mounts();
	must(mount("none", "/dev/shm", "tmpfs", 0, "size=8k"), "/dev/shm");
}

static void not_executable(void)
{
	own_mounts();
	must(mount("none", "/dev/shm", "tmpfs", MS_NOEXEC, NULL), "/dev/shm");
}

static void read_only(void)
{
	own_mounts();
	must(mount("none", "/dev/shm", "tmpfs", MS_RDONLY, NULL), "/dev/shm");
}

/* A /dev with the device alone. */
static void without_directory(void)
{
	own_mounts();
	write_file("/mnt/device", "", 0600);
	must(mount(DEVICE, "/mnt/device", NULL, MS_BIND, NULL), DEVICE);
	must(mount("none", "/dev", "tmpfs", 0, NULL), "/dev");
	write_file(DEVICE, "", 0600);
	must(mount("/mnt/device", DEVICE, NULL, MS_BIND, NULL), DEVICE);
}

TEST_F(selftest, directory)
{
	MISSING_AFTER(without_room, "\"/dev/shm\": it is full: make room");
	MISSING_AFTER(not_executable, "\"/dev/shm\": it is mounted noexec");
	MISSING_AFTER(read_only, "\"/dev/shm\": Read-only file system");
	MISSING_AFTER(without_directory, "\"/dev/shm\": it is not there");
	unlink("/mnt/device");
}

static void traced(void)
{
	must(ptrace(PTRACE_TRACEME, 0, NULL, NULL), "traced");
	raise(SIGSTOP);
}

/* Lets all run but the copy, which stops where its exec is over. */
static pid_t stop_copy(pid_t pid)
{
	const long options = PTRACE_O_TRACEVFORK | PTRACE_O_TRACEFORK |
			     PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC;
	int status, sig;
	pid_t who;

	must(waitpid(pid, &status, 0) != pid, "stop");
	must(ptrace(PTRACE_SETOPTIONS, pid, NULL, options), "options");
	ptrace(PTRACE_CONT, pid, NULL, NULL);
	while ((who = waitpid(-1, &status, __WALL)) > 0 && WIFSTOPPED(status)) {
		if (who != pid && status >> 8 == (SIGTRAP | PTRACE_EVENT_EXEC << 8))
			return who;
		sig = WSTOPSIG(status);
		if (sig == SIGTRAP || sig == SIGSTOP)
			sig = 0;
		ptrace(PTRACE_CONT, who, NULL, sig);
	}
	fatal("it ended before there was a copy");
	return -1;
}

/* A copy that hangs, of which nothing is reported. */
static pid_t start_with_a_copy_that_hangs(int *said)
{
	pid_t pid = start_selftest(said, traced), copy;

	copy = stop_copy(pid);
	must(kill(copy, 0), "the copy");
	return pid;
}

static void end_of(struct __test_metadata *_metadata, pid_t pid, int said,
		   const char *want)
{
	const char *text;
	int status;
	pid_t who;

	/* Both are traced: a signal has to be passed on, an end to be seen. */
	while ((who = waitpid(-1, &status, __WALL)) > 0) {
		if (WIFSTOPPED(status))
			ptrace(PTRACE_CONT, who, NULL, WSTOPSIG(status));
		else if (who == pid)
			break;
	}
	text = words(said);
	EXPECT_EQ(1, exit_code(status));
	EXPECT_TRUE(strstr(text, want))
		TH_LOG("not '%s' but '%s'", want, text);
	EXPECT_EQ(0, left_behind());
	EXPECT_EQ(-1, waitpid(-1, NULL, __WALL | WNOHANG));
}

TEST_F(selftest, a_copy_that_hangs)
{
	int said;
	pid_t pid;

	must(set_param("exclude", "/dev/shm/*"), "exclude");
	pid = start_with_a_copy_that_hangs(&said);
	end_of(_metadata, pid, said, "not in 10 s");
}

TEST_F(selftest, sigterm)
{
	int said;
	pid_t pid;

	must(set_param("exclude", "/dev/shm/*"), "exclude");
	pid = start_with_a_copy_that_hangs(&said);
	kill(pid, SIGTERM);
	end_of(_metadata, pid, said, "it was told to end");
}

static long us_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* At any time of its life, also while the file is there. */
TEST_F(selftest, sigterm_at_any_time)
{
	int said, ended = 0;
	long begun = us_now(), lives;
	pid_t pid;

	OK("OK: ");
	lives = us_now() - begun;
	for (int i = 0; i < 100; i++) {
		pid = start_selftest(&said, NULL);
		usleep(lives * i / 60);
		kill(pid, SIGTERM);
		words(said);
		ended += wait_for(pid) != 0;
		ASSERT_EQ(0, left_behind());
	}
	EXPECT_LT(0, ended);
	EXPECT_GT(100, ended);
}

TEST_HARNESS_MAIN
