// SPDX-License-Identifier: GPL-2.0
/* One file, many names: cases 1 to 14. */
#include "case.h"
#include <pthread.h>

CASES(names)

TEST_F(names, c01_absolute)
{
	EXPECT_EQ(0, run(P));
	EXPECT_HIT(C | T | D, P);
}

TEST_F(names, c02_relative)
{
	static const struct {
		const char *directory, *typed;
	} row[] = {
		{ "/dev/shm", "./p" },		{ "/dev", "shm/p" },
		{ "/", "dev/shm/p" },		{ "/dev/shm", ".//./p" },
		{ "/proc", "../dev/shm/p" },	{ "/dev/shm/q", "../p" },
	};

	mkdir("/dev/shm/q", 0755);
	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		bool up = strstr(row[i].typed, "..");

		EXPECT_EQ(0, run_in(row[i].directory, row[i].typed));
		EXPECT_HIT(up ? C | D : C | T | D, P, .typed = row[i].typed,
			   .typed_path = up ? UNKNOWN : P);
	}
	EXPECT_EQ(0, IN_CHILD(must(chdir("/dev/shm"), P);
			      setenv("PATH", ".", 1); execlp("p", "p", NULL)));
	EXPECT_HIT(C | T | D, P, .typed = "./p", .typed_path = P, .args = "p",
		   .args_len = 2);
}

TEST_F(names, c03_odd_components)
{
	static const struct {
		const char *typed, *typed_path;
	} row[] = {
		{ "/usr/..//dev//shm/./p", UNKNOWN },
		{ "/dev/shm/../shm/p", UNKNOWN },
		{ "//dev///shm/./p", P },
		{ "/./dev/shm//p", P },
		{ "/dev/.///shm/././p", P },
	};

	mkdir("/usr", 0755);
	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		EXPECT_EQ(0, run(row[i].typed));
		EXPECT_HIT(*row[i].typed_path ? C | T | D : C | D, P,
			   .typed = row[i].typed, .typed_path = row[i].typed_path);
	}
}

TEST_F(names, c04_symlink_into_shm)
{
	unlink("/mnt/l");
	unlink("/mnt/d");
	ASSERT_EQ(0, symlink(P, "/mnt/l"));
	ASSERT_EQ(0, symlink("/dev/shm", "/mnt/d"));
	EXPECT_EQ(0, run("/mnt/l"));
	EXPECT_HIT(C | D, P, .typed = "/mnt/l");
	EXPECT_EQ(0, run("/mnt/d/p"));
	EXPECT_HIT(C | D, P, .typed = "/mnt/d/p");
	EXPECT_EQ(0, run_in("/mnt", "l"));
	EXPECT_HIT(C | D, P, .typed = "l", .typed_path = "/mnt/l");
	EXPECT_EQ(0, run_in("/mnt/d", "./p"));
	EXPECT_HIT(C | T | D, P, .typed = "./p", .typed_path = P);
}

TEST_F(names, c05_symlink_out_of_shm)
{
	payload_at("/mnt/disk/p");
	unlink("/dev/shm/out");
	ASSERT_EQ(0, symlink("/mnt/disk/p", "/dev/shm/out"));
	EXPECT_EQ(0, run("/dev/shm/out"));
	EXPECT_HIT(T, "/dev/shm/out", .canonical = "/mnt/disk/p");
	EXPECT_EQ(0, run_in("/dev/shm", "./out"));
	EXPECT_HIT(T, "/dev/shm/out", .canonical = "/mnt/disk/p", .typed = "./out",
		   .typed_path = "/dev/shm/out");
	EXPECT_EQ(0, run("/dev/shm/../shm/out"));
	EXPECT_NO_HIT();
}

TEST_F(names, c06_var_run)
{
	payload_at("/run/p");
	EXPECT_EQ(0, run("/var/run/p"));
	EXPECT_HIT(T | D, "/var/run/p", .canonical = "/run/p",
		   .pattern = "/var/run/*");
}

