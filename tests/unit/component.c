// SPDX-License-Identifier: GPL-2.0
/* Paths as they are typed, made absolute. */
#include "kselftest_harness.h"
#include "component.h"

/* What becomes of @path in @dir with @size bytes of room, on the heap. */
static const char *join(const char *dir, const char *path, size_t size, bool *cut)
{
	static char text[8192];
	size_t path_len = strlen(path);
	char *buf = malloc(size ? size : 1), *copy = malloc(path_len + 1);
	__u32 len = strlen(dir);

	*cut = false;
	memcpy(buf, dir, len);
	memcpy(copy, path, path_len);
	copy = realloc(copy, path_len ? path_len : 1);
	len = shmexec_path_join(buf, size, len, copy, path_len, cut);
	memcpy(text, buf, len);
	text[len] = '\0';
	free(buf);
	free(copy);
	return text;
}

TEST(joined)
{
	static const struct {
		const char *dir, *path, *want;	/* "": void */
	} row[] = {
		{ "", "/dev/shm/p", "/dev/shm/p" },
		{ "/dev/shm", "./p", "/dev/shm/p" },
		{ "/dev/shm", "p", "/dev/shm/p" },
		{ "/dev", "shm/p", "/dev/shm/p" },
		{ "", "dev/shm/p", "/dev/shm/p" },
		{ "", "//dev///shm/././p", "/dev/shm/p" },
		{ "", "/./dev/shm//p", "/dev/shm/p" },
		{ "/dev/shm", ".//././p", "/dev/shm/p" },
		{ "/dev/shm", "p/", "/dev/shm/p" },
		{ "/dev/shm", "p/.", "/dev/shm/p" },
		{ "/dev/shm", "..p", "/dev/shm/..p" },
		{ "/dev/shm", "...", "/dev/shm/..." },
		{ "/dev/shm", ".p./.", "/dev/shm/.p." },
		{ "/dev/shm", "../p", "" },	{ "/dev/shm", "p/..", "" },
		{ "", "/dev/../shm/p", "" },	{ "", "..", "" },
		{ "/dev/shm", "", "" },		{ "", "/", "" },
		{ "/dev/shm", ".", "" },	{ "", "///./", "" },
	};
	bool cut;

	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		EXPECT_STREQ(row[i].want, join(row[i].dir, row[i].path, 64, &cut))
			TH_LOG("'%s' in '%s'", row[i].path, row[i].dir);
		EXPECT_FALSE(cut);
	}
}

/* The head and the last component stay, and not a byte is written too far. */
TEST(room)
{
	static const struct {
		const char *dir, *path;
		size_t size;
		const char *want;
		bool cut;
	} row[] = {
		{ "/dev/shm", "p", 10, "/dev/shm/p", false },
		{ "/dev/shm", "p", 9, "/dev/p", true },
		{ "/dev/shm/x", "p", 10, "/dev/shm/p", true },
		{ "/dev/shmx", "p", 10, "/dev/p", true },
		{ "/dev/shm", "a/b/p", 14, "/dev/shm/a/b/p", false },
		{ "/dev/shm", "a/b/p", 13, "/dev/shm/a/p", true },
		{ "/dev/shm", "a/b/p", 12, "/dev/shm/a/p", true },
		{ "/dev/shm", "a/b/p", 11, "/dev/shm/p", true },
		{ "", "/aa/b/c", 7, "/aa/b/c", false },
		{ "", "/aa/b/c", 6, "/aa/c", true },
		{ "", "/abc", 4, "/abc", false },
		{ "", "/abc", 3, "", true },
		{ "", "/abc", 0, "", true },
		{ "/d", "abc", 4, "/abc", true },
	};
	bool cut;

	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		EXPECT_STREQ(row[i].want, join(row[i].dir, row[i].path,
					       row[i].size, &cut))
			TH_LOG("row %zu", i);
		EXPECT_EQ(row[i].cut, cut)
			TH_LOG("row %zu", i);
	}
}

TEST(plain)
{
	static const struct {
		const char *path;
		bool plain;
	} row[] = {
		{ "/dev/shm/p", true },	{ "/p", true },	{ "/...", true },
		{ "/.p", true },	{ "/..p", true },
		{ "", false },		{ "/", false },	{ "p", false },
		{ "./p", false },	{ "//p", false }, { "/p/", false },
		{ "/./p", false },	{ "/../p", false },
		{ "/p/.", false },	{ "/p/..", false },
		{ "/a//p", false },
	};

	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		EXPECT_EQ(row[i].plain,
			  shmexec_path_plain(row[i].path, strlen(row[i].path)))
			TH_LOG("'%s'", row[i].path);
	}
}

TEST_HARNESS_MAIN
