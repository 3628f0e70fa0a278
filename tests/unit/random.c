// SPDX-License-Identifier: GPL-2.0
/*
 * A million random inputs each, against references that go about it another
 * way: the matcher against a table of all prefixes, the parser and the joining
 * of paths against the C library's string functions.
 */
#include <errno.h>
#include "kselftest_harness.h"
#include "component.h"
#include "heads.h"
#include "limits.h"
#include "parse.h"
#include "reference.h"
#include "rule.h"

enum { TRIES = 1000000, LONGEST = 24 };

static uint64_t state;

/* xorshift64*: the same everywhere, so that a seed can be given again. */
static uint32_t next_random(uint32_t below)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return (state * 0x2545f4914f6cdd1dULL >> 32) % below;
}

static void seed(void)
{
	const char *given = getenv("SEED");

	state = given ? strtoull(given, NULL, 0) : 0x5eed5eed5eed5eed;
	printf("# SEED=%#llx\n", (unsigned long long)state);
}

/* Few different bytes, so that they match now and then. */
static size_t random_text(char *text, const char *bytes, size_t longest)
{
	size_t len = next_random(longest + 1);

	for (size_t i = 0; i < len; i++)
		text[i] = bytes[next_random(strlen(bytes))];
	text[len] = '\0';
	return len;
}

TEST(patterns_against_names)
{
	char pattern[LONGEST + 1], name[LONGEST + 1];
	int hits = 0;

	seed();
	for (int i = 0; i < TRIES; i++) {
		struct shmexec_pattern include = { pattern };
		struct shmexec_rule rule = {
			.ignore_case = i & 1, .include = &include, .nr_include = 1,
		};
		size_t len;
		bool hit;

		include.len = random_text(pattern, "aAb/**?", 12);
		len = random_text(name, "aabBA/", LONGEST);
		hit = shmexec_rule_include(&rule, name, len);
		ASSERT_EQ(reference_match(pattern, include.len, name, len, rule.ignore_case), hit)
			TH_LOG("'%s' against '%s', %s", pattern, name,
			       i & 1 ? "folded" : "exact");
		hits += hit;
	}
	/* Not all of one kind. */
	EXPECT_LT(TRIES / 100, hits);
	EXPECT_GT(TRIES / 2, hits);
}

/* The components of @path, which is plain; the second may be missing. */
static const char *components(char *path, const char **second)
{
	char *slash = strchr(path + 1, '/');

	*second = NULL;
	if (slash) {
		*slash = '\0';
		*second = slash + 1;
		slash = strchr(slash + 1, '/');
		if (slash)
			*slash = '\0';
	}
	return path + 1;
}

/* What a pattern matches begins with its head, whoever is asked. */
TEST(heads)
{
	char pattern[LONGEST + 1], path[LONGEST + 1], plain[LONGEST + 1];
	int hits = 0, shut = 0;

	seed();
	for (int i = 0; i < TRIES; i++) {
		struct shmexec_pattern include = { pattern };
		struct shmexec_rule rule = {
			.ignore_case = i & 1, .include = &include, .nr_include = 1,
		};
		static struct shmexec_heads heads;
		const char *first, *second;
		bool cut = false, by_path, by_components;
		size_t len;

		pattern[0] = '/';
		include.len = 1 + random_text(pattern + 1, "aAb/**?", 10);
		path[0] = '/';
		len = 1 + random_text(path + 1, "aabB/.", LONGEST - 1);
		len = shmexec_path_join(plain, LONGEST, 0, path, len, &cut);
		if (!len || cut)
			continue;
		plain[len] = '\0';

		shmexec_heads_init(&heads, rule.ignore_case);
		shmexec_heads_add(&heads, pattern, include.len);
		by_path = shmexec_heads_path(&heads, path);
		if (shmexec_rule_include(&rule, plain, len)) {
			hits++;
			ASSERT_TRUE(by_path)
				TH_LOG("'%s' against '%s'", pattern, path);
		}
		cut = shmexec_rule_include(&rule, plain, len);
		first = components(plain, &second);
		by_components = shmexec_heads_components(&heads, first, second);
		if (cut)
			ASSERT_TRUE(by_components)
				TH_LOG("'%s' against '%s'", pattern, path);
		shut += !by_path && !by_components;
	}
	EXPECT_LT(TRIES / 200, hits);
	EXPECT_LT(TRIES / 10, shut);
}

