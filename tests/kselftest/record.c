// SPDX-License-Identifier: GPL-2.0
/* What a record tells beyond names, held against what /proc and stat(2) say. */
#include "case.h"
#include <grp.h>
#include <linux/capability.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <time.h>
/* Older C libraries do not have it. */
#ifndef STATX_BTIME
#include <linux/stat.h>
#endif

CASES(record)

static __u32 all_known(void)
{
	__u32 known = SHMEXEC_KNOWN_PROCESS | SHMEXEC_KNOWN_PARENT |
		      SHMEXEC_KNOWN_TTY | SHMEXEC_KNOWN_FILE;

	return kernel_has("/proc/self/loginuid") ? known | SHMEXEC_KNOWN_AUDIT :
						   known;
}

static const struct shmexec_exec *hit_of(struct __test_metadata *_metadata,
					 struct case_state *state)
{
	const struct shmexec_exec *exec = only_hit(_metadata, state);

	EXPECT_EQ(all_known(), exec->known);
	return exec;
}

/* The one hit of a child that does @act and executes. */
#define HIT_AFTER(act) ({						\
	EXPECT_EQ(0, IN_CHILD(act; become(P, P)));			\
	hit_of(_metadata, &self->state);				\
})

static __u64 boot_clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_BOOTTIME, &now);
	return now.tv_sec * 1000000000ULL + now.tv_nsec;
}

/* Field 22 of /proc/PID/stat: when it was forked, in ticks of the boot clock. */
static __u64 start_ticks(pid_t pid)
{
	char path[64], line[1024], *p;
	int fd, i;
	ssize_t n;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	n = read(fd, line, sizeof(line) - 1);
	must(fd < 0 || n < 0 || close(fd), path);
	line[n] = '\0';
	p = strrchr(line, ')');
	for (i = 2; i < 22; i++)
		p = strchr(p + 1, ' ');
	return strtoull(p, NULL, 10);
}

static __u64 ticks(__u64 ns)
{
	return ns / (1000000000 / sysconf(_SC_CLK_TCK));
}

static void write_number(int fd, __u64 number)
{
	must(write(fd, &number, sizeof(number)) != sizeof(number), "write");
}

static __u64 read_number(int fd)
{
	__u64 number;

	must(read(fd, &number, sizeof(number)) != sizeof(number), "read");
	return number;
}

TEST_F(record, process)
{
	__u64 before = boot_clock();
	const struct shmexec_exec *exec = HIT_AFTER(usleep(1000));

	EXPECT_LE(before, exec->start);
	EXPECT_LT(exec->start + 1000000, exec->hdr.boottime);
	EXPECT_EQ(exec->pid, exec->vpid);
	EXPECT_EQ(getpgrp(), exec->pgrp);
	EXPECT_EQ(start_ticks(getpgrp()), ticks(exec->pgrp_start));
	EXPECT_EQ(getsid(0), exec->session);

	EXPECT_EQ(0, IN_CHILD(must(setsid() < 0, "setsid"); usleep(1000);
			      _exit(run(P) ? 1 : 0)));
	exec = hit_of(_metadata, &self->state);
	EXPECT_EQ(exec->ppid, exec->pgrp);
	EXPECT_EQ(exec->ppid, exec->session);
	EXPECT_EQ(exec->parent_start, exec->pgrp_start);
	EXPECT_EQ(exec->parent_start, exec->session_start);
	EXPECT_LE(exec->parent_start + 1000000, exec->start);
}

static int run_as_root_again(void)
{
	return IN_CHILD(must(seteuid(0), "root"); become(P, P));
}

