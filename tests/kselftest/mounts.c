// SPDX-License-Identifier: GPL-2.0
/* Mounts and namespaces: cases 22 to 30, and other tricks. */
#include "params.h"

CASES(mounts)

/* Executes @path by a symlink in the root that says nothing of it. */
static void as(const char *link, const char *path)
{
	must(chdir("/"), "/");
	unlink(link);
	must(symlink(path, link), link);
	become(link, link);
}

/* What hits by one name is looked at by all: so the others do not count. */
static void only_view(struct case_state *state, const char *view)
{
	must(set_param("views", view), view);
	drain(state->fd);
}

static int run_as(const char *link, const char *path)
{
	return IN_CHILD(as(link, path));
}

TEST_F(mounts, c22_bind_mount)
{
	EXPECT_EQ(0, IN_CHILD(own_mounts(); bind_mount("/dev/shm", "/mnt/a");
			      become("/mnt/a/p", "/mnt/a/p")));
	EXPECT_HIT(D, P, .canonical = "/mnt/a/p", .typed = "/mnt/a/p");
}

TEST_F(mounts, n05_bind_mount_of_a_part)
{
	payload_at("/dev/shm/sub/dir/p");
	EXPECT_EQ(0, IN_CHILD(own_mounts(); bind_mount("/dev/shm/sub", "/mnt/a");
			      become("/mnt/a/dir/p", "/mnt/a/dir/p")));
	EXPECT_HIT(D, "/dev/shm/sub/dir/p", .canonical = "/mnt/a/dir/p",
		   .typed = "/mnt/a/dir/p");

	copy_file(PAYLOAD, "/mnt/file", 0755);
	EXPECT_EQ(0, IN_CHILD(own_mounts();
			      must(mount(P, "/mnt/file", NULL, MS_BIND, NULL), P);
			      become("/mnt/file", "/mnt/file")));
	EXPECT_HIT(D, P, .canonical = "/mnt/file", .typed = "/mnt/file");

	payload_at("/run/lock/sub/p");
	EXPECT_EQ(0, IN_CHILD(own_mounts(); bind_mount("/run/lock/sub", "/mnt/a");
			      become("/mnt/a/p", "/mnt/a/p")));
	EXPECT_HIT(D, "/var/run/lock/sub/p", .canonical = "/mnt/a/p",
		   .typed = "/mnt/a/p", .pattern = "/var/run/*");
}

TEST_F(mounts, n06_moved_mount)
{
	EXPECT_EQ(0, IN_CHILD(own_mounts(); mkdir("/mnt/a", 0755);
			      must(mount("/dev/shm", "/mnt/a", NULL, MS_MOVE, NULL), "move");
			      become("/mnt/a/p", "/mnt/a/p")));
	EXPECT_HIT(D, P, .canonical = "/mnt/a/p", .typed = "/mnt/a/p");
}

static void own_shm(const char *type)
{
	own_mounts();
	mount_on(type, "/dev/shm");
	copy_file(PAYLOAD, P, 0755);
}

TEST_F(mounts, c23_own_namespace)
{
	EXPECT_EQ(0, IN_CHILD(own_shm("tmpfs"); become(P, P)));
	EXPECT_HIT(C | T, P);
}

TEST_F(mounts, c24_chroot)
{
	const char *path = payload_at("/mnt/root/dev/shm/p");

	EXPECT_EQ(0, run(path));
	EXPECT_NO_HIT();
	EXPECT_EQ(0, IN_CHILD(must(chroot("/mnt/root"), path); become(P, P)));
	EXPECT_HIT(C | T, P);
	EXPECT_EQ(0, IN_CHILD(must(chroot("/mnt/root") || chdir("/dev"), path);
			      become("shm/p", "shm/p")));
	EXPECT_HIT(C | T, P, .typed = "shm/p", .typed_path = P);
}

static void into_root_with_shm_at(const char *at)
{
	own_mounts();
	mkdir("/mnt/root", 0755);
	bind_mount("/dev/shm", at);
	must(chroot("/mnt/root") || chdir("/"), at);
}

TEST_F(mounts, c25_shm_in_a_chroot)
{
	EXPECT_EQ(0, IN_CHILD(into_root_with_shm_at("/mnt/root/x");
			      become("/x/p", "/x/p")));
	EXPECT_HIT(D, P, .canonical = "/x/p", .typed = "/x/p");
}

