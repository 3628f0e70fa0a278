// SPDX-License-Identifier: GPL-2.0
/*
 * What must hit and what must not, with real processes, files and mounts.  The
 * number in a test's name is that of its case in the project's list.
 */
#include "guest.h"
#include <pthread.h>
#include <sched.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#define P	"/dev/shm/p"

/* What a hit must say; what is not given here is what is usual. */
struct want {
	const char *canonical;
	const char *typed;	/* canonical */
	__u32 flags;		/* none */
	const char *args;	/* one: typed */
	size_t args_len;
	__u32 args_count;	/* 1 */
	pid_t pid;		/* any */
};

FIXTURE(cases) {
	int fd;
	struct batch *batch;
};

FIXTURE_SETUP(cases)
{
	copy_file(PAYLOAD, P, 0755);
	self->fd = open_reader();
	drain(self->fd);
	self->batch = malloc(sizeof(*self->batch));
}

FIXTURE_TEARDOWN(cases)
{
	close(self->fd);
	free(self->batch);
}

static void check_text(struct __test_metadata *_metadata,
		       const struct shmexec_exec *exec,
		       const struct shmexec_str *str, const char *text)
{
	EXPECT_TRUE(text_is(exec, str, text, strlen(text)))
		TH_LOG("'%.*s' instead of '%s'", str->off ? (int)str->len : 0,
		       text_of(exec, str), text);
}

/* One hit since the last look, and nothing else. */
static const struct shmexec_exec *
check_hit(struct __test_metadata *_metadata, struct _test_data_cases *self,
	  const struct want *want)
{
	const struct shmexec_exec *exec;
	const char *typed = want->typed ?: want->canonical;

	ASSERT_EQ(1, read_batch(self->fd, self->batch));
	exec = (const void *)next(self->batch, NULL);
	EXPECT_EQ(SHMEXEC_TYPE_EXEC, exec->hdr.type);
	EXPECT_EQ(SHMEXEC_VIEW_CANONICAL, exec->views);
	EXPECT_EQ(want->flags, exec->flags);
	check_text(_metadata, exec, &exec->canonical, want->canonical);
	check_text(_metadata, exec, &exec->typed, typed);
	check_text(_metadata, exec, &exec->pattern, "/dev/shm/*");
	EXPECT_EQ(want->args_count ?: 1, exec->args_count);
	EXPECT_TRUE(text_is(exec, &exec->args, want->args ?: typed,
			    want->args ? want->args_len : strlen(typed) + 1));
	EXPECT_EQ(exec->args.len, exec->args_size);
	EXPECT_EQ(exec->pid, exec->tid);
	if (want->pid)
		EXPECT_EQ(want->pid, exec->pid);
	EXPECT_EQ(getpid(), exec->ppid);
	EXPECT_EQ(0, exec->euid);
	return exec;
}

#define EXPECT_HIT(...)	\
	check_hit(_metadata, self, &(const struct want) { __VA_ARGS__ })
#define EXPECT_NO_HIT()	EXPECT_EQ(0, read_batch(self->fd, self->batch))

/* Does @act in a child, so that its mounts, ids and directory are its own. */
#define IN_CHILD(act) ({						\
	pid_t child_ = fork();						\
	if (!child_) {							\
		act;							\
		fatal(#act);						\
	}								\
	wait_for(child_);						\
})

static void must(int failed, const char *what)
{
	if (failed)
		fatal(what);
}

static void own_mounts(void)
{
	must(unshare(CLONE_NEWNS), "unshare");
	must(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL), "private");
}

static void become(const char *path, const char *arg0)
{
	execl(path, arg0, NULL);
	_exit(errno);
}

TEST_F(cases, c01_absolute)
{
	EXPECT_EQ(0, run(P));
	EXPECT_HIT(.canonical = P);
}