TEST_F(record, parent)
{
	const struct shmexec_exec *exec;

	must(prctl(PR_SET_NAME, "the parent"), "name");
	EXPECT_EQ(0, run(P));
	exec = hit_of(_metadata, &self->state);
	EXPECT_EQ(getpid(), exec->ppid);
	EXPECT_EQ(start_ticks(getpid()), ticks(exec->parent_start));
	check_text(_metadata, exec, "parent_comm", &exec->parent_comm,
		   "the parent");

	/* The child that executes has become root again, its parent has not. */
	EXPECT_EQ(0, IN_CHILD(must(setresgid(11, 12, 13), "gids");
			      must(setresuid(21, 22, 0), "uids");
			      _exit(run_as_root_again() ? 1 : 0)));
	exec = hit_of(_metadata, &self->state);
	EXPECT_EQ(21, exec->parent_uid);
	EXPECT_EQ(22, exec->parent_euid);
	EXPECT_EQ(11, exec->parent_gid);
	EXPECT_EQ(12, exec->parent_egid);
	EXPECT_EQ(0, exec->euid);
	EXPECT_EQ(21, exec->uid);
}

TEST_F(record, leaders)
{
	const struct shmexec_exec *exec = HIT_AFTER(must(setsid() < 0, "setsid"));
	int gone[2], go[2];
	pid_t leader;

	EXPECT_EQ(exec->pid, exec->session);
	EXPECT_EQ(exec->pid, exec->pgrp);
	EXPECT_EQ(exec->start, exec->session_start);
	EXPECT_EQ(exec->start, exec->pgrp_start);

	/* A group whose leader has gone keeps its number, and has no start. */
	must(pipe(gone) || pipe(go), "pipe");
	leader = fork();
	if (!leader) {
		setpgid(0, 0);
		if (!fork()) {
			read_number(go[0]);
			become(P, P);
		}
		_exit(0);
	}
	wait_for(leader);
	write_number(go[1], 1);
	fcntl(self->state.fd, F_SETFL, 0);
	exec = hit_of(_metadata, &self->state);
	fcntl(self->state.fd, F_SETFL, O_NONBLOCK);
	EXPECT_EQ(leader, exec->pgrp);
	EXPECT_EQ(0, exec->pgrp_start);
	EXPECT_EQ(getsid(0), exec->session);
}

TEST_F(record, own_pid_namespace)
{
	const struct shmexec_exec *exec;

	if (!kernel_has("/proc/self/ns/pid"))
		SKIP(return, "a kernel without namespaces of pids");
	EXPECT_EQ(0, IN_CHILD(must(unshare(CLONE_NEWPID), "unshare");
			      _exit(run(P) ? 1 : 0)));
	exec = hit_of(_metadata, &self->state);
	EXPECT_EQ(1, exec->vpid);
	EXPECT_LT(1, exec->pid);
	EXPECT_LT(1, exec->ppid);
}

static void get_capabilities(struct __user_cap_data_struct data[2])
{
	struct __user_cap_header_struct header = {
		.version = _LINUX_CAPABILITY_VERSION_3,
	};

	must(syscall(SYS_capget, &header, data), "capget");
}

static void set_inheritable(__u32 capability)
{
	struct __user_cap_header_struct header = {
		.version = _LINUX_CAPABILITY_VERSION_3,
	};
	struct __user_cap_data_struct data[2];

	get_capabilities(data);
	data[capability / 32].inheritable |= 1U << capability % 32;
	must(syscall(SYS_capset, &header, data), "capset");
	must(prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0),
	     "ambient");
}

static __u64 bounding_set(void)
{
	__u64 set = 0;

	for (int i = 0; i < 64; i++)
		set |= (__u64)(prctl(PR_CAPBSET_READ, i) == 1) << i;
	return set;
}

