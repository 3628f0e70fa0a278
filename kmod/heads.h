/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SHMEXEC_HEADS_H
#define _SHMEXEC_HEADS_H

#include <linux/types.h>
#include "limits.h"
#include "rule.h"

/**
 * struct shmexec_heads - what every name that hits begins with
 * @ignore_case: 'A' to 'Z' equal 'a' to 'z'
 * @any: there is a pattern that begins with a wildcard: nothing can be told
 * @alive: bit n of [i][c]: head n, behind its '/', may have at i a byte whose
 *	last five bits are c; it may where it has ended
 * @nr: how many there are
 * @head: patterns up to their first wildcard, and what directories really are
 *
 * A name may begin with one and not hit; one that begins with none cannot.
 */
struct shmexec_heads {
	bool ignore_case;
	bool any;
	u64 alive[SHMEXEC_HEADS_DEPTH][32];
	u32 nr;
	struct shmexec_pattern head[2 * SHMEXEC_PATTERNS_MAX];
};

/* Context: any.  Returns which heads may have @c at @i. */
static inline u64 shmexec_heads_alive(const struct shmexec_heads *heads, u32 i,
				      char c)
{
	return heads->alive[i][c & 31];
}

/* Of what follows an odd component in a path nothing is known. */
static inline bool shmexec_heads_odd(char c)
{
	return c == '/' || c == '.';
}

void shmexec_heads_init(struct shmexec_heads *heads, bool ignore_case);
void shmexec_heads_add(struct shmexec_heads *heads, const char *text, u32 len);
bool shmexec_heads_path(const struct shmexec_heads *heads, const char *path);
bool shmexec_heads_components(const struct shmexec_heads *heads,
			      const char *first, const char *second);
bool shmexec_head_components(const struct shmexec_pattern *head,
			     bool ignore_case, const char *first,
			     const char *second);

#endif /* _SHMEXEC_HEADS_H */
