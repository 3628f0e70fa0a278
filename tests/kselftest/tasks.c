// SPDX-License-Identifier: GPL-2.0
/* What is executed, by whom, and how it is started: cases 34 to 44. */
#include "case.h"
#include <pthread.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>

CASES(tasks)

TEST_F(tasks, c34_scripts)
{
	static const char shebang[] = "#!/bin/sh\nexit 0\n";
	static const char args[] = "/bin/sh\0/dev/shm/s.sh";

	write_file("/dev/shm/s.sh", shebang, 0755);
	EXPECT_EQ(0, run("/dev/shm/s.sh"));
	EXPECT_HIT(T, "/dev/shm/s.sh", .canonical = "/bin/busybox",
		   .interp = "/bin/sh", .flags = SHMEXEC_F_SCRIPT,
		   .args = args, .args_len = sizeof(args), .args_count = 2);
	EXPECT_EQ(0, run_in("/dev/shm", "./s.sh"));
	EXPECT_HIT(T, "/dev/shm/s.sh", .canonical = "/bin/busybox",
		   .typed = "./s.sh", .typed_path = "/dev/shm/s.sh",
		   .interp = "/bin/sh", .flags = SHMEXEC_F_SCRIPT,
		   .args = "/bin/sh\0./s.sh", .args_len = 15, .args_count = 2);
	write_file("/run/s.sh", shebang, 0755);
	EXPECT_EQ(0, run("/var/run/s.sh"));
	EXPECT_HIT(T, "/var/run/s.sh", .canonical = "/bin/busybox",
		   .interp = "/bin/sh", .flags = SHMEXEC_F_SCRIPT,
		   .pattern = "/var/run/*", .args = "/bin/sh\0/var/run/s.sh",
		   .args_len = 22, .args_count = 2);
}

/* A script has no place of its own: what it is called tells where it lies. */
TEST_F(tasks, n21_scripts_in_run)
{
	static const char shebang[] = "#!/bin/sh\nexit 0\n";

	write_file("/run/s.sh", shebang, 0755);
	EXPECT_EQ(0, run("/run/s.sh"));
	EXPECT_HIT(D, "/var/run/s.sh", .canonical = "/bin/busybox",
		   .typed = "/run/s.sh", .interp = "/bin/sh",
		   .flags = SHMEXEC_F_SCRIPT, .pattern = "/var/run/*",
		   .args = "/bin/sh\0/run/s.sh", .args_len = 18, .args_count = 2);
	EXPECT_EQ(0, run_in("/run", "./s.sh"));
	EXPECT_HIT(D, "/var/run/s.sh", .canonical = "/bin/busybox",
		   .typed = "./s.sh", .typed_path = "/run/s.sh",
		   .interp = "/bin/sh", .flags = SHMEXEC_F_SCRIPT,
		   .pattern = "/var/run/*", .args = "/bin/sh\0./s.sh",
		   .args_len = 15, .args_count = 2);
	mkdir("/run/s6", 0755);
	write_file("/run/s6/run", shebang, 0755);
	EXPECT_EQ(0, run("/run/s6/run"));
	EXPECT_EQ(0, run("/var/run/s6/run"));
	write_file("/run.sh", shebang, 0755);
	EXPECT_EQ(0, run("/run.sh"));
	EXPECT_NO_HIT();
}

/* The interpreter is what runs: a script elsewhere may name one in shm. */
TEST_F(tasks, n15_interpreter_in_shm)
{
	static const char args[] = P "\0-x\0/mnt/s.sh";

	write_file("/mnt/s.sh", "#!" P " -x\n", 0755);
	EXPECT_EQ(0, run("/mnt/s.sh"));
	EXPECT_HIT(C | D, P, .typed = "/mnt/s.sh", .interp = P,
		   .flags = SHMEXEC_F_SCRIPT, .args = args,
		   .args_len = sizeof(args), .args_count = 3);
}

/* Of two scripts the kernel keeps the name of the first: a limit. */
TEST_F(tasks, n25_interpreter_that_is_a_script)
{
	write_file("/dev/shm/s.sh", "#!/bin/sh\nexit 0\n", 0755);
	write_file("/mnt/s.sh", "#!/dev/shm/s.sh\n", 0755);
	EXPECT_EQ(0, run("/mnt/s.sh"));
	EXPECT_NO_HIT();
	write_file("/mnt/s.sh", "#!/bin/sh\nexit 0\n", 0755);
	write_file("/dev/shm/s.sh", "#!/mnt/s.sh\n", 0755);
	EXPECT_EQ(0, run("/dev/shm/s.sh"));
	EXPECT_HIT(T, "/dev/shm/s.sh", .canonical = "/bin/busybox",
		   .interp = "/bin/sh", .flags = SHMEXEC_F_SCRIPT,
		   .args = "/bin/sh\0/mnt/s.sh\0/dev/shm/s.sh",
		   .args_len = 32, .args_count = 3);
}

