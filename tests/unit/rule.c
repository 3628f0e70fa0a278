// SPDX-License-Identifier: GPL-2.0
/* The rule: pattern matching, and includes against excludes. */
#include "kselftest_harness.h"
#include "rule.h"

#define PATTERN(s)	{ .text = (s), .len = sizeof(s) - 1 }

/* The verdict on exact-size heap copies, so that ASan sees a byte too far. */
static const char *judge(const struct shmexec_rule *rule, const char *name,
			 size_t len)
{
	const struct shmexec_pattern *hit;
	char *copy = malloc(len ? len : 1);

	memcpy(copy, name, len);
	hit = shmexec_rule_include(rule, copy, len);
	if (hit && shmexec_rule_exclude(rule, copy, len))
		hit = NULL;
	free(copy);
	return hit ? hit->text : NULL;
}

static bool glob(const char *pattern, const char *name, bool ignore_case)
{
	char *copy = malloc(strlen(pattern) + 1);
	struct shmexec_pattern include = { copy, strlen(pattern) };
	struct shmexec_rule rule = {
		.ignore_case = ignore_case,
		.include = &include,
		.nr_include = 1,
	};
	bool hit;

	memcpy(copy, pattern, strlen(pattern) + 1);
	hit = judge(&rule, name, strlen(name));
	free(copy);
	return hit;
}

TEST(patterns)
{
	static const struct {
		const char *pattern, *name;
		bool hit;
	} row[] = {
		{ "", "", true },	{ "", "a", false },
		{ "a", "", false },	{ "a", "a", true },
		{ "a", "b", false },	{ "a", "aa", false },
		{ "aa", "a", false },	{ "*", "", true },
		{ "*", "/a/b", true },	{ "**", "", true },
		{ "?", "", false },	{ "?", "a", true },
		{ "?", "/", true },	{ "?", "aa", false },
		{ "*?", "", false },	{ "*?", "a", true },
		{ "?*", "a", true },	{ "a*", "a", true },
		{ "a*", "ba", false },	{ "*a", "ba", true },
		{ "*a", "ab", false },	{ "a*c", "abbc", true },
		{ "a*c", "abcb", false }, { "a*c", "ac", true },
		{ "a*c", "a", false },	{ "a*b*c", "a-b-b-c", true },
		{ "a*b*c", "a-c-b", false },
		{ "*ab", "aab", true },	{ "*aab", "aaab", true },
		{ "*a?b", "aaxb", true }, { "*a?b", "aab", true },
		{ "*a?b", "ab", false },
		{ "/dev/shm/*", "/dev/shm/x", true },
		{ "/dev/shm/*", "/dev/shm/", true },
		{ "/dev/shm/*", "/dev/shm", false },
		{ "/dev/shm/*", "/dev/shmx/x", false },
		{ "/dev/shm/*", "x/dev/shm/x", false },
		{ "[a]", "a", false },	{ "[a]", "[a]", true },
		{ "\\*", "*", false },	{ "\\*", "\\x", true },
	};

	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		EXPECT_EQ(row[i].hit, glob(row[i].pattern, row[i].name, false))
			TH_LOG("'%s' against '%s'", row[i].pattern, row[i].name);
	}
}

TEST(case_is_folded_for_ascii_letters_only)
{
	static const struct {
		const char *pattern, *name;
		bool folded, exact;
	} row[] = {
		{ "/dev/shm/*", "/DEV/Shm/p", true, false },
		{ "/DEV/SHM/*", "/dev/shm/p", true, false },
		{ "az", "AZ", true, false },
		{ "@[", "`{", false, false },	/* next to A, Z, a and z */
		{ "\xc3\xa4", "\xc3\x84", false, false },
		{ "a", "a", true, true },
	};

	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		EXPECT_EQ(row[i].folded, glob(row[i].pattern, row[i].name, true))
			TH_LOG("'%s' against '%s', folded", row[i].pattern, row[i].name);
		EXPECT_EQ(row[i].exact, glob(row[i].pattern, row[i].name, false))
			TH_LOG("'%s' against '%s', exact", row[i].pattern, row[i].name);
	}
}

TEST(names_are_bytes)
{
	static const struct shmexec_pattern include[] = { PATTERN("/dev/shm/*") };
	const struct shmexec_rule rule = { .include = include, .nr_include = 1 };

	EXPECT_NE(NULL, judge(&rule, "/dev/shm/a\0b", 12));
	EXPECT_NE(NULL, judge(&rule, "/dev/shm/\n\xff", 11));
	EXPECT_EQ(NULL, judge(&rule, "/dev\0/shm/", 10));
	EXPECT_EQ(NULL, judge(&rule, "/dev/shm/x", 8));
}

TEST(includes_against_excludes)
{
	static const struct shmexec_pattern include[] = {
		PATTERN("/dev/shm/*"), PATTERN("/var/run/*"), PATTERN("/var/*/x"),
	};
	static const struct shmexec_pattern exclude[] = {
		PATTERN("/var/run/docker/*"), PATTERN("/dev/shm/?"),
	};
	static const struct shmexec_rule rule = {
		.ignore_case = true,
		.include = include, .nr_include = 3,
		.exclude = exclude, .nr_exclude = 2,
	};
	static const struct {
		const char *name, *pattern;
	} row[] = {
		{ "/dev/shm/kdmtmpflush", "/dev/shm/*" },
		{ "/dev/SHM/pp", "/dev/shm/*" },
		{ "/dev/shm/p", NULL },
		{ "/var/run/x", "/var/run/*" },		/* the first of two */
		{ "/var/lock/x", "/var/*/x" },
		{ "/var/run/docker", "/var/run/*" },
		{ "/var/run/dockerx/p", "/var/run/*" },
		{ "/var/run/docker/p", NULL },
		{ "/var/run/DOCKER/p", NULL },
		{ "/run/p", NULL },
		{ "/usr/dev/shm/pp", NULL },
		{ "/memfd:/dev/shm/p (deleted)", NULL },
		{ "", NULL },
	};

	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		const char *hit = judge(&rule, row[i].name, strlen(row[i].name));

		EXPECT_STREQ(row[i].pattern ?: "none", hit ?: "none")
			TH_LOG("'%s'", row[i].name);
	}
}

/* The steps are bounded by pattern times name: minutes would go by else. */
TEST(many_stars_against_a_long_name)
{
	char pattern[41] = "", *name = malloc(4097);

	for (int i = 0; i < 20; i++)
		strcat(pattern, "*a");
	memset(name, 'a', 4096);
	name[4096] = '\0';
	EXPECT_TRUE(glob(pattern, name, true));
	name[4095] = 'b';
	EXPECT_FALSE(glob(pattern, name, true));
	free(name);
}

TEST_HARNESS_MAIN
