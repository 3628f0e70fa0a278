// SPDX-License-Identifier: GPL-2.0
/* Lists of patterns and views: what is taken, and what is refused, and where. */
#include <errno.h>
#include "kselftest_harness.h"
#include "limits.h"
#include "parse.h"
#include "uapi/shmexec.h"

/* On exact-size heap copies, so that ASan sees a byte too far. */
static int parse(const char *list, size_t len, struct shmexec_pattern *patterns,
		 struct shmexec_complaint *bad)
{
	static char *copy;

	free(copy);
	copy = malloc(len ? len : 1);
	memcpy(copy, list, len);
	memset(bad, 0, sizeof(*bad));
	return shmexec_parse_patterns(copy, len, patterns, bad);
}

TEST(lists)
{
	static const struct {
		const char *list;
		int ret;
		__u32 start, len, at;
	} row[] = {
		{ "", 0 },
		{ "/a", 1 },		{ "/a,/b", 2 },
		{ "*", 1 },		{ "?", 1 },
		{ "*,?,/", -EINVAL, 4, 1, 5 },
		{ "/dev/shm/*,/run/shm/*,/var/run/*,/var/lock/*", 4 },
		{ ",", -EINVAL, 0, 0, 1 },
		{ "/a,", -EINVAL, 3, 0, 4 },
		{ ",/a", -EINVAL, 0, 0, 1 },
		{ "/a,,/b", -EINVAL, 3, 0, 4 },
		{ "a", -EINVAL, 0, 1, 1 },
		{ "/a,b", -EINVAL, 3, 1, 4 },
		{ "/a, /b", -EINVAL, 3, 3, 4 },
		{ "/", -EINVAL, 0, 1, 1 },
		{ "/a/", -EINVAL, 0, 3, 3 },
		{ "//a", -EINVAL, 0, 3, 1 },
		{ "/a//b", -EINVAL, 0, 5, 3 },
		{ "/.", -EINVAL, 0, 2, 1 },
		{ "/..", -EINVAL, 0, 3, 1 },
		{ "/...", 1 },		{ "/..a", 1 },	{ "/a..", 1 },
		{ "/.*", 1 },		{ "/..*", 1 },	{ "/.?", 1 },
		{ "/./a", -EINVAL, 0, 4, 1 },
		{ "/../a", -EINVAL, 0, 5, 1 },
		{ "/a/.,/b", -EINVAL, 0, 4, 3 },
		{ "/a/..,/b", -EINVAL, 0, 5, 3 },
		{ "*/", -EINVAL, 0, 2, 2 },
		{ "*/..", -EINVAL, 0, 4, 2 },
		{ "/a\x1f", -EINVAL, 0, 3, 3 },
		{ "/a ", 1 },		{ "/\x7f", -EINVAL, 0, 2, 2 },
		{ "/\x80\xff", 1 },
		{ "\x01", -EINVAL, 0, 1, 1 },
	};
	struct shmexec_pattern patterns[SHMEXEC_PATTERNS_MAX];
	struct shmexec_complaint bad;

	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		EXPECT_EQ(row[i].ret, parse(row[i].list, strlen(row[i].list),
					    patterns, &bad))
			TH_LOG("'%s'", row[i].list);
		EXPECT_EQ(row[i].start, bad.start)
			TH_LOG("'%s'", row[i].list);
		EXPECT_EQ(row[i].len, bad.len)
			TH_LOG("'%s'", row[i].list);
		EXPECT_EQ(row[i].at, bad.at)
			TH_LOG("'%s'", row[i].list);
		EXPECT_EQ(row[i].ret < 0, !!bad.why);
	}
	EXPECT_EQ(-EINVAL, parse("/a\0b", 4, patterns, &bad));
	EXPECT_EQ(3, bad.at);
	EXPECT_EQ(-EINVAL, parse("\0", 1, patterns, &bad));
}

