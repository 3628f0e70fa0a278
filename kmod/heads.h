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
 * @first: bit n of word m: a path whose second byte is 64 * m + n is worth a
 *	closer look
 * @nr: how many there are
 * @key: the second byte of each, folded
 * @head: patterns up to their first wildcard, and what directories really are
 *
 * A name may begin with one and not hit; one that begins with none cannot.
 */
struct shmexec_heads {
	bool ignore_case;
	bool any;
	u64 first[256 / 64];
	u32 nr;
	char key[2 * SHMEXEC_PATTERNS_MAX];
	struct shmexec_pattern head[2 * SHMEXEC_PATTERNS_MAX];
};

/**
 * shmexec_heads_first() - may a path begin with a head?
 * @heads: the heads
 * @c: what follows its first '/'
 *
 * Context: any.
 * Return: false if it begins with none, whatever follows
 */
static inline bool shmexec_heads_first(const struct shmexec_heads *heads, char c)
{
	unsigned char byte = c;

	return heads->first[byte / 64] >> byte % 64 & 1;
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