TEST_F(mounts, n07_pivot_root)
{
	EXPECT_EQ(0, IN_CHILD(own_mounts(); mount_on("tmpfs", "/mnt/new");
			      bind_mount("/dev/shm", "/mnt/new/x");
			      /* The initial rootfs cannot be pivoted: move it. */
			      must(chdir("/mnt/new") ||
				   mount("/mnt/new", "/", NULL, MS_MOVE, NULL) ||
				   chroot(".") || chdir("/"), "switch_root");
			      become("/x/p", "/x/p")));
	EXPECT_HIT(D, P, .canonical = "/x/p", .typed = "/x/p");
}

TEST_F(mounts, c26_other_filesystems_on_shm)
{
	static const char * const type[] = { "ramfs", "tmpfs" };

	for (int i = 0; i < 2; i++) {
		must(mount("none", "/dev/shm", type[i], 0, NULL), type[i]);
		resolve(self->state.fd);
		copy_file(PAYLOAD, P, 0755);
		EXPECT_EQ(0, run(P));
		EXPECT_HIT(C | T | D, P);
		EXPECT_EQ(0, umount("/dev/shm"));
	}
	resolve(self->state.fd);
	EXPECT_EQ(0, run(P));
	EXPECT_HIT(C | T | D, P);
}

TEST_F(mounts, c27_tmpfs_elsewhere)
{
	EXPECT_EQ(0, run(payload_at("/tmp/p")));
	EXPECT_EQ(0, run(payload_at("/mnt/p")));
	EXPECT_EQ(0, run(payload_at("/mnt/dev/shm/p")));
	EXPECT_EQ(0, IN_CHILD(own_mounts(); mount_on("tmpfs", "/mnt/t");
			      copy_file(PAYLOAD, "/mnt/t/p", 0755);
			      become("/mnt/t/p", "a")));
	EXPECT_NO_HIT();
}

/* What the module knows of its roots is of before the mount, at first. */
TEST_F(mounts, c28_mounted_after_the_roots_were_resolved)
{
	must(umount("/dev/shm"), "umount");
	resolve(self->state.fd);
	must(mount("none", "/dev/shm", "tmpfs", 0, NULL), "mount");
	copy_file(PAYLOAD, P, 0755);
	unlink("/mnt/link");
	ASSERT_EQ(0, symlink(P, "/mnt/link"));

	EXPECT_EQ(0, run("/run/shm/p"));
	EXPECT_HIT(C | T, P, .typed = "/run/shm/p");
	EXPECT_EQ(0, run("/mnt/link"));
	EXPECT_HIT(C, P, .typed = "/mnt/link");
	resolve(self->state.fd);
	EXPECT_EQ(0, run("/run/shm/p"));
	EXPECT_HIT(C | T | D, P, .typed = "/run/shm/p");
	EXPECT_EQ(0, run("/mnt/link"));
	EXPECT_HIT(C | D, P, .typed = "/mnt/link");
}

TEST_F(mounts, c28_resolved_by_an_open)
{
	must(umount("/dev/shm"), "umount");
	resolve(self->state.fd);
	must(mount("none", "/dev/shm", "tmpfs", 0, NULL), "mount");
	copy_file(PAYLOAD, P, 0755);
	close(open_reader());
	EXPECT_EQ(0, run(P));
	EXPECT_HIT(C | T | D, P);
}

/* The directory is not there yet: it is known where it will be. */
TEST_F(mounts, n08_directory_made_later)
{
	must(IN_CHILD(execl("/bin/busybox", "rm", "-rf", "/run/lock", NULL)), "rm");
	resolve(self->state.fd);
	EXPECT_EQ(0, run(payload_at("/run/lock/p")));
	EXPECT_HIT(D, "/var/run/lock/p", .canonical = "/run/lock/p",
		   .typed = "/run/lock/p", .pattern = "/var/run/*");
	EXPECT_EQ(0, run("/var/lock/p"));
	EXPECT_HIT(T | D, "/var/lock/p", .canonical = "/run/lock/p",
		   .directory = "/var/run/lock/p", .pattern = "/var/lock/*");
}

TEST_F(mounts, c29_unmount)
{
	char *argv[] = { "a", NULL };
	int fd = open(P, O_RDONLY | O_CLOEXEC);

	EXPECT_EQ(0, run(P));
	EXPECT_EQ(-1, umount("/dev/shm"));	/* fd holds it */
	EXPECT_EQ(EBUSY, errno);
	EXPECT_EQ(0, IN_CHILD(fexecve(fd, argv, argv + 1)));
	close(fd);
	EXPECT_EQ(0, umount("/dev/shm"));
	EXPECT_EQ(2, read_batch(self->state.fd, self->state.batch));
	must(mount("none", "/dev/shm", "tmpfs", 0, NULL), "mount");
}

