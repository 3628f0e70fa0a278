// SPDX-License-Identifier: GPL-2.0
/* Excludes, from every side: cases 31 to 33. */
#include "case.h"

CASES(excludes)

TEST_F(excludes, c31_excluded)
{
	static const char * const path[] = {
		"/run/docker/p", "/run/s6/x/run", "/run/utsns/p",
		"/run/cloudera-scm-agent/p", "/run/DOCKER/p",
	};
	char var[64];

	for (size_t i = 0; i < sizeof(path) / sizeof(*path); i++) {
		payload_at(path[i]);
		EXPECT_EQ(0, run(path[i]));
		snprintf(var, sizeof(var), "/var%s", path[i]);
		EXPECT_EQ(0, run(var));
	}
	EXPECT_EQ(0, run_in("/run/docker", "./p"));
	EXPECT_EQ(0, run_in("/run", "docker/p"));
	EXPECT_EQ(0, IN_CHILD(own_mounts(); bind_mount("/run/docker", "/mnt/a");
			      become("/mnt/a/p", "a")));
	EXPECT_NO_HIT();
}

TEST_F(excludes, c32_near_misses)
{
	static const char * const path[] = {
		"/run/dockerx/p", "/run/s6-rc/p", "/run/cloudera/p",
		"/run/x/docker/p", "/run/utsns.d/p",
	};
	char var[64];

	for (size_t i = 0; i < sizeof(path) / sizeof(*path); i++) {
		payload_at(path[i]);
		snprintf(var, sizeof(var), "/var%s", path[i]);
		EXPECT_EQ(0, run(var));
		EXPECT_HIT(T | D, var, .canonical = path[i],
			   .pattern = "/var/run/*");
	}
	must(IN_CHILD(execl("/bin/busybox", "rm", "-rf", "/run/docker", NULL)), "rm");
	copy_file(PAYLOAD, "/run/docker", 0755);
	EXPECT_EQ(0, run("/var/run/docker"));
	EXPECT_HIT(T | D, "/var/run/docker", .canonical = "/run/docker",
		   .pattern = "/var/run/*");
	unlink("/run/docker");
}

/*
 * What is excluded does not take the memory from a name that is not: the names of an
 * exec share 8 KiB.
 */
TEST_F(excludes, n65_long_and_excluded)
{
	static const char shebang[] = "#!/run/link\n";
	static const int depth[] = { 1, 60, 100, 130, 160, 200, 230 };
	char path[PATH_MAX], *p;

	write_file("/run/s.sh", shebang, 0755);
	for (size_t i = 0; i < sizeof(depth) / sizeof(*depth); i++) {
		p = stpcpy(path, "/run/docker");
		for (int n = 0; n < depth[i]; n++)
			p = stpcpy(p, "/of-sixteen-byte");
		strcpy(p, "/p");
		payload_at(path);
		unlink("/run/link");
		ASSERT_EQ(0, symlink(path, "/run/link"));
		EXPECT_EQ(0, run("/run/link"));
		EXPECT_HIT(D, "/var/run/link", .canonical = path,
			   .typed = "/run/link", .pattern = "/var/run/*");
		EXPECT_EQ(0, run("/run/s.sh"));
		EXPECT_HIT(D, "/var/run/s.sh", .canonical = path,
			   .typed = "/run/s.sh", .interp = "/run/link",
			   .flags = SHMEXEC_F_SCRIPT, .pattern = "/var/run/*",
			   .args = "/run/link\0/run/s.sh", .args_len = 20,
			   .args_count = 2);
		EXPECT_EQ(0, run(path));
		EXPECT_NO_HIT();
	}
}

TEST_F(excludes, c33_made_after_the_rule)
{
	must(IN_CHILD(execl("/bin/busybox", "rm", "-rf", "/run/docker", NULL)), "rm");
	resolve(self->state.fd);
	payload_at("/run/docker/p");
	EXPECT_EQ(0, run("/run/docker/p"));
	EXPECT_EQ(0, run("/var/run/docker/p"));
	EXPECT_NO_HIT();
}

/* Excluded is a name, not the file: another of its names may hit. */
TEST_F(excludes, n14_excluded_by_one_name_only)
{
	payload_at("/run/docker/p");
	payload_at("/run/p");
	unlink("/run/docker/link");
	ASSERT_EQ(0, symlink(P, "/run/docker/link"));
	EXPECT_EQ(0, run("/var/run/docker/link"));
	EXPECT_HIT(C | D, P, .typed = "/var/run/docker/link");
	EXPECT_EQ(0, run("/var/run/docker/../p"));
	EXPECT_HIT(D, "/var/run/p", .canonical = "/run/p",
		   .typed = "/var/run/docker/../p", .typed_path = UNKNOWN,
		   .pattern = "/var/run/*");

	EXPECT_EQ(0, IN_CHILD(own_mounts(); bind_mount("/dev/shm", "/run/docker");
			      become("/var/run/docker/p", "/var/run/docker/p")));
	EXPECT_HIT(D, P, .canonical = "/run/docker/p",
		   .typed = "/var/run/docker/p");
	unlink("/dev/shm/in");
	ASSERT_EQ(0, symlink("/run/docker/p", "/dev/shm/in"));
	EXPECT_EQ(0, run("/dev/shm/in"));
	EXPECT_HIT(T, "/dev/shm/in", .canonical = "/run/docker/p",
		   .directory = "/var/run/docker/p");
}

/* No name that an attacker can choose leaves out where the file really lies. */
TEST_F(excludes, n22_links_in_an_excluded_directory)
{
	payload_at("/run/docker/p");
	payload_at("/run/evil/p");
	unlink("/run/docker/link");
	ASSERT_EQ(0, symlink("/run/evil/p", "/run/docker/link"));
	EXPECT_EQ(0, run("/run/docker/link"));
	EXPECT_HIT(D, "/var/run/evil/p", .canonical = "/run/evil/p",
		   .typed = "/run/docker/link", .pattern = "/var/run/*");
	EXPECT_EQ(0, run("/var/run/docker/link"));
	EXPECT_HIT(D, "/var/run/evil/p", .canonical = "/run/evil/p",
		   .typed = "/var/run/docker/link", .pattern = "/var/run/*");
	/* And the other way round: what was typed is a name of its own. */
	unlink("/run/out");
	ASSERT_EQ(0, symlink("/run/docker/p", "/run/out"));
	EXPECT_EQ(0, run("/run/out"));
	EXPECT_HIT(D, "/var/run/out", .canonical = "/run/docker/p",
		   .typed = "/run/out", .pattern = "/var/run/*");
}

TEST_HARNESS_MAIN