/* As of a script, what runs is the interpreter; the name given still hits. */
TEST_F(tasks, n16_binfmt_misc)
{
	static const char args[] = PAYLOAD "\0/dev/shm/foreign";

	load_module("/files/binfmt_misc.ko");
	mount_on("binfmt_misc", "/proc/sys/fs/binfmt_misc");
	write_to("/proc/sys/fs/binfmt_misc/register",
		 ":foreign:M::FOREIGN::" PAYLOAD ":");
	write_file("/dev/shm/foreign", "FOREIGN\n", 0755);
	EXPECT_EQ(0, run("/dev/shm/foreign"));
	EXPECT_HIT(T, "/dev/shm/foreign", .canonical = PAYLOAD,
		   .interp = PAYLOAD, .flags = SHMEXEC_F_SCRIPT, .args = args,
		   .args_len = sizeof(args), .args_count = 2);
	write_to("/proc/sys/fs/binfmt_misc/foreign", "-1");
	must(umount("/proc/sys/fs/binfmt_misc"), "binfmt_misc");
}

/* What runs is elsewhere, and reads a file in shm: the rule's own limit. */
TEST_F(tasks, c35_interpreters_and_loaders)
{
	char *script[] = { "sh", "/dev/shm/s.sh", NULL };
	char *loader[] = { "ld.so", "--library-path", "/files",
			   "/dev/shm/pd", NULL };

	write_file("/dev/shm/s.sh", "exit 0\n", 0755);
	EXPECT_EQ(0, run_argv("/bin/busybox", script));
	copy_file("/files/payload-dynamic", "/dev/shm/pd", 0755);
	EXPECT_EQ(0, run_argv("/files/ld.so", loader));
	EXPECT_EQ(0, IN_CHILD(setenv("LD_PRELOAD", "/dev/shm/x.so", 1);
			      become(PAYLOAD, PAYLOAD)));
	EXPECT_NO_HIT();
}

static void as_uid(uid_t uid)
{
	must(setgid(uid) || setuid(uid), "setuid");
}

static void as_root_of_a_user_namespace(void)
{
	int map;

	as_uid(NOBODY);
	/* Files of /proc/self belong to root after setuid(), without this. */
	must(prctl(PR_SET_DUMPABLE, 1), "dumpable");
	must(unshare(CLONE_NEWUSER), "unshare");
	map = open("/proc/self/uid_map", O_WRONLY | O_CLOEXEC);
	must(write(map, "0 65534 1", 9) != 9, "uid_map");
}

TEST_F(tasks, c36_setuid_root)
{
	const struct shmexec_exec *exec;

	ASSERT_EQ(0, chmod(P, 04755));
	EXPECT_EQ(0, IN_CHILD(as_uid(NOBODY); become(P, P)));
	exec = EXPECT_HIT(C | T | D, P, .flags = SHMEXEC_F_SECUREEXEC);
	EXPECT_EQ(NOBODY, exec->uid);
	EXPECT_EQ(0, exec->suid);
	EXPECT_EQ(NOBODY, exec->gid);
}

TEST_F(tasks, c37_not_root)
{
	EXPECT_EQ(0, IN_CHILD(as_uid(NOBODY); become(P, P)));
	EXPECT_EQ(0, IN_CHILD(as_uid(1); become(P, P)));
	EXPECT_EQ(0, IN_CHILD(must(setresuid(0, NOBODY, 0), P); become(P, P)));
	ASSERT_EQ(0, chown(P, NOBODY, NOBODY));
	ASSERT_EQ(0, chmod(P, 04755));
	EXPECT_EQ(0, run(P));
	EXPECT_NO_HIT();
}

TEST_F(tasks, c37_root_of_a_user_namespace)
{
	if (!kernel_has("/proc/self/ns/user"))
		SKIP(return, "a kernel without namespaces of users");
	EXPECT_EQ(0, IN_CHILD(as_root_of_a_user_namespace();
			      must(geteuid(), "euid"); become(P, P)));
	EXPECT_NO_HIT();
}

static int memfd_of(const char *name, const char *file)
{
	char buf[65536];
	int fd = memfd_create(name, MFD_CLOEXEC), in;
	ssize_t n;

	in = open(file, O_RDONLY | O_CLOEXEC);
	while ((n = read(in, buf, sizeof(buf))) > 0)
		must(write(fd, buf, n) != n, name);
	close(in);
	return fd;
}