/* What was unmounted lazily has no path, but it is still what it was. */
TEST_F(mounts, n09_detached_mount)
{
	char *argv[] = { "a", NULL };
	int fd = open(P, O_RDONLY | O_CLOEXEC);

	must(umount2("/dev/shm", MNT_DETACH), "umount");
	EXPECT_EQ(0, IN_CHILD(must(dup2(fd, 100) < 0, "dup2");
			      fexecve(100, argv, argv + 1)));
	EXPECT_HIT(D, P, .canonical = "/p", .typed = "/dev/fd/100", .args = "a",
		   .args_len = 2,
		   .flags = SHMEXEC_F_UNREACHABLE | SHMEXEC_F_DETACHED);
	close(fd);
	must(mount("none", "/dev/shm", "tmpfs", 0, NULL), "mount");
}

#ifndef SYS_open_tree
#define SYS_open_tree	428
#endif

TEST_F(mounts, n10_cloned_mount_without_a_place)
{
	char *argv[] = { "a", NULL };
	int dir = syscall(SYS_open_tree, AT_FDCWD, "/dev/shm", 1 /* CLONE */);

	ASSERT_LE(0, dir);
	EXPECT_EQ(0, IN_CHILD(must(dup2(dir, 100) < 0, "dup2");
			      execveat_(100, "p", argv, 0)));
	EXPECT_HIT(D, P, .canonical = "/p", .typed = "/dev/fd/100/p",
		   .args = "a", .args_len = 2, .flags = SHMEXEC_F_UNREACHABLE);
	close(dir);
}

/* Opened before the chroot: no path leads there from inside. */
TEST_F(mounts, n11_out_of_a_chroot_by_descriptor)
{
	char *argv[] = { "a", NULL };
	int fd = open(P, O_RDONLY | O_CLOEXEC);

	mkdir("/mnt/root", 0755);
	EXPECT_EQ(0, IN_CHILD(must(dup2(fd, 100) < 0, "dup2");
			      must(chroot("/mnt/root") || chdir("/"), "chroot");
			      fexecve(100, argv, argv + 1)));
	EXPECT_HIT(C | D, P, .typed = "/dev/fd/100", .args = "a",
		   .args_len = 2, .flags = SHMEXEC_F_UNREACHABLE);
	close(fd);
}

/*
 * On one filesystem with much else, as on a board where /var is on the root
 * filesystem: /var is a link to /tmp.
 */
TEST_F(mounts, c30_var_is_tmp)
{
	must(rename("/var", "/var.away") || symlink("/tmp", "/var"), "/var");
	resolve(self->state.fd);
	payload_at("/tmp/run/p");
	payload_at("/tmp/lock/p");
	payload_at("/tmp/runner/p");
	EXPECT_EQ(0, run("/tmp/run/p"));
	EXPECT_HIT(D, "/var/run/p", .canonical = "/tmp/run/p",
		   .typed = "/tmp/run/p", .pattern = "/var/run/*");
	EXPECT_EQ(0, run("/var/run/p"));
	EXPECT_HIT(T | D, "/var/run/p", .canonical = "/tmp/run/p",
		   .pattern = "/var/run/*");
	EXPECT_EQ(0, run("/tmp/lock/p"));
	EXPECT_HIT(D, "/var/lock/p", .canonical = "/tmp/lock/p",
		   .typed = "/tmp/lock/p", .pattern = "/var/lock/*");
	EXPECT_EQ(0, run(payload_at("/tmp/run/docker/p")));
	EXPECT_EQ(0, run("/tmp/runner/p"));
	EXPECT_EQ(0, run("/tmp/p"));
	EXPECT_EQ(0, run(payload_at("/run/p")));
	EXPECT_NO_HIT();
	must(unlink("/var") || rename("/var.away", "/var"), "/var");
	resolve(self->state.fd);
}