static bool ends_with(const char *text, const char *end)
{
	size_t len = strlen(text), end_len = strlen(end);

	return len >= end_len && !strcmp(text + len - end_len, end);
}

static bool reference_pattern(const char *item)
{
	return *item && strspn(item, "/*?") && !strstr(item, "//") &&
	       !strstr(item, "/./") && !strstr(item, "/../") &&
	       !ends_with(item, "/") && !ends_with(item, "/.") &&
	       !ends_with(item, "/..") && !strchr(item, '\n');
}

/* How many patterns there are, -EINVAL if one is none. */
static int reference_parse(const char *list)
{
	char copy[LONGEST + 1], *rest = copy, *item;
	int nr = 0;

	if (!*list)
		return 0;
	strcpy(copy, list);
	while ((item = strsep(&rest, ","))) {
		if (!reference_pattern(item))
			return -EINVAL;
		nr++;
	}
	return nr;
}

TEST(lists)
{
	struct shmexec_pattern patterns[SHMEXEC_PATTERNS_MAX];
	struct shmexec_complaint bad;
	char list[LONGEST + 1];
	int good = 0;

	seed();
	for (int i = 0; i < TRIES; i++) {
		size_t len = random_text(list, "/a/b.*?,a*\n" + i % 3, LONGEST / (1 + i % 4));
		int ret = shmexec_parse_patterns(list, len, patterns, &bad);

		ASSERT_EQ(reference_parse(list), ret)
			TH_LOG("'%s'", list);
		good += ret > 0;
		if (ret < 0) {
			ASSERT_LE(bad.start + bad.len, len);
			ASSERT_LT(bad.start, bad.at);
			ASSERT_LE(bad.at, bad.start + bad.len + 1);
		}
	}
	EXPECT_LT(TRIES / 200, good);
	EXPECT_GT(TRIES / 2, good);
}

/* The result, "" if it is void. */
static void reference_join(char *out, const char *dir, const char *path)
{
	char copy[LONGEST + 1], *rest = copy, *component;
	size_t named = 0;

	strcpy(copy, path);
	strcpy(out, dir);
	while ((component = strsep(&rest, "/"))) {
		if (!strcmp(component, "..")) {
			*out = '\0';
			return;
		}
		if (!*component || !strcmp(component, "."))
			continue;
		named++;
		strcat(strcat(out, "/"), component);
	}
	if (!named)
		*out = '\0';
}

TEST(paths)
{
	char path[LONGEST + 1], want[2 * LONGEST], buf[2 * LONGEST];
	int named = 0;

	seed();
	for (int i = 0; i < TRIES; i++) {
		size_t len = random_text(path, "/a./b" + i % 2, LONGEST / (1 + i % 3));
		const char *dir = i % 5 ? "" : "/dir";
		bool cut = false, plain;
		size_t joined;

		strcpy(buf, dir);
		reference_join(want, dir, path);
		joined = shmexec_path_join(buf, sizeof(buf), strlen(dir), path,
					   len, &cut);
		ASSERT_FALSE(cut);
		ASSERT_EQ(strlen(want), joined)
			TH_LOG("'%s' in '%s'", path, dir);
		ASSERT_EQ(0, memcmp(want, buf, joined))
			TH_LOG("'%s' in '%s'", path, dir);
		/* What is plain is what joining leaves as it is. */
		plain = len && *path == '/' && !*dir && !strcmp(path, want);
		if (!*dir)
			ASSERT_EQ(plain, shmexec_path_plain(path, len))
				TH_LOG("'%s'", path);
		named += !!joined;
	}
	EXPECT_LT(TRIES / 100, named);
}

TEST_HARNESS_MAIN