TEST_F(cases, c02_relative)
{
	EXPECT_EQ(0, IN_CHILD(must(chdir("/dev/shm"), P); become("./p", "./p")));
	EXPECT_HIT(.canonical = P, .typed = "./p");
	EXPECT_EQ(0, IN_CHILD(must(chdir("/dev/shm"), P);
			      setenv("PATH", ".", 1); execlp("p", "p", NULL)));
	EXPECT_HIT(.canonical = P, .typed = "./p", .args = "p", .args_len = 2);
	EXPECT_EQ(0, IN_CHILD(must(chdir("/dev"), P); become("shm/p", "shm/p")));
	EXPECT_HIT(.canonical = P, .typed = "shm/p");
}

TEST_F(cases, c04_symlink_into_shm)
{
	unlink("/mnt/l");
	ASSERT_EQ(0, symlink(P, "/mnt/l"));
	EXPECT_EQ(0, run("/mnt/l"));
	EXPECT_HIT(.canonical = P, .typed = "/mnt/l");
}

TEST_F(cases, c11_by_descriptor_and_proc)
{
	char typed[64], *argv[] = { "a", NULL };
	int fd = open(P, O_RDONLY | O_CLOEXEC), dir;

	EXPECT_EQ(0, IN_CHILD(fexecve(fd, argv, argv + 1)));
	snprintf(typed, sizeof(typed), "/dev/fd/%d", fd);
	EXPECT_HIT(.canonical = P, .typed = typed, .args = "a", .args_len = 2);

	snprintf(typed, sizeof(typed), "/proc/self/fd/%d", fd);
	EXPECT_EQ(0, run(typed));
	EXPECT_HIT(.canonical = P, .typed = typed);

	snprintf(typed, sizeof(typed), "/proc/%d/root/dev/shm/p", getpid());
	EXPECT_EQ(0, run(typed));
	EXPECT_HIT(.canonical = P, .typed = typed);

	EXPECT_EQ(0, IN_CHILD(must(chdir("/dev/shm"), P);
			      become("/proc/self/cwd/p", "a")));
	EXPECT_HIT(.canonical = P, .typed = "/proc/self/cwd/p", .args = "a",
		   .args_len = 2);

	dir = open("/dev/shm", O_PATH | O_DIRECTORY | O_CLOEXEC);
	snprintf(typed, sizeof(typed), "/dev/fd/%d/p", dir);
	EXPECT_EQ(0, IN_CHILD(syscall(SYS_execveat, dir, "p", argv, NULL, 0)));
	EXPECT_HIT(.canonical = P, .typed = typed, .args = "a", .args_len = 2);
	close(dir);
	close(fd);
}

TEST_F(cases, c12_case_is_ignored)
{
	mkdir("/dev/SHM", 0755);
	copy_file(PAYLOAD, "/dev/SHM/p", 0755);
	EXPECT_EQ(0, run("/dev/SHM/p"));
	EXPECT_HIT(.canonical = "/dev/SHM/p");
}

/* A file, not a directory, is called /dev/shm here. */
static void shm_is_a_file(void)
{
	own_mounts();
	must(mount("none", "/dev", "tmpfs", 0, NULL), "/dev");
	copy_file(PAYLOAD, "/dev/shm", 0755);
	become("/dev/shm", "a");
}

TEST_F(cases, c13_near_misses)
{
	static const char * const dir[] = {
		"/dev/shmx", "/dev/shm2", "/var/runner", "/x", "/x/dev",
		"/x/dev/shm", "/shm", "/mnt/dev", "/mnt/dev/shm", "/dev/sh",
	};
	char path[64];

	for (size_t i = 0; i < sizeof(dir) / sizeof(*dir); i++) {
		must(mkdir(dir[i], 0755) && errno != EEXIST, dir[i]);
		snprintf(path, sizeof(path), "%s/p", dir[i]);
		copy_file(PAYLOAD, path, 0755);
		EXPECT_EQ(0, run(path));
	}
	EXPECT_EQ(0, IN_CHILD(must(chdir("/"), "/");
			      become("x/dev/shm/p", "/dev/shm/p")));
	EXPECT_EQ(0, IN_CHILD(shm_is_a_file()));
	EXPECT_EQ(0, run(PAYLOAD));
	EXPECT_NO_HIT();
}