/* A namespace where the roots are elsewhere does not move them. */
TEST_F(mounts, n12_resolved_as_process_1_sees_it)
{
	EXPECT_EQ(0, IN_CHILD(own_shm("tmpfs"); close(open_reader()); _exit(0)));
	EXPECT_EQ(0, run(P));
	EXPECT_HIT(C | T | D, P);
	EXPECT_EQ(0, IN_CHILD(must(mkdir("/mnt/root", 0755) && errno != EEXIST, "root");
			      must(chroot("/mnt/root"), "chroot");
			      resolve(self->state.fd); _exit(0)));
	EXPECT_EQ(0, run(P));
	EXPECT_HIT(C | T | D, P);
}

/* Another filesystem below a directory of the rule, as /run/user/0 is. */
TEST_F(mounts, n19_mount_below_a_root)
{
	mkdir("/run/user", 0755);
	mount_on("tmpfs", "/run/user/0");
	payload_at("/run/user/0/p");
	EXPECT_EQ(0, run("/run/user/0/p"));
	EXPECT_HIT(D, "/var/run/user/0/p", .canonical = "/run/user/0/p",
		   .typed = "/run/user/0/p", .pattern = "/var/run/*");
	EXPECT_EQ(0, run("/var/run/user/0/p"));
	EXPECT_HIT(T | D, "/var/run/user/0/p", .canonical = "/run/user/0/p",
		   .pattern = "/var/run/*");
	EXPECT_EQ(0, run_in("/run/user/0", "./p"));
	EXPECT_HIT(D, "/var/run/user/0/p", .canonical = "/run/user/0/p",
		   .typed = "./p", .typed_path = "/run/user/0/p",
		   .pattern = "/var/run/*");
	must(umount("/run/user/0"), "/run/user/0");

	mount_on("tmpfs", "/run/docker");
	payload_at("/run/docker/p");
	EXPECT_EQ(0, run("/run/docker/p"));
	EXPECT_EQ(0, run("/var/run/docker/p"));
	EXPECT_NO_HIT();
	must(umount("/run/docker"), "/run/docker");
}

static void own_run(void)
{
	own_mounts();
	mount_on("tmpfs", "/run");
	payload_at("/run/p");
	payload_at("/run/docker/p");
}

TEST_F(mounts, n20_own_run)
{
	EXPECT_EQ(0, IN_CHILD(own_run(); become("/run/p", "/run/p")));
	EXPECT_HIT(D, "/var/run/p", .canonical = "/run/p", .typed = "/run/p",
		   .pattern = "/var/run/*");
	EXPECT_EQ(0, IN_CHILD(own_run(); become("/run/docker/p", "a")));
	EXPECT_NO_HIT();
}

static void overlay(const char *lower, const char *upper, const char *at)
{
	char options[256];

	mkdir("/mnt/lower", 0755);
	snprintf(options, sizeof(options), "lowerdir=%s,upperdir=%s/up,workdir=%s/work",
		 lower, upper, upper);
	own_mounts();
	must(mkdir(at, 0755) && errno != EEXIST, at);
	must(mount("overlay", at, "overlay", 0, options), options);
}

/*
 * A file of an overlay lies in the overlay: not in shm, though its bytes are
 * there, and in shm, though they are elsewhere.
 */
TEST_F(mounts, n13_overlay)
{
	load_module("/files/overlay.ko");
	payload_at("/mnt/lower/q");
	mkdir("/mnt/up", 0755);
	mkdir("/mnt/work", 0755);
	EXPECT_EQ(0, IN_CHILD(overlay("/mnt/lower", "/mnt", "/dev/shm");
			      become("/dev/shm/q", "/dev/shm/q")));
	EXPECT_HIT(C | T, "/dev/shm/q");

	mkdir("/dev/shm/up", 0755);
	mkdir("/dev/shm/work", 0755);
	EXPECT_EQ(0, IN_CHILD(overlay("/mnt/lower", "/dev/shm", "/mnt/o");
			      copy_file(PAYLOAD, "/mnt/o/new", 0755);
			      become("/mnt/o/new", "a")));
	EXPECT_NO_HIT();
}

/*
 * The way up through directories leads past shm: only the mount tells.  Each
 * hits by one name alone, as what hits by one is looked at by all.
 */