TEST_F(record, capabilities)
{
	const struct shmexec_exec *exec = HIT_AFTER();
	struct __user_cap_data_struct data[2];
	__u64 all = bounding_set();

	get_capabilities(data);
	EXPECT_EQ(all, exec->cap_bounding);
	EXPECT_EQ((__u64)data[1].permitted << 32 | data[0].permitted,
		  exec->cap_permitted);
	EXPECT_EQ((__u64)data[1].effective << 32 | data[0].effective,
		  exec->cap_effective);
	EXPECT_EQ(0, exec->cap_inheritable);
	EXPECT_EQ(0, exec->cap_ambient);

	exec = HIT_AFTER(must(prctl(PR_CAPBSET_DROP, CAP_SYS_CHROOT) ||
			      prctl(PR_CAPBSET_DROP, CAP_SYSLOG), "drop"));
	all &= ~(1ULL << CAP_SYS_CHROOT | 1ULL << CAP_SYSLOG);
	EXPECT_EQ(all, exec->cap_bounding);
	EXPECT_EQ(all, exec->cap_permitted);
	EXPECT_EQ(all, exec->cap_effective);

	exec = HIT_AFTER(must(setresuid(0, NOBODY, 0), "ids");
			 must(setresuid(-1, 0, -1), "root");
			 set_inheritable(CAP_SYSLOG);
			 set_inheritable(CAP_NET_RAW));
	EXPECT_EQ(1ULL << CAP_SYSLOG | 1ULL << CAP_NET_RAW, exec->cap_ambient);
	EXPECT_EQ(exec->cap_ambient, exec->cap_inheritable);
}

TEST_F(record, groups)
{
	const struct shmexec_exec *exec;
	gid_t group[40];
	__u32 want[40];

	for (int i = 0; i < 40; i++) {
		group[i] = 1000 + i;
		want[i] = group[i];
	}
	exec = HIT_AFTER(must(setgroups(3, group), "setgroups"));
	EXPECT_EQ(3, exec->groups_count);
	EXPECT_TRUE(text_is(exec, &exec->groups, want, 3 * sizeof(__u32)));
	exec = HIT_AFTER(must(setgroups(40, group), "setgroups"));
	EXPECT_EQ(40, exec->groups_count);
	EXPECT_TRUE(text_is(exec, &exec->groups, want,
			    SHMEXEC_GROUPS_MAX * sizeof(__u32)));
	exec = HIT_AFTER(must(setgroups(0, NULL), "setgroups"));
	EXPECT_EQ(0, exec->groups_count);
	EXPECT_TRUE(text_is(exec, &exec->groups, "", 0));
}

TEST_F(record, login)
{
	const struct shmexec_exec *exec = HIT_AFTER();

	EXPECT_EQ(SHMEXEC_ID_UNSET, exec->loginuid);
	EXPECT_EQ(SHMEXEC_ID_UNSET, exec->sessionid);
	if (!kernel_has("/proc/self/loginuid"))
		return;
	exec = HIT_AFTER(write_to("/proc/self/loginuid", "1000"));
	EXPECT_EQ(1000, exec->loginuid);
	EXPECT_NE(SHMEXEC_ID_UNSET, exec->sessionid);
}

/* A session of its own on the other end of a new pty. */
static void take_terminal(int pty, const char *name)
{
	int fd;

	must(setsid() < 0, "setsid");
	fd = open(name, O_RDWR | O_CLOEXEC);
	must(fd < 0 || ioctl(fd, TIOCSCTTY, 0), name);
	(void)pty;
}

TEST_F(record, terminal)
{
	const struct shmexec_exec *exec = HIT_AFTER(must(setsid() < 0, "setsid"));
	int pty;
	struct stat st;
	char *name;

	EXPECT_EQ(0, exec->tty_major);
	EXPECT_EQ(0, exec->tty_minor);
	mkdir("/dev/pts", 0755);
	must(mount("none", "/dev/pts", "devpts", 0, NULL), "/dev/pts");
	pty = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	must(pty < 0 || grantpt(pty) || unlockpt(pty), "pty");
	name = ptsname(pty);
	must(!name || stat(name, &st), "ptsname");
	exec = HIT_AFTER(take_terminal(pty, name));
	EXPECT_EQ(major(st.st_rdev), exec->tty_major);
	EXPECT_EQ(minor(st.st_rdev), exec->tty_minor);
	EXPECT_EQ(136, exec->tty_major);
	close(pty);
	must(umount("/dev/pts"), "/dev/pts");
}