TEST_F(tasks, c38_memfd)
{
	static const char * const name[] = { "p", "/dev/shm/x", "/../dev/shm/x" };
	char *argv[] = { "a", NULL };

	for (int i = 0; i < 3; i++) {
		int fd = memfd_of(name[i], PAYLOAD);

		EXPECT_EQ(0, IN_CHILD(fexecve(fd, argv, argv + 1)));
		close(fd);
	}
	EXPECT_NO_HIT();
}

TEST_F(tasks, c39_o_tmpfile)
{
	char *argv[] = { "a", NULL }, name[64];
	int fd = open("/dev/shm", O_TMPFILE | O_RDWR, 0755), file, in;
	const struct shmexec_exec *exec;
	struct stat st;

	ASSERT_LE(0, fd);
	in = memfd_of("copy", PAYLOAD);
	ASSERT_EQ(0, fstat(in, &st));
	lseek(in, 0, SEEK_SET);
	for (off_t left = st.st_size; left > 0;) {
		char buf[4096];
		ssize_t n = read(in, buf, sizeof(buf));

		ASSERT_LT(0, n);
		ASSERT_EQ(n, write(fd, buf, n));
		left -= n;
	}
	snprintf(name, sizeof(name), "/proc/self/fd/%d", fd);
	file = open(name, O_RDONLY | O_CLOEXEC);
	ASSERT_LE(0, file);
	ASSERT_EQ(0, fstat(fd, &st));
	close(fd);
	close(in);
	EXPECT_EQ(0, IN_CHILD(fexecve(file, argv, argv + 1)));

	/* The kernel calls it by its inode. */
	snprintf(name, sizeof(name), "/dev/shm/#%lu", (unsigned long)st.st_ino);
	exec = only_hit(_metadata, &self->state);
	EXPECT_EQ(C | D, exec->views);
	EXPECT_EQ(SHMEXEC_F_DELETED, exec->flags);
	check_text(_metadata, exec, "canonical", &exec->canonical, name);
	check_text(_metadata, exec, "directory", &exec->directory, name);
	close(file);
}

static void remount_shm(unsigned long flags)
{
	must(mount(NULL, "/dev/shm", NULL, MS_REMOUNT | flags, NULL), "remount");
}

TEST_F(tasks, c40_failed_execs)
{
	char *argv[] = { "a", NULL };

	write_file("/dev/shm/text", "no program\n", 0755);
	write_file("/dev/shm/short", "\177ELF", 0755);
	copy_file(PAYLOAD, "/dev/shm/noexec", 0644);
	mkdir("/dev/shm/dir", 0755);
	EXPECT_EQ(ENOEXEC, WEXITSTATUS(run("/dev/shm/text")));
	EXPECT_EQ(ENOEXEC, WEXITSTATUS(run("/dev/shm/short")));
	EXPECT_EQ(EACCES, WEXITSTATUS(run("/dev/shm/noexec")));
	EXPECT_EQ(EACCES, WEXITSTATUS(run("/dev/shm/dir")));
	EXPECT_EQ(ENOENT, WEXITSTATUS(run("/dev/shm/none")));
	/* AT_EXECVE_CHECK, where the kernel has it. */
	IN_CHILD(execveat_(AT_FDCWD, P, argv, 0x10000); _exit(0));
	remount_shm(MS_NOEXEC);
	EXPECT_EQ(EACCES, WEXITSTATUS(run(P)));
	remount_shm(0);
	EXPECT_NO_HIT();
}

static int run_vfork(pid_t *pid)
{
	*pid = vfork();
	if (!*pid) {
		execl(P, P, NULL);
		_exit(errno);
	}
	return wait_for(*pid);
}

static int run_in_pid_namespace(pid_t *pid)
{
	*pid = fork_with(CLONE_NEWPID);
	if (!*pid) {
		must(getpid() != 1, "clone");
		become(P, P);
	}
	return wait_for(*pid);
}

TEST_F(tasks, c41_ways_to_start)
{
	char *argv[] = { P, NULL };
	pid_t pid;

	pid = start(P, argv);
	EXPECT_EQ(0, wait_for(pid));
	EXPECT_HIT(C | T | D, P, .pid = pid);

	EXPECT_EQ(0, run_vfork(&pid));
	EXPECT_HIT(C | T | D, P, .pid = pid);

	ASSERT_EQ(0, posix_spawn(&pid, P, NULL, NULL, argv, argv + 1));
	EXPECT_EQ(0, wait_for(pid));
	EXPECT_HIT(C | T | D, P, .pid = pid);

	if (!kernel_has("/proc/self/ns/pid"))
		return;
	EXPECT_EQ(0, run_in_pid_namespace(&pid));
	EXPECT_HIT(C | T | D, P, .pid = pid);
}