TEST_F(cases, c14_argv_is_what_was_given)
{
	char *liar[] = { "[kworker/0:1]", NULL }, *none[] = { NULL };
	char *odd[] = { "", "-x\ny", "", NULL };

	EXPECT_EQ(0, run_argv(P, liar));
	EXPECT_HIT(.canonical = P, .args = "[kworker/0:1]", .args_len = 14);
	EXPECT_EQ(0, run_argv(P, odd));
	EXPECT_HIT(.canonical = P, .args = "\0-x\ny\0", .args_len = 7,
		   .args_count = 3);
	/* The kernel gives a program without arguments an empty one (5.18). */
	EXPECT_EQ(0, run_argv(P, none));
	EXPECT_HIT(.canonical = P, .args = "", .args_len = 1);
}

/* Executes @path by a descriptor after it was unlinked. */
static int run_unlinked(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	char *argv[] = { (char *)path, NULL };

	must(unlink(path), path);
	return IN_CHILD(must(dup2(fd, 100) < 0, "dup2");
			fexecve(100, argv, argv + 1));
}

TEST_F(cases, c15_named_deleted)
{
	static const char * const name[] = {
		"/dev/shm/x (deleted)", "/dev/shm/ (deleted)",
		"/dev/shm/x (deleted) (deleted)", "/dev/shm/x (deleted) ",
	};

	for (size_t i = 0; i < sizeof(name) / sizeof(*name); i++) {
		copy_file(PAYLOAD, name[i], 0755);
		EXPECT_EQ(0, run(name[i]));
		EXPECT_HIT(.canonical = name[i]);
	}
}

TEST_F(cases, c16_c17_unlinked)
{
	static const char * const name[] = {
		"/dev/shm/d", "/dev/shm/y (deleted)", "/dev/shm/ (deleted)",
		"/dev/shm/y (deleted) (deleted)",
	};

	for (size_t i = 0; i < sizeof(name) / sizeof(*name); i++) {
		copy_file(PAYLOAD, name[i], 0755);
		EXPECT_EQ(0, run_unlinked(name[i]));
		EXPECT_HIT(.canonical = name[i], .typed = "/dev/fd/100",
			   .args = name[i], .args_len = strlen(name[i]) + 1,
			   .flags = SHMEXEC_F_DELETED);
	}
}

TEST_F(cases, c18_odd_names)
{
	static const char * const name[] = {
		"/dev/shm/a\nb", "/dev/shm/a\rb", "/dev/shm/a\tb",
		"/dev/shm/\033[31mred\033[0m", "/dev/shm/%s%n%d",
		"/dev/shm/\"quoted\"", "/dev/shm/back\\slash", "/dev/shm/*?[a]",
		"/dev/shm/  two  spaces  ", "/dev/shm/\xc3\xa4\xe2\x82\xac",
		"/dev/shm/\xff\xfe", "/dev/shm/\x01\x7f\xc2\x9b",
		"/dev/shm/\xe2\x80\xae\xe2\x80\xa8", "/dev/shm/,", "/dev/shm/-",
	};
	char all[256 + 16] = "/dev/shm/";

	for (size_t i = 0; i < sizeof(name) / sizeof(*name); i++) {
		copy_file(PAYLOAD, name[i], 0755);
		EXPECT_EQ(0, run(name[i]));
		EXPECT_HIT(.canonical = name[i]);
	}
	for (int c = 1, n = strlen(all); c < 256; c++)
		if (c != '/')
			all[n++] = c;
	copy_file(PAYLOAD, all, 0755);
	EXPECT_EQ(0, run(all));
	EXPECT_HIT(.canonical = all);
}

TEST_F(cases, c24_chroot)
{
	char *path = "/mnt/root/dev/shm/p";

	mkdir("/mnt/root", 0755);
	mkdir("/mnt/root/dev", 0755);
	mkdir("/mnt/root/dev/shm", 0755);
	copy_file(PAYLOAD, path, 0755);
	EXPECT_EQ(0, run(path));
	EXPECT_NO_HIT();
	EXPECT_EQ(0, IN_CHILD(must(chroot("/mnt/root"), path); become(P, P)));
	EXPECT_HIT(.canonical = P);
}