static __u64 ns_of(struct timespec time)
{
	return time.tv_sec < 0 ? 0 : time.tv_sec * 1000000000ULL + time.tv_nsec;
}

/* ns since 1970; 0: this kernel does not say when a file on its tmpfs was made. */
static __u64 birth(struct __test_metadata *_metadata, const char *path)
{
	struct statx stx = {};

	must(syscall(SYS_statx, AT_FDCWD, path, 0, STATX_BTIME, &stx), path);
	if (!(stx.stx_mask & STATX_BTIME))
		return 0;
	EXPECT_LT(0, stx.stx_btime.tv_sec);
	return stx.stx_btime.tv_sec * 1000000000ULL + stx.stx_btime.tv_nsec;
}

static void check_file(struct __test_metadata *_metadata,
		       const struct shmexec_exec *exec, const struct stat *st)
{
	EXPECT_EQ(birth(_metadata, P), exec->file_btime);
	EXPECT_EQ(st->st_ino, exec->file_inode);
	EXPECT_EQ(st->st_size, exec->file_size);
	EXPECT_EQ(st->st_mode, exec->file_mode);
	EXPECT_EQ(st->st_uid, exec->file_uid);
	EXPECT_EQ(st->st_gid, exec->file_gid);
	EXPECT_EQ(st->st_nlink, exec->file_nlink);
	EXPECT_EQ(major(st->st_dev), exec->dev_major);
	EXPECT_EQ(minor(st->st_dev), exec->dev_minor);
	EXPECT_EQ(ns_of(st->st_mtim), exec->file_mtime);
	EXPECT_EQ(ns_of(st->st_ctim), exec->file_ctime);
	EXPECT_EQ(ns_of(st->st_atim), exec->file_atime);
}

TEST_F(record, file)
{
	const struct timespec early[2] = { { .tv_nsec = UTIME_OMIT }, { -9, 10 } };
	/*
	 * Where a long has 32 bits the kernel sees no more of how old a file's
	 * time is, and has it renewed by an exec if that is a day: it must not be.
	 */
	const time_t far = (1LL << 40) + time(NULL) + 1000;
	const struct timespec late[2] = { { far, 1 }, { far, 0 } };
	const struct shmexec_exec *exec;
	struct stat st;
	struct statfs fs;

	must(link(P, "/dev/shm/other") && errno != EEXIST, "link");
	must(chown(P, 0, 77) || chmod(P, 06711), P);
	exec = HIT_AFTER();
	/* Only now: to execute a file is to read it. */
	must(stat(P, &st) || statfs(P, &fs), P);
	check_file(_metadata, exec, &st);
	EXPECT_EQ(2, exec->file_nlink);
	EXPECT_EQ(fs.f_type, exec->fs_magic);
	EXPECT_TRUE(text_is(exec, &exec->fs_type, "tmpfs", 5));

	must(utimensat(AT_FDCWD, P, early, 0), P);
	exec = HIT_AFTER();
	EXPECT_EQ(0, exec->file_mtime);
	must(utimensat(AT_FDCWD, P, late, 0), P);
	exec = HIT_AFTER();
	EXPECT_EQ((__u64)INT64_MAX, exec->file_atime);
	EXPECT_EQ((__u64)INT64_MAX, exec->file_mtime);
	unlink("/dev/shm/other");
}

