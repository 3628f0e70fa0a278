// SPDX-License-Identifier: GPL-2.0
/* The rule: pure, so that the host's tests build this file as it is. */
#include "rule.h"

#define PATTERN(s)	{ .text = (s), .len = sizeof(s) - 1 }
#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))

static const struct shmexec_pattern default_include[] = {
	PATTERN("/dev/shm/*"),
	PATTERN("/run/shm/*"),
	PATTERN("/var/run/*"),
	PATTERN("/var/lock/*"),
};

static const struct shmexec_pattern default_exclude[] = {
	PATTERN("/var/run/docker/*"),
	PATTERN("/var/run/utsns/*"),
	PATTERN("/var/run/s6/*"),
	PATTERN("/var/run/cloudera-scm-agent/*"),
};

/*
 * "Binary Executed from Shared Memory Directory" of the Elastic detection
 * rules, query of 2023-08-25.
 */
const struct shmexec_rule shmexec_rule_default = {
	.uid = 0,
	.ignore_case = true,
	.include = default_include,
	.nr_include = COUNT(default_include),
	.exclude = default_exclude,
	.nr_exclude = COUNT(default_exclude),
};

static char fold(char c, bool ignore_case)
{
	return ignore_case && c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

/*
 * Anchored at both ends.  A mismatch goes back to the last '*' only, and lets
 * it take one byte more: what an earlier one took needs no second thought, as
 * the last can take whatever follows.  So at most pattern->len * len steps,
 * and about len of them for one '*'.
 */
static bool match(const struct shmexec_pattern *pattern, const char *name,
		  u32 len, bool ignore_case)
{
	u32 p = 0, n = 0, star = 0, taken = 0;
	bool starred = false;

	while (n < len) {
		if (p < pattern->len && pattern->text[p] == '*') {
			starred = true;
			star = ++p;
			taken = n;
		} else if (p < pattern->len &&
			   (pattern->text[p] == '?' ||
			    fold(pattern->text[p], ignore_case) ==
			    fold(name[n], ignore_case))) {
			p++;
			n++;
		} else if (starred) {
			p = star;
			n = ++taken;
		} else {
			return false;
		}
	}
	while (p < pattern->len && pattern->text[p] == '*')
		p++;
	return p == pattern->len;
}

static const struct shmexec_pattern *
match_any(const struct shmexec_pattern *patterns, u32 nr, const char *name,
	  u32 len, bool ignore_case)
{
	u32 i;

	for (i = 0; i < nr; i++)
		if (match(&patterns[i], name, len, ignore_case))
			return &patterns[i];
	return NULL;
}

/**
 * shmexec_rule_match() - judge one name of an executed file
 * @rule: the rule
 * @name: bytes, no NUL needed
 * @len: of @name, in bytes
 *
 * At most (bytes of all patterns) * @len steps.
 *
 * Context: any.
 * Return: the include pattern that matches, NULL if none does or an exclude
 *	matches too.  It belongs to @rule.
 */
const struct shmexec_pattern *
shmexec_rule_match(const struct shmexec_rule *rule, const char *name, u32 len)
{
	const struct shmexec_pattern *hit;

	hit = match_any(rule->include, rule->nr_include, name, len,
			rule->ignore_case);
	if (hit && match_any(rule->exclude, rule->nr_exclude, name, len,
			     rule->ignore_case))
		return NULL;
	return hit;
}