TEST_F(mounts, n23_directory_of_the_root_bound_into_shm)
{
	char *argv[] = { "a", NULL };
	int fd;

	must(mkdir("/files/sub", 0755), "/files/sub");
	must(symlink(payload_at("/mnt/p"), "/files/sub/link"), "link");
	own_mounts();
	bind_mount("/files", "/dev/shm/bound");
	fd = open("/dev/shm/bound/payload", O_RDONLY | O_CLOEXEC);
	EXPECT_EQ(0, IN_CHILD(must(dup2(fd, 100) < 0, "dup2");
			      execveat_(100, "", argv, AT_EMPTY_PATH)));
	EXPECT_HIT(C, "/dev/shm/bound/payload", .typed = "/dev/fd/100",
		   .args = "a", .args_len = 2);
	EXPECT_EQ(0, run_in("/dev/shm/bound/sub", "./link"));
	EXPECT_HIT(T, "/dev/shm/bound/sub/link", .canonical = "/mnt/p",
		   .typed = "./link", .typed_path = "/dev/shm/bound/sub/link");
	EXPECT_EQ(0, run_in("/files/sub", "./link"));
	EXPECT_NO_HIT();
	close(fd);
	must(umount("/dev/shm/bound"), "umount");
	rmdir("/dev/shm/bound");
	unlink("/files/sub/link");
	rmdir("/files/sub");
}

/*
 * By the path alone, from mount to mount: what is left of the three views says
 * nothing of these.  Each stands beside one that is a letter away from a hit.
 */
TEST_F(mounts, n60_path_across_mounts)
{
	only_view(&self->state, "canonical");
	own_mounts();
	mount_on("tmpfs", "/dev/shm/m");
	mount_on("tmpfs", "/dev/shm/m/n");
	EXPECT_EQ(0, run_as("a", payload_at("/dev/shm/m/p")));
	EXPECT_HIT(C, "/dev/shm/m/p", .typed = "a", .typed_path = "/a");
	EXPECT_EQ(0, run_as("a", payload_at("/dev/shm/m/n/p")));
	EXPECT_HIT(C, "/dev/shm/m/n/p", .typed = "a", .typed_path = "/a");

	mount_on("tmpfs", "/mnt/dev");
	mount_on("tmpfs", "/dev/shmx");
	mkdir("/mnt/dev/shm", 0755);
	mount_on("tmpfs", "/mnt/dev/shm");
	EXPECT_EQ(0, run_as("a", payload_at("/mnt/dev/p")));
	EXPECT_EQ(0, run_as("a", payload_at("/mnt/dev/shm/p")));
	EXPECT_EQ(0, run_as("a", payload_at("/dev/shmx/p")));
	EXPECT_NO_HIT();
	set_defaults();
}

/* A mount that is moved while the module knows nothing of it; one on top. */
TEST_F(mounts, n61_path_of_a_moved_mount)
{
	only_view(&self->state, "canonical");
	own_mounts();
	mount_on("tmpfs", "/mnt/a");
	payload_at("/mnt/a/p");
	EXPECT_EQ(0, run_as("a", "/mnt/a/p"));
	EXPECT_NO_HIT();
	mkdir("/dev/shm/m", 0755);
	must(mount("/mnt/a", "/dev/shm/m", NULL, MS_MOVE, NULL), "move");
	EXPECT_EQ(0, run_as("a", "/dev/shm/m/p"));
	EXPECT_HIT(C, "/dev/shm/m/p", .typed = "a", .typed_path = "/a");
	mount_on("tmpfs", "/dev/shm/m");
	payload_at("/dev/shm/m/p");
	EXPECT_EQ(0, run_as("a", "/dev/shm/m/p"));
	EXPECT_HIT(C, "/dev/shm/m/p", .typed = "a", .typed_path = "/a");
	/* A directory above a mount has another name: /mnt/b is /dev/shm/b. */
	mkdir("/mnt/b", 0755);
	mkdir("/mnt/b/c", 0755);
	mount_on("tmpfs", "/mnt/b/c");
	payload_at("/mnt/b/c/p");
	must(rename("/mnt/b", "/mnt/dev2"), "rename");
	EXPECT_EQ(0, run_as("a", "/mnt/dev2/c/p"));
	EXPECT_NO_HIT();
	set_defaults();
}