static void *exec_thread(void *arg)
{
	become(P, P);
	return NULL;
}

/* The thread takes the place of the leader: the process keeps its id. */
TEST_F(tasks, c41_from_a_thread)
{
	const struct shmexec_exec *exec;
	pthread_t thread;

	EXPECT_EQ(0, IN_CHILD(must(pthread_create(&thread, NULL, exec_thread, NULL), P);
			      pause()));
	exec = EXPECT_HIT(C | T | D, P);
	EXPECT_LT(exec->tid, exec->old_tid);
}

/* A hit whose process nobody here has started: wait for it. */
static void wait_for_hit(struct case_state *state)
{
	fcntl(state->fd, F_SETFL, 0);
	state->batch->len = read(state->fd, state->batch->buf,
				 sizeof(state->batch->buf));
	fcntl(state->fd, F_SETFL, O_NONBLOCK);
}

static void check_kernel_started(struct __test_metadata *_metadata,
				 struct case_state *state)
{
	const struct shmexec_exec *exec;

	wait_for_hit(state);
	ASSERT_LT(0, state->batch->len);
	exec = (const void *)next(state->batch, NULL);
	EXPECT_EQ(NULL, next(state->batch, &exec->hdr));
	EXPECT_EQ(C | T | D, exec->views);
	EXPECT_EQ(SHMEXEC_F_KTHREAD_PARENT, exec->flags);
	EXPECT_EQ(0, exec->uid);
	EXPECT_EQ(SHMEXEC_ID_UNSET, exec->loginuid);
	check_text(_metadata, exec, "canonical", &exec->canonical, P);
}

TEST_F(tasks, n17_core_pattern)
{
	struct rlimit unlimited = { RLIM_INFINITY, RLIM_INFINITY };

	write_to("/proc/sys/kernel/core_pattern", "|" P " %P");
	EXPECT_EQ(SIGSEGV, WTERMSIG(IN_CHILD(setrlimit(RLIMIT_CORE, &unlimited);
					     raise(SIGSEGV))));
	check_kernel_started(_metadata, &self->state);
	write_to("/proc/sys/kernel/core_pattern", "core");
}

TEST_F(tasks, n18_modprobe_helper)
{
	write_to("/proc/sys/kernel/modprobe", P);
	EXPECT_EQ(-1, socket(AF_APPLETALK, SOCK_DGRAM, 0));
	check_kernel_started(_metadata, &self->state);
	drain(self->state.fd);
	write_to("/proc/sys/kernel/modprobe", "/sbin/modprobe");
}

TEST_F(tasks, c42_bpfdoor)
{
	char *argv[] = { "/bin/busybox", "sh", "-c",
		"cp " PAYLOAD " /dev/shm/kdmtmpflush;"
		"chmod 755 /dev/shm/kdmtmpflush;"
		"/dev/shm/kdmtmpflush --init;"
		"rm -f /dev/shm/kdmtmpflush", NULL };
	static const char args[] = "/dev/shm/kdmtmpflush\0--init";
	const struct shmexec_exec *exec;

	EXPECT_EQ(0, run_argv("/bin/busybox", argv + 1));
	EXPECT_NE(0, access("/dev/shm/kdmtmpflush", F_OK));
	exec = EXPECT_HIT(C | T | D, "/dev/shm/kdmtmpflush", .args = args,
			  .args_len = sizeof(args), .args_count = 2,
			  .stranger = true);
	EXPECT_TRUE(text_is(exec, &exec->comm, "kdmtmpflush", 11));
}

TEST_F(tasks, c44_many_args)
{
	enum { ARGS = 20, EACH = 100000 };
	char *argv[ARGS + 1] = {}, *empty[] = { "a", "", "b", NULL };
	const struct shmexec_exec *exec;

	for (int i = 0; i < ARGS; i++) {
		argv[i] = malloc(EACH);
		memset(argv[i], 'a' + i, EACH - 1);
		argv[i][EACH - 1] = '\0';
	}
	EXPECT_EQ(0, run_argv(P, argv));
	exec = only_hit(_metadata, &self->state);
	EXPECT_EQ(C | T | D, exec->views);
	EXPECT_EQ(SHMEXEC_F_ARGS_CUT, exec->flags);
	EXPECT_EQ(ARGS, exec->args_count);
	EXPECT_EQ(ARGS * EACH, exec->args_size);
	EXPECT_TRUE(text_is(exec, &exec->args, argv[0], SHMEXEC_ARGS_MAX));

	EXPECT_EQ(0, run_argv(P, empty));
	EXPECT_HIT(C | T | D, P, .args = "a\0\0b", .args_len = 5, .args_count = 3);
}

TEST_HARNESS_MAIN