TEST_F(names, c07_run)
{
	payload_at("/run/p");
	EXPECT_EQ(0, run("/run/p"));
	EXPECT_HIT(D, "/var/run/p", .canonical = "/run/p", .typed = "/run/p",
		   .pattern = "/var/run/*");
	EXPECT_EQ(0, run_in("/run", "./p"));
	EXPECT_HIT(D, "/var/run/p", .canonical = "/run/p", .typed = "./p",
		   .typed_path = "/run/p", .pattern = "/var/run/*");
	EXPECT_EQ(0, run(payload_at("/run/a/b/p")));
	EXPECT_HIT(D, "/var/run/a/b/p", .canonical = "/run/a/b/p",
		   .typed = "/run/a/b/p", .pattern = "/var/run/*");
}

TEST_F(names, c08_var_lock_and_run_shm)
{
	payload_at("/run/lock/p");
	EXPECT_EQ(0, run("/var/lock/p"));
	EXPECT_HIT(T | D, "/var/lock/p", .canonical = "/run/lock/p",
		   .directory = "/var/run/lock/p", .pattern = "/var/lock/*");
	EXPECT_EQ(0, run("/run/lock/p"));
	EXPECT_HIT(D, "/var/run/lock/p", .canonical = "/run/lock/p",
		   .typed = "/run/lock/p", .pattern = "/var/run/*");
	EXPECT_EQ(0, run("/run/shm/p"));
	EXPECT_HIT(C | T | D, P, .typed = "/run/shm/p");
	EXPECT_EQ(0, run("/var/run/shm/p"));
	EXPECT_HIT(C | T | D, P, .typed = "/var/run/shm/p");
}

TEST_F(names, c09_hard_link)
{
	unlink("/dev/shm/hl");
	ASSERT_EQ(0, link(P, "/dev/shm/hl"));
	EXPECT_EQ(0, run("/dev/shm/hl"));
	EXPECT_HIT(C | T | D, "/dev/shm/hl");
	unlink("/dev/shm/hl");
}

TEST_F(names, c10_execveat)
{
	char typed[64], *argv[] = { "a", NULL };
	int dir = open("/dev/shm", O_PATH | O_DIRECTORY | O_CLOEXEC);

	snprintf(typed, sizeof(typed), "/dev/fd/%d/p", dir);
	EXPECT_EQ(0, IN_CHILD(execveat_(dir, "p", argv, 0)));
	EXPECT_HIT(C | D, P, .typed = typed, .args = "a", .args_len = 2);
	close(dir);
}

TEST_F(names, c11_by_descriptor_and_proc)
{
	char typed[64], *argv[] = { "a", NULL };
	int fd = open(P, O_RDONLY | O_CLOEXEC);

	EXPECT_EQ(0, IN_CHILD(fexecve(fd, argv, argv + 1)));
	snprintf(typed, sizeof(typed), "/dev/fd/%d", fd);
	EXPECT_HIT(C | D, P, .typed = typed, .args = "a", .args_len = 2);

	snprintf(typed, sizeof(typed), "/proc/self/fd/%d", fd);
	EXPECT_EQ(0, run(typed));
	EXPECT_HIT(C | D, P, .typed = typed);

	snprintf(typed, sizeof(typed), "/proc/%d/root/dev/shm/p", getpid());
	EXPECT_EQ(0, run(typed));
	EXPECT_HIT(C | D, P, .typed = typed);

	EXPECT_EQ(0, run_in("/dev/shm", "/proc/self/cwd/p"));
	EXPECT_HIT(C | D, P, .typed = "/proc/self/cwd/p");
	close(fd);
}

/* The file's own path begins otherwise, and tells nothing of the directory. */
TEST_F(names, n26_relative_to_the_root_and_a_file_in_it)
{
	copy_file(PAYLOAD, "/top", 0755);
	must(symlink("/top", "/dev/shm/to-top"), "/dev/shm/to-top");
	EXPECT_EQ(0, run_in("/", "dev/shm/to-top"));
	EXPECT_HIT(T, "/dev/shm/to-top", .canonical = "/top", .typed = "dev/shm/to-top",
		   .typed_path = "/dev/shm/to-top");
	EXPECT_EQ(0, run_in("/", "top"));
	EXPECT_NO_HIT();
	unlink("/dev/shm/to-top");
	unlink("/top");
}