/* A file in a chain of @n directories, each called @name, below @top. */
static int run_deep(const char *top, const char *name, int n)
{
	int fd = open(top, O_PATH | O_DIRECTORY | O_CLOEXEC), below, self;
	char *argv[] = { "a", NULL };

	must(fd < 0, top);
	while (n--) {
		must(mkdirat(fd, name, 0755) && errno != EEXIST, name);
		below = openat(fd, name, O_PATH | O_DIRECTORY | O_CLOEXEC);
		must(below < 0, name);
		close(fd);
		fd = below;
	}
	return IN_CHILD(must(fchdir(fd), name);
			copy_file(PAYLOAD, "leaf", 0755);
			self = open("leaf", O_RDONLY | O_CLOEXEC);
			syscall(SYS_execveat, self, "", argv, NULL, AT_EMPTY_PATH));
}

/* The name's head and its last component are there. */
static void check_cut(struct __test_metadata *_metadata,
		      struct _test_data_cases *self, const char *head)
{
	const struct shmexec_exec *exec;
	const char *text;

	ASSERT_EQ(1, read_batch(self->fd, self->batch));
	exec = (const void *)next(self->batch, NULL);
	text = text_of(exec, &exec->canonical);
	EXPECT_EQ(SHMEXEC_F_NAME_CUT, exec->flags);
	EXPECT_EQ(SHMEXEC_VIEW_CANONICAL, exec->views);
	EXPECT_GE(PATH_MAX, exec->canonical.len);
	EXPECT_LT(PATH_MAX - 3 * NAME_MAX, exec->canonical.len);
	EXPECT_EQ(0, strncmp(text, head, strlen(head)));
	EXPECT_EQ(0, memcmp(text + exec->canonical.len - 5, "/leaf", 5));
}

TEST_F(cases, c20_c21_long_paths)
{
	char name[NAME_MAX + 1], *path;

	memset(name, 'n', NAME_MAX);
	name[NAME_MAX] = '\0';
	EXPECT_EQ(0, asprintf(&path, "/dev/shm/%s", name) < 0);
	copy_file(PAYLOAD, path, 0755);
	EXPECT_EQ(0, run(path));
	EXPECT_HIT(.canonical = path);
	unlink(path);

	EXPECT_EQ(0, run_deep("/dev/shm", name, 24));
	check_cut(_metadata, self, "/dev/shm/nnn");
	EXPECT_EQ(0, run_deep("/dev/shm", "s", 3000));
	check_cut(_metadata, self, "/dev/shm/s/s/s/s");
	EXPECT_EQ(0, run_deep("/mnt", "s", 3000));
	EXPECT_NO_HIT();

	/* On one filesystem with the root, so that only the head tells. */
	mkdir("/c", 0755);
	mkdir("/c/dev", 0755);
	mkdir("/c/dev/shm", 0755);
	mkdir("/c/files", 0755);
	copy_file(PAYLOAD, "/c" PAYLOAD, 0755);
	EXPECT_EQ(0, IN_CHILD(must(chroot("/c"), "/c");
			      _exit(run_deep("/dev/shm", "s", 3000) ? 1 : 0)));
	check_cut(_metadata, self, "/dev/shm/s/s/s/s");
	EXPECT_EQ(0, run_deep("/c/dev/shm", "s", 3000));
	EXPECT_NO_HIT();
}

/* Not even the head of a path can be written where a mount is that deep. */
static int run_on_a_deep_mount(void)
{
	char name[NAME_MAX + 1];

	memset(name, 'm', NAME_MAX);
	name[NAME_MAX] = '\0';
	own_mounts();
	must(chdir("/mnt"), "/mnt");
	for (int i = 0; i < 24; i++)
		must((mkdir(name, 0755) && errno != EEXIST) || chdir(name), name);
	must(mount("none", ".", "tmpfs", 0, NULL), name);
	must(chdir("..") || chdir(name), name);
	return run_deep(".", "s", 1);
}

