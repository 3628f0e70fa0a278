// SPDX-License-Identifier: GPL-2.0
/* The rule: pure, so that the host's tests build this file as it is. */
#include "rule.h"

/* How many bytes at the start are the same, and stand for nothing else. */
static inline u32 same_bytes(const struct shmexec_pattern *pattern,
			     const char *name, u32 len)
{
	u32 n = 0, end = pattern->len < len ? pattern->len : len;

	while (n < end && pattern->text[n] == name[n] && name[n] != '*')
		n++;
	return n;
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
	u32 n = same_bytes(pattern, name, len), p = n, star = 0, taken = 0;
	bool starred = false;

	while (n < len) {
		if (p < pattern->len && pattern->text[p] == '*') {
			starred = true;
			star = ++p;
			taken = n;
			if (p == pattern->len)
				return true;
		} else if (p < pattern->len &&
			   (pattern->text[p] == '?' ||
			    shmexec_same(pattern->text[p], name[n], ignore_case))) {
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
 * shmexec_rule_include() - does the rule name this file?
 * @rule: the rule
 * @name: one name of the file, bytes, no NUL needed
 * @len: of @name, in bytes
 *
 * At most (bytes of all include patterns) * @len steps, about (number of
 * patterns) * (bytes up to the first difference) where each has one '*'.
 *
 * Context: any.
 * Return: the first include pattern that matches, NULL if none does.  It
 *	belongs to @rule.
 */
const struct shmexec_pattern *
shmexec_rule_include(const struct shmexec_rule *rule, const char *name, u32 len)
{
	return match_any(rule->include, rule->nr_include, name, len,
			 rule->ignore_case);
}

/**
 * shmexec_rule_exclude() - does the rule leave this file out?
 * @rule: the rule
 * @name: a name that an include pattern matches
 * @len: of @name, in bytes
 *
 * As shmexec_rule_include(), with the exclude patterns.
 */
const struct shmexec_pattern *
shmexec_rule_exclude(const struct shmexec_rule *rule, const char *name, u32 len)
{
	return match_any(rule->exclude, rule->nr_exclude, name, len,
			 rule->ignore_case);
}
