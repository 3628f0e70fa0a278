/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SHMEXEC_RULE_H
#define _SHMEXEC_RULE_H

#include <linux/types.h>
#include "uapi/shmexec.h"

/* Every name of a file. */
#define SHMEXEC_VIEWS_ALL	(SHMEXEC_VIEW_CANONICAL | SHMEXEC_VIEW_TYPED | \
				 SHMEXEC_VIEW_DIRECTORY)

/**
 * struct shmexec_pattern - one pattern of a rule
 * @text: bytes; '*' stands for any string, '?' for any byte
 * @len: of @text, in bytes
 */
struct shmexec_pattern {
	const char *text;
	u32 len;
};

/**
 * struct shmexec_rule - which execs are reported
 * @uid: the effective user id watched, as in the initial user namespace
 * @any_uid: every user is watched
 * @ignore_case: 'A' to 'Z' equal 'a' to 'z'
 * @views: SHMEXEC_VIEW_*, the names of a file that are judged
 * @include: names that hit
 * @nr_include: how many
 * @exclude: names that do not, though an include matches them
 * @nr_exclude: how many
 */
struct shmexec_rule {
	u32 uid;
	bool any_uid;
	bool ignore_case;
	u32 views;
	const struct shmexec_pattern *include;
	u32 nr_include;
	const struct shmexec_pattern *exclude;
	u32 nr_exclude;
};

static inline char shmexec_fold(char c)
{
	return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

static inline bool shmexec_same(char a, char b, bool ignore_case)
{
	return a == b || (ignore_case && shmexec_fold(a) == shmexec_fold(b));
}

const struct shmexec_pattern *
shmexec_rule_include(const struct shmexec_rule *rule, const char *name, u32 len);
const struct shmexec_pattern *
shmexec_rule_exclude(const struct shmexec_rule *rule, const char *name, u32 len);

#endif /* _SHMEXEC_RULE_H */