static const struct ns {
	const char *name;
	int flag;
	size_t at;
} namespaces[] = {
#define NS(member, file, clone) \
	{ "/proc/self/ns/" file, clone, offsetof(struct shmexec_exec, member) }
	NS(ns_mnt, "mnt", CLONE_NEWNS), NS(ns_pid, "pid", 0),
	NS(ns_user, "user", 0), NS(ns_net, "net", CLONE_NEWNET),
	NS(ns_cgroup, "cgroup", CLONE_NEWCGROUP),
	NS(ns_uts, "uts", CLONE_NEWUTS), NS(ns_ipc, "ipc", CLONE_NEWIPC),
};

#define NAMESPACES	(sizeof(namespaces) / sizeof(*namespaces))

/* 0 if the kernel has no such namespaces. */
static __u64 namespace_number(const struct ns *ns)
{
	struct stat st;

	if (!kernel_has(ns->name))
		return 0;
	must(stat(ns->name, &st), ns->name);
	return st.st_ino;
}

static __u32 number_said(const struct shmexec_exec *exec, const struct ns *ns)
{
	return *(const __u32 *)((const char *)exec + ns->at);
}

static void enter_namespaces(int fd)
{
	for (size_t i = 0; i < NAMESPACES; i++) {
		if (kernel_has(namespaces[i].name))
			must(unshare(namespaces[i].flag), namespaces[i].name);
		write_number(fd, namespace_number(&namespaces[i]));
	}
}

TEST_F(record, namespaces)
{
	const struct shmexec_exec *exec = HIT_AFTER();
	__u64 here[NAMESPACES], there;
	int fd[2];

	for (size_t i = 0; i < NAMESPACES; i++) {
		here[i] = namespace_number(&namespaces[i]);
		EXPECT_EQ(here[i], number_said(exec, &namespaces[i]))
			TH_LOG("%s", namespaces[i].name);
	}
	must(pipe(fd), "pipe");
	exec = HIT_AFTER(enter_namespaces(fd[1]));
	for (size_t i = 0; i < NAMESPACES; i++) {
		there = read_number(fd[0]);
		EXPECT_EQ(there, number_said(exec, &namespaces[i]))
			TH_LOG("%s", namespaces[i].name);
		EXPECT_EQ(!namespaces[i].flag || !here[i], there == here[i])
			TH_LOG("%s", namespaces[i].name);
	}
}

static void vanish(void)
{
	must(mkdir("/mnt/gone", 0755) || chdir("/mnt/gone") ||
	     rmdir("/mnt/gone"), "/mnt/gone");
}

TEST_F(record, directories)
{
	const struct shmexec_exec *exec = HIT_AFTER(must(chdir("/mnt"), "/mnt"));

	EXPECT_TRUE(text_is(exec, &exec->cwd, "/mnt", 4));
	EXPECT_TRUE(text_is(exec, &exec->root, "/", 1));
	exec = HIT_AFTER(must(chdir("/"), "/"));
	EXPECT_TRUE(text_is(exec, &exec->cwd, "/", 1));
	exec = HIT_AFTER(vanish());
	EXPECT_TRUE(text_is(exec, &exec->cwd, "/mnt/gone", 9));

	payload_at("/mnt/jail/dev/shm/p");
	exec = HIT_AFTER(must(chroot("/mnt/jail") || chdir("/dev"), "chroot"));
	EXPECT_TRUE(text_is(exec, &exec->cwd, "/dev", 4));
	EXPECT_TRUE(text_is(exec, &exec->root, "/jail", 5));
	unlink("/mnt/jail/dev/shm/p");
}

static void join_cgroup(const char *path)
{
	char procs[PATH_MAX];

	snprintf(procs, sizeof(procs), "%s/cgroup.procs", path);
	must(mkdir(path, 0755) && errno != EEXIST, path);
	write_to(procs, "0");
}

/* Of so many levels, of 201 bytes each, no two alike. */
static const char *deep_cgroup(int levels)
{
	static char path[PATH_MAX];
	size_t len = strlen("/sys/fs/cgroup");

	strcpy(path, "/sys/fs/cgroup");
	for (int i = 0; i < levels; i++) {
		path[len] = '/';
		for (int j = 1; j <= 200; j++)
			path[len + j] = 'a' + (7 * i + j / 10) % 26;
		len += 201;
		path[len] = '\0';
		must(mkdir(path, 0755) && errno != EEXIST, path);
	}
	return path;
}

