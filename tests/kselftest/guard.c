// SPDX-License-Identifier: GPL-2.0
/* What docs/security.md promises and no other test holds. */
#include "params.h"

static const char * const parameter[] = {
	"include", "exclude", "uid", "views", "ignore_case", "lock", "ring_kb",
};

static int try_parameter(const char *name, int flags)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), PARAMETERS "%s", name);
	fd = open(path, flags | O_CLOEXEC);
	if (fd < 0)
		return errno;
	close(fd);
	return 0;
}

static void become_nobody(void)
{
	must(setgid(NOBODY) || setuid(NOBODY), "setuid");
}

TEST(parameters_belong_to_root_alone)
{
	for (size_t i = 0; i < sizeof(parameter) / sizeof(*parameter); i++) {
		const char *name = parameter[i];

		EXPECT_EQ(0, try_parameter(name, O_RDONLY));
		EXPECT_EQ(EACCES, WEXITSTATUS(IN_CHILD(become_nobody();
			_exit(try_parameter(name, O_RDONLY)))));
		EXPECT_EQ(EACCES, WEXITSTATUS(IN_CHILD(become_nobody();
			_exit(try_parameter(name, O_WRONLY)))));
	}
}

/* A user's flood of hits, which docs/security.md tells of. */
TEST(a_link_to_a_program_of_roots_is_a_hit)
{
	const char *link = "/dev/shm/to-su", *target = "/tmp/su";
	struct batch *batch = malloc(sizeof(*batch));
	const struct shmexec_exec *exec;
	int fd = open_reader();

	copy_file(PAYLOAD, target, 0755);
	ASSERT_EQ(0, chmod(target, 04755));
	unlink(link);
	ASSERT_EQ(0, symlink(target, link));
	drain(fd);
	EXPECT_EQ(0, IN_CHILD(become_nobody(); become(link, link)));
	ASSERT_EQ(1, read_batch(fd, batch));
	exec = (const void *)next(batch, NULL);
	EXPECT_EQ(SHMEXEC_VIEW_TYPED, exec->views);
	EXPECT_EQ(NOBODY, exec->uid);
	EXPECT_EQ(0, exec->euid);
	EXPECT_TRUE(exec->flags & SHMEXEC_F_SECUREEXEC);
	unlink(link);
	unlink(target);
	close(fd);
}

TEST_HARNESS_MAIN