/* The root of the task is on a mount of its own, and what it sees on others. */
TEST_F(mounts, n62_path_across_mounts_in_a_chroot)
{
	only_view(&self->state, "canonical");
	own_mounts();
	mount_on("tmpfs", "/mnt/root");
	mkdir("/mnt/root/dev", 0755);
	mount_on("tmpfs", "/mnt/root/dev");
	payload_at("/mnt/root/dev/shm/p");
	payload_at("/mnt/root/usr/p");
	mkdir("/mnt/root/usr/dev", 0755);
	mount_on("tmpfs", "/mnt/root/usr/dev");
	payload_at("/mnt/root/usr/dev/shm/p");
	EXPECT_EQ(0, run_as("a", "/mnt/root/dev/shm/p"));
	EXPECT_NO_HIT();
	EXPECT_EQ(0, IN_CHILD(must(chroot("/mnt/root"), "chroot");
			      as("a", "/dev/shm/p")));
	EXPECT_HIT(C, "/dev/shm/p", .typed = "a", .typed_path = "/a");
	/* Its root is a directory in the middle of a mount. */
	EXPECT_EQ(0, IN_CHILD(must(chroot("/mnt/root/usr"), "chroot");
			      as("a", "/dev/shm/p")));
	EXPECT_HIT(C, "/dev/shm/p", .typed = "a", .typed_path = "/a");
	EXPECT_EQ(0, IN_CHILD(must(chroot("/mnt/root"), "chroot");
			      as("a", "/usr/dev/shm/p")));
	EXPECT_EQ(0, IN_CHILD(must(chroot("/mnt/root"), "chroot");
			      as("a", "/usr/p")));
	EXPECT_NO_HIT();
	set_defaults();
}

/* By the name alone: from a working directory on another mount. */
TEST_F(mounts, n63_typed_in_a_directory_on_another_mount)
{
	only_view(&self->state, "typed");
	own_mounts();
	payload_at("/tmp/p");
	mount_on("tmpfs", "/dev/shm/m");
	must(symlink("/tmp/p", "/dev/shm/m/link"), "link");
	must(mkdir("/dev/shm/m/sub", 0755), "sub");
	must(symlink("/tmp/p", "/dev/shm/m/sub/link"), "link");
	EXPECT_EQ(0, run_in("/dev/shm/m", "./link"));
	EXPECT_HIT(T, "/dev/shm/m/link", .canonical = "/tmp/p",
		   .typed = "./link", .typed_path = "/dev/shm/m/link");
	EXPECT_EQ(0, run_in("/dev/shm/m", "sub/link"));
	EXPECT_HIT(T, "/dev/shm/m/sub/link", .canonical = "/tmp/p",
		   .typed = "sub/link", .typed_path = "/dev/shm/m/sub/link");
	EXPECT_EQ(0, run_in("/dev", "shm/m/link"));
	EXPECT_HIT(T, "/dev/shm/m/link", .canonical = "/tmp/p",
		   .typed = "shm/m/link", .typed_path = "/dev/shm/m/link");
	EXPECT_EQ(0, run_in("/", "dev/shm/m/link"));
	EXPECT_HIT(T, "/dev/shm/m/link", .canonical = "/tmp/p",
		   .typed = "dev/shm/m/link", .typed_path = "/dev/shm/m/link");
	/* The file is where one is, and both are in the directory. */
	EXPECT_EQ(0, run_in("/dev/shm/m", payload_at("/dev/shm/m/q") + 11));
	EXPECT_HIT(T, "/dev/shm/m/q", .typed = "q", .typed_path = "/dev/shm/m/q");
	EXPECT_EQ(0, run_in("/dev/shm", "p"));
	EXPECT_HIT(T, P, .typed = "p", .typed_path = P, .directory = P);

	mount_on("tmpfs", "/tmp/dev");
	must(mkdir("/tmp/dev/shm", 0755), "shm");
	must(symlink("/tmp/p", "/tmp/dev/shm/link"), "link");
	EXPECT_EQ(0, run_in("/tmp/dev", "shm/link"));
	EXPECT_EQ(0, run_in("/tmp/dev/shm", "./link"));
	EXPECT_EQ(0, run_in("/tmp", "dev/shm/link"));
	EXPECT_EQ(0, run_in("/tmp", "./p"));
	EXPECT_NO_HIT();
	set_defaults();
}

/* Not typed as what it is, from the root: only the path may hit. */
TEST_F(mounts, n64_deeper_than_the_glance)
{
	char path[512] = "/dev/shm/deep", far[512] = "/usr/far";

	only_view(&self->state, "canonical");
	for (int i = 0; i < 80; i++) {
		strcat(path, "/d");
		strcat(far, "/d");
	}
	EXPECT_EQ(0, run_as("a", payload_at(strcat(path, "/p"))));
	EXPECT_HIT(C, path, .typed = "a", .typed_path = "/a", .directory = path);
	EXPECT_EQ(0, run_as("a", payload_at(strcat(far, "/p"))));
	EXPECT_NO_HIT();
	set_defaults();
}

TEST_HARNESS_MAIN