TEST_F(cases, c21_path_that_cannot_be_known)
{
	const struct shmexec_exec *exec;

	EXPECT_EQ(0, IN_CHILD(_exit(run_on_a_deep_mount() ? 1 : 0)));
	ASSERT_EQ(1, read_batch(self->fd, self->batch));
	exec = (const void *)next(self->batch, NULL);
	EXPECT_EQ(SHMEXEC_F_NAME_CUT, exec->flags);
	EXPECT_EQ(0, exec->views);
	EXPECT_EQ(0, exec->canonical.off);
	EXPECT_EQ(0, exec->pattern.off);
	EXPECT_TRUE(text_is(exec, &exec->args, "a", 2));
}

/* The root of the task is itself deeper than a path can say. */
static int run_deep_below_a_deep_root(void)
{
	char name[NAME_MAX + 1];

	memset(name, 'r', NAME_MAX);
	name[NAME_MAX] = '\0';
	must(chdir("/c"), "/c");
	for (int i = 0; i < 24; i++)
		must((mkdir(name, 0755) && errno != EEXIST) || chdir(name), name);
	must(mkdir("dev", 0755) || mkdir("dev/shm", 0755) ||
	     mkdir("files", 0755), name);
	copy_file(PAYLOAD, "files/payload", 0755);
	must(chroot("."), name);
	return run_deep("/dev/shm", "s", 3000);
}

TEST_F(cases, c21_c24_deep_root)
{
	mkdir("/c", 0755);
	EXPECT_EQ(0, IN_CHILD(_exit(run_deep_below_a_deep_root() ? 1 : 0)));
	check_cut(_metadata, self, "/dev/shm/s/s/s/s");
}

static void write_file(const char *path, const char *text, mode_t mode)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0700);

	must(fd < 0 || write(fd, text, strlen(text)) < 0, path);
	must(fchmod(fd, mode) || close(fd), path);
}

/* What runs is elsewhere, and reads a file in shm: the rule's own limit. */
TEST_F(cases, c35_interpreters_and_loaders)
{
	char *script[] = { "sh", "/dev/shm/s.sh", NULL };
	char *loader[] = { "ld.so", "--library-path", "/files",
			   "/dev/shm/pd", NULL };

	write_file("/dev/shm/s.sh", "exit 0\n", 0755);
	EXPECT_EQ(0, run_argv("/bin/busybox", script));
	copy_file("/files/payload-dynamic", "/dev/shm/pd", 0755);
	EXPECT_EQ(0, run_argv("/files/ld-linux-x86-64.so.2", loader));
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

TEST_F(cases, c36_setuid_root)
{
	const struct shmexec_exec *exec;

	ASSERT_EQ(0, chmod(P, 04755));
	EXPECT_EQ(0, IN_CHILD(as_uid(NOBODY); become(P, P)));
	exec = EXPECT_HIT(.canonical = P);
	EXPECT_EQ(NOBODY, exec->uid);
	EXPECT_EQ(0, exec->suid);
	EXPECT_EQ(NOBODY, exec->gid);
}

TEST_F(cases, c37_not_root)
{
	EXPECT_EQ(0, IN_CHILD(as_uid(NOBODY); become(P, P)));
	EXPECT_EQ(0, IN_CHILD(as_uid(1); become(P, P)));
	EXPECT_EQ(0, IN_CHILD(must(setresuid(0, NOBODY, 0), P); become(P, P)));
	ASSERT_EQ(0, chown(P, NOBODY, NOBODY));
	ASSERT_EQ(0, chmod(P, 04755));
	EXPECT_EQ(0, run(P));
	EXPECT_NO_HIT();
}

TEST_F(cases, c37_root_of_a_user_namespace)
{
	EXPECT_EQ(0, IN_CHILD(as_root_of_a_user_namespace();
			      must(geteuid(), "euid"); become(P, P)));
	EXPECT_NO_HIT();
}

TEST_F(cases, c38_memfd)
{
	char *argv[] = { "a", NULL }, buf[4096];
	int fd = memfd_create("/dev/shm/x", MFD_CLOEXEC), in;
	ssize_t n;

	in = open(PAYLOAD, O_RDONLY | O_CLOEXEC);
	while ((n = read(in, buf, sizeof(buf))) > 0)
		ASSERT_EQ(n, write(fd, buf, n));
	EXPECT_EQ(0, IN_CHILD(fexecve(fd, argv, argv + 1)));
	EXPECT_NO_HIT();
	close(in);
	close(fd);
}

static void remount_shm(unsigned long flags)
{
	must(mount(NULL, "/dev/shm", NULL, MS_REMOUNT | flags, NULL), "remount");
}

TEST_F(cases, c40_failed_execs)
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
	IN_CHILD(syscall(SYS_execveat, AT_FDCWD, P, argv, NULL, 0x10000);
		 _exit(0));
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
	*pid = syscall(SYS_clone, CLONE_NEWPID | SIGCHLD, NULL, NULL, NULL, 0);
	if (!*pid) {
		must(getpid() != 1, "clone");
		become(P, P);
	}
	return wait_for(*pid);
}