TEST_F(names, c12_case_is_ignored)
{
	payload_at("/dev/SHM/p");
	EXPECT_EQ(0, run("/dev/SHM/p"));
	EXPECT_HIT(C | T, "/dev/SHM/p");
}

/* A file, not a directory, is called /dev/shm here. */
static void shm_is_a_file(void)
{
	own_mounts();
	mount_on("tmpfs", "/dev");
	copy_file(PAYLOAD, "/dev/shm", 0755);
	become("/dev/shm", "a");
}

TEST_F(names, c13_near_misses)
{
	static const char * const path[] = {
		"/dev/shmx/p", "/dev/shm2/p", "/var/runner/p", "/x/dev/shm/p",
		"/shm/p", "/mnt/dev/shm/p", "/dev/sh/p", "/var/lockx/p",
		"/runx/p", "/mnt/run/p", "/var/p",
	};

	for (size_t i = 0; i < sizeof(path) / sizeof(*path); i++) {
		EXPECT_EQ(0, run(payload_at(path[i])));
	}
	EXPECT_EQ(0, run_in("/", "x/dev/shm/p"));
	EXPECT_EQ(0, run_in("/x", "dev/shm/p"));
	EXPECT_EQ(0, IN_CHILD(shm_is_a_file()));
	EXPECT_EQ(0, run(PAYLOAD));
	EXPECT_NO_HIT();
}

TEST_F(names, c14_argv_is_what_was_given)
{
	char *liar[] = { "[kworker/0:1]", NULL }, *none[] = { NULL };
	char *odd[] = { "", "-x\ny", "", NULL };

	EXPECT_EQ(0, run_argv(P, liar));
	EXPECT_HIT(C | T | D, P, .args = "[kworker/0:1]", .args_len = 14);
	EXPECT_EQ(0, run_argv(P, odd));
	EXPECT_HIT(C | T | D, P, .args = "\0-x\ny\0", .args_len = 7,
		   .args_count = 3);
	/* The kernel gives a program without arguments an empty one (5.18). */
	EXPECT_EQ(0, run_argv(P, none));
	EXPECT_HIT(C | T | D, P, .args = "", .args_len = 1);
}

/* The directory that a name is relative to is renamed, or its last name gone. */
TEST_F(names, n01_relative_to_a_directory_that_moves)
{
	payload_at("/dev/shm/from/p");
	EXPECT_EQ(0, IN_CHILD(must(chdir("/dev/shm/from"), "from");
			      must(rename("/dev/shm/from", "/dev/shm/to"), "to");
			      become("./p", "./p")));
	EXPECT_HIT(C | T | D, "/dev/shm/to/p", .typed = "./p",
		   .typed_path = "/dev/shm/to/p");
}

static void *chdir_thread(void *stop)
{
	while (!__atomic_load_n((bool *)stop, __ATOMIC_ACQUIRE))
		must(chdir("/dev/shm") || chdir("/"), "chdir");
	return NULL;
}

/*
 * Another process shares the working directory and changes it all the time.
 * What the name was relative to cannot be known then; the file can.
 */
TEST_F(names, n02_a_shared_directory_that_changes)
{
	const struct shmexec_hdr *rec = NULL;
	bool stop = false;
	pthread_t thread;
	int ran = 0, hits = 0;

	pthread_create(&thread, NULL, chdir_thread, &stop);
	for (int i = 0; i < 300; i++) {
		pid_t pid = fork_with(CLONE_FS);

		if (!pid)
			become("dev/shm/p", "a");
		ran += !wait_for(pid);
	}
	__atomic_store_n(&stop, true, __ATOMIC_RELEASE);
	pthread_join(thread, NULL);

	EXPECT_LT(0, ran);
	while (read_batch(self->state.fd, self->state.batch))
		while ((rec = next(self->state.batch, rec))) {
			EXPECT_EQ(C | D, ((const struct shmexec_exec *)rec)->views & (C | D));
			hits++;
		}
	EXPECT_EQ(ran, hits);
}

TEST_HARNESS_MAIN
