// SPDX-License-Identifier: GPL-2.0
/* The presets for /etc/modprobe.d: each loads, and means what it says. */
#include "params.h"

FIXTURE(presets) { struct case_state state; };

FIXTURE_SETUP(presets)
{
	ASSERT_EQ(0, unload());
}

FIXTURE_TEARDOWN(presets)
{
	case_end(&self->state);
	if (unload() || load(""))
		fatal(MODULE);
}

/* As modprobe has it: the lines that begin with "options shmexec ". */
static void load_preset(struct case_state *state, const char *name)
{
	static const char begin[] = "options shmexec ";
	char path[64], line[4096], params[4096] = "";
	FILE *file;

	snprintf(path, sizeof(path), "/files/%s", name);
	file = fopen(path, "r");
	must(!file, path);
	while (fgets(line, sizeof(line), file)) {
		if (strncmp(line, begin, strlen(begin)))
			continue;
		strcat(params, line + strlen(begin));
		params[strlen(params) - 1] = ' ';
	}
	fclose(file);
	errno = load(params);
	must(errno, params);
	case_begin(state);
}

struct row {
	const char *path;
	bool hit;
};

static void judge(struct __test_metadata *_metadata, struct case_state *state,
		  const struct row *row, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		EXPECT_EQ(0, run(payload_at(row[i].path)));
		EXPECT_EQ(row[i].hit, read_batch(state->fd, state->batch))
			TH_LOG("%s", row[i].path);
	}
}

#define JUDGE(...) do {							\
	static const struct row rows_[] = { __VA_ARGS__ };		\
	judge(_metadata, &self->state, rows_, sizeof(rows_) / sizeof(*rows_)); \
} while (0)

/* The default, said in full. */
TEST_F(presets, query_of_2023_08)
{
	load_preset(&self->state, "shmexec-2023-08.conf");
	EXPECT_STREQ(INCLUDE "\n", get_param("include"));
	EXPECT_STREQ(EXCLUDE "\n", get_param("exclude"));
	EXPECT_STREQ("Y\n", get_param("ignore_case"));
	EXPECT_STREQ("0\n", get_param("uid"));
	EXPECT_STREQ(VIEWS "\n", get_param("views"));
	EXPECT_STREQ("256\n", get_param("ring_kb"));
	EXPECT_STREQ("N\n", get_param("lock"));
	JUDGE({ "/dev/shm/p", true }, { "/dev/SHM/p", true },
	      { "/run/argo/argoexec", true }, { "/run/wrappers/sudo", true },
	      { "/dev/shm/a.b/sandfly", true }, { "/run/docker/p", false });
}

TEST_F(presets, query_of_2026_01)
{
	load_preset(&self->state, "shmexec-2026-01.conf");
	JUDGE({ "/dev/shm/p", true }, { "/dev/SHM/p", false },
	      { "/run/argo/argoexec", false }, { "/run/argo/argoexec2", true },
	      { "/run/argo/x/argoexec", true }, { "/run/Argo/argoexec", true },
	      { "/dev/shm/a.b/sandfly", false }, { "/dev/shm/ab/sandfly", true },
	      { "/dev/shm/sandfly", true }, { "/run/wrappers/sudo", true },
	      { "/run/docker/p", false });
}

TEST_F(presets, containers)
{
	load_preset(&self->state, "shmexec-containers.conf");
	JUDGE({ "/dev/shm/p", true }, { "/run/argo/argoexec", false },
	      { "/dev/shm/a.b/sandfly", true }, { "/run/s6/p", false },
	      { "/run/wrappers/sudo", false }, { "/run/wrappers.d/sudo", true });
	EXPECT_STREQ("1024\n", get_param("ring_kb"));
}

TEST_HARNESS_MAIN