TEST(patterns_of_a_list)
{
	struct shmexec_pattern patterns[SHMEXEC_PATTERNS_MAX];
	struct shmexec_complaint bad;

	ASSERT_EQ(3, parse("/a,/bc/*,?", 10, patterns, &bad));
	EXPECT_EQ(2, patterns[0].len);
	EXPECT_EQ(0, memcmp("/a", patterns[0].text, 2));
	EXPECT_EQ(5, patterns[1].len);
	EXPECT_EQ(0, memcmp("/bc/*", patterns[1].text, 5));
	EXPECT_EQ(1, patterns[2].len);
	EXPECT_EQ(0, memcmp("?", patterns[2].text, 1));
}

/* A list of @n patterns of @len bytes. */
static char *list_of(size_t n, size_t len)
{
	char *list = malloc(n * (len + 1) + 1);

	memset(list, 'x', n * (len + 1));
	for (size_t i = 0; i < n; i++) {
		list[i * (len + 1)] = '/';
		list[i * (len + 1) + len] = ',';
	}
	list[n * (len + 1) - 1] = '\0';
	return list;
}

TEST(limits)
{
	static const struct {
		size_t n, len;
		int ret;
		__u32 at;
	} row[] = {
		{ 1, 255, 1 },		{ 1, 256, -E2BIG, 256 },
		{ 2, 256, -E2BIG, 256 },
		{ 32, 2, 32 },		{ 33, 2, -E2BIG, 97 },
		{ 32, 63, 32 },		/* 2047 bytes */
		{ 32, 64, -E2BIG, 2048 },
		{ 8, 255, 8 },		/* 2047 bytes */
		{ 9, 255, -E2BIG, 2048 },
	};
	struct shmexec_pattern patterns[SHMEXEC_PATTERNS_MAX];
	struct shmexec_complaint bad;

	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		char *list = list_of(row[i].n, row[i].len);

		EXPECT_EQ(row[i].ret, parse(list, strlen(list), patterns, &bad))
			TH_LOG("%zu of %zu", row[i].n, row[i].len);
		EXPECT_EQ(row[i].at, bad.at)
			TH_LOG("%zu of %zu", row[i].n, row[i].len);
		EXPECT_LE(bad.start + bad.len, strlen(list));
		free(list);
	}
}

TEST(views)
{
	static const struct {
		const char *list;
		int ret;
		__u32 views, at;
	} row[] = {
		{ "canonical", 0, 1 },	{ "typed", 0, 2 },
		{ "directory", 0, 4 },	{ "directory,typed", 0, 6 },
		{ "canonical,typed,directory", 0, 7 },
		{ "typed,typed", 0, 2 },
		{ "", -EINVAL, 0, 1 },	{ "canonica", -EINVAL, 0, 1 },
		{ "canonicals", -EINVAL, 0, 1 },
		{ "Typed", -EINVAL, 0, 1 },
		{ "typed,", -EINVAL, 0, 7 },
		{ "typed, directory", -EINVAL, 0, 7 },
	};
	struct shmexec_complaint bad;
	__u32 views;

	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		bad.at = 0;
		EXPECT_EQ(row[i].ret,
			  shmexec_parse_views(row[i].list, strlen(row[i].list),
					      &views, &bad))
			TH_LOG("'%s'", row[i].list);
		if (!row[i].ret)
			EXPECT_EQ(row[i].views, views);
		EXPECT_EQ(row[i].at, bad.at)
			TH_LOG("'%s'", row[i].list);
	}
}

TEST(literal_directory)
{
	static const struct {
		const char *pattern;
		__u32 len;
	} row[] = {
		{ "/dev/shm/*", 8 },	{ "/dev/shm/x", 8 },
		{ "/dev/shm*", 4 },	{ "/dev/?hm/*", 4 },
		{ "/dev/shm/*/x/y", 8 }, { "/dev/shm/x?", 8 },
		{ "/x", 0 },		{ "/*", 0 },	{ "*", 0 },
		{ "?/dev/shm/*", 0 },	{ "/d*/shm/*", 0 },
	};

	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		struct shmexec_pattern pattern = {
			row[i].pattern, strlen(row[i].pattern),
		};

		EXPECT_EQ(row[i].len, shmexec_literal_directory(&pattern))
			TH_LOG("'%s'", row[i].pattern);
	}
}

TEST_HARNESS_MAIN