TEST_F(cases, c41_ways_to_start)
{
	char *argv[] = { P, NULL };
	pid_t pid;

	pid = start(P, argv);
	EXPECT_EQ(0, wait_for(pid));
	EXPECT_HIT(.canonical = P, .pid = pid);

	EXPECT_EQ(0, run_vfork(&pid));
	EXPECT_HIT(.canonical = P, .pid = pid);

	ASSERT_EQ(0, posix_spawn(&pid, P, NULL, NULL, argv, argv + 1));
	EXPECT_EQ(0, wait_for(pid));
	EXPECT_HIT(.canonical = P, .pid = pid);

	EXPECT_EQ(0, run_in_pid_namespace(&pid));
	EXPECT_HIT(.canonical = P, .pid = pid);
}

static void *exec_thread(void *arg)
{
	become(P, P);
	return NULL;
}

/* The thread takes the place of the leader: the process keeps its id. */
TEST_F(cases, c41_from_a_thread)
{
	const struct shmexec_exec *exec;
	pthread_t thread;

	EXPECT_EQ(0, IN_CHILD(must(pthread_create(&thread, NULL, exec_thread, NULL), P);
			      pause()));
	exec = EXPECT_HIT(.canonical = P);
	EXPECT_LT(exec->tid, exec->old_tid);
}

TEST_F(cases, c42_bpfdoor)
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
	ASSERT_EQ(1, read_batch(self->fd, self->batch));
	exec = (const void *)next(self->batch, NULL);
	EXPECT_TRUE(text_is(exec, &exec->canonical, args, strlen(args)));
	EXPECT_TRUE(text_is(exec, &exec->args, args, sizeof(args)));
	EXPECT_TRUE(text_is(exec, &exec->comm, "kdmtmpflush", 11));
	EXPECT_EQ(2, exec->args_count);
}

TEST_F(cases, c44_many_args)
{
	enum { ARGS = 20, EACH = 100000 };
	char *argv[ARGS + 1] = {};
	const struct shmexec_exec *exec;

	for (int i = 0; i < ARGS; i++) {
		argv[i] = malloc(EACH);
		memset(argv[i], 'a' + i, EACH - 1);
		argv[i][EACH - 1] = '\0';
	}
	EXPECT_EQ(0, run_argv(P, argv));
	ASSERT_EQ(1, read_batch(self->fd, self->batch));
	exec = (const void *)next(self->batch, NULL);
	EXPECT_EQ(SHMEXEC_F_ARGS_CUT, exec->flags);
	EXPECT_EQ(ARGS, exec->args_count);
	EXPECT_EQ(ARGS * EACH, exec->args_size);
	EXPECT_TRUE(text_is(exec, &exec->args, argv[0], SHMEXEC_ARGS_MAX));
}

TEST_HARNESS_MAIN