TEST_F(record, cgroup)
{
	const struct shmexec_exec *exec = HIT_AFTER();

	if (!kernel_has("/proc/cgroups")) {
		EXPECT_EQ(0, exec->cgroup.off);
		return;
	}
	EXPECT_TRUE(text_is(exec, &exec->cgroup, "/", 1));
	must(mount("none", "/sys/fs/cgroup", "cgroup2", 0, NULL), "cgroup2");
	exec = HIT_AFTER(join_cgroup("/sys/fs/cgroup/a.slice"));
	EXPECT_TRUE(text_is(exec, &exec->cgroup, "/a.slice", 8));
	exec = HIT_AFTER(join_cgroup("/sys/fs/cgroup/a.slice/b.scope"));
	EXPECT_TRUE(text_is(exec, &exec->cgroup, "/a.slice/b.scope", 16));
	for (int i = 1; i <= 6; i++) {
		const char *path = deep_cgroup(i), *name = path + strlen("/sys/fs/cgroup");

		exec = HIT_AFTER(join_cgroup(path));
		/* Six are longer than what is kept of it. */
		EXPECT_TRUE(i == 6 ? !exec->cgroup.off :
			    text_is(exec, &exec->cgroup, name, strlen(name)))
			TH_LOG("%zu bytes", strlen(name));
	}
	must(umount("/sys/fs/cgroup"), "cgroup2");
}

#define ID	"8d38b2f18290e973c5ea8f9ee207e970a8aa9191fa89bf3d4ea2a126f2f010a6"

TEST_F(record, cgroup_of_the_older_kind)
{
	const struct shmexec_exec *exec;

	if (!kernel_has("/proc/cgroups"))
		SKIP(return, "a kernel without cgroups");
	must(mount("none", "/sys/fs/cgroup", "cgroup", 0, "pids"), "cgroup");
	must(mkdir("/sys/fs/cgroup/docker", 0755) && errno != EEXIST, "docker");
	exec = HIT_AFTER(join_cgroup("/sys/fs/cgroup/docker/" ID));
	EXPECT_TRUE(text_is(exec, &exec->cgroup, "/docker/" ID, 72));
	must(umount("/sys/fs/cgroup"), "cgroup");
}

TEST_F(record, memfd)
{
	int fd = memfd_create("x", 0), in = open(P, O_RDONLY | O_CLOEXEC);
	const struct shmexec_exec *exec;
	char buf[65536];
	ssize_t n;

	while ((n = read(in, buf, sizeof(buf))) > 0)
		must(write(fd, buf, n) != n, "memfd");
	unlink("/dev/shm/to-a-memfd");
	must(symlink("/proc/self/fd/100", "/dev/shm/to-a-memfd"), "/dev/shm/to-a-memfd");
	EXPECT_EQ(0, IN_CHILD(must(dup2(fd, 100) < 0, "dup2");
			      become("/dev/shm/to-a-memfd", "a")));
	exec = hit_of(_metadata, &self->state);
	EXPECT_EQ(SHMEXEC_F_MEMFD, exec->flags & SHMEXEC_F_MEMFD);
	exec = HIT_AFTER();
	EXPECT_EQ(0, exec->flags);

	/* A file may be called that. */
	copy_file(P, "/dev/shm/memfd:x", 0755);
	EXPECT_EQ(0, run("/dev/shm/memfd:x"));
	exec = hit_of(_metadata, &self->state);
	EXPECT_EQ(0, exec->flags);
	unlink("/dev/shm/memfd:x");
	unlink("/dev/shm/to-a-memfd");
	close(in);
	close(fd);
}

TEST_HARNESS_MAIN
