// SPDX-License-Identifier: GPL-2.0
/* What users and groups are called, by files with odd lines. */
#include "kselftest_harness.h"
#include <stdlib.h>
#include "ids.h"

static struct ids users = { .file = "unit/passwd" };
static struct ids groups = { .file = "unit/group" };

TEST(names)
{
	static const struct {
		struct ids *ids;
		uint32_t id;
		const char *name;
	} row[] = {
		{ &users, 0, "root" },		{ &users, 1, "daemon" },
		{ &users, 1000, "alice" },	{ &users, 21000, "bob" },
		{ &users, 10000, "eve" },	{ &users, 100, NULL },
		{ &users, 1001, NULL },		{ &users, 1002, NULL },
		{ &users, 1003, NULL },		{ &users, 5, NULL },
		{ &users, UINT32_MAX, NULL },	{ &groups, 27, "sudo" },
		{ &groups, 50, "many" },	{ &groups, 51, NULL },
		{ &groups, 1001, "staff" },	{ &groups, 65534, "nogroup" },
	};

	/* Twice, as the first time is not like the second. */
	for (size_t i = 0; i < 2 * sizeof(row) / sizeof(*row); i++) {
		size_t k = i % (sizeof(row) / sizeof(*row));
		const char *name = ids_name(row[k].ids, row[k].id);

		EXPECT_STREQ(row[k].name ?: "none", name ?: "none")
			TH_LOG("%u", row[k].id);
	}
}

/* More than are kept, each again and again. */
TEST(more_than_are_kept)
{
	for (uint32_t i = 0; i < 100 * IDS_KEPT; i++) {
		uint32_t id = i % (2 * IDS_KEPT);
		const char *name = ids_name(&users, id);

		EXPECT_STREQ(id > 1 ? "none" : id ? "daemon" : "root",
			     name ?: "none");
	}
}

static void write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	fputs(text, f);
	fclose(f);
}

TEST(file_that_changes)
{
	char path[] = "/tmp/shmexec-ids-XXXXXX";
	struct ids ids = { .file = path };

	close(mkstemp(path));
	write_file(path, "one:x:7:\n");
	ids_refresh(&ids);
	EXPECT_STREQ("one", ids_name(&ids, 7));
	write_file(path, "three:x:7:\n");
	EXPECT_STREQ("one", ids_name(&ids, 7));
	ids_refresh(&ids);
	EXPECT_STREQ("three", ids_name(&ids, 7));
	unlink(path);
	ids_refresh(&ids);
	EXPECT_EQ(NULL, ids_name(&ids, 7));
}

TEST(no_file)
{
	struct ids none = {};

	ids_refresh(&none);
	EXPECT_EQ(NULL, ids_name(&none, 0));
}

TEST(name_that_is_too_long)
{
	char path[] = "/tmp/shmexec-ids-XXXXXX", line[128];
	struct ids ids = { .file = path };

	close(mkstemp(path));
	memset(line, 'n', IDS_NAME);
	strcpy(line + IDS_NAME, ":x:7:\n");
	write_file(path, line);
	EXPECT_EQ(NULL, ids_name(&ids, 7));
	write_file(path, line + 1);
	ids_refresh(&ids);
	EXPECT_EQ(IDS_NAME - 1, strlen(ids_name(&ids, 7)));
	unlink(path);
}

TEST_HARNESS_MAIN
