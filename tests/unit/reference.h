/* SPDX-License-Identifier: GPL-2.0 */
/* Another way to match: slow, and too simple to be wrong. */
#ifndef _REFERENCE_H
#define _REFERENCE_H

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>

static inline bool reference_same(char a, char b, bool fold)
{
	return fold ? tolower((unsigned char)a) == tolower((unsigned char)b) :
		      a == b;
}

/* hit[i]: the pattern so far matches the first i bytes of the name. */
static inline bool reference_match(const char *pattern, size_t pattern_len,
				   const char *name, size_t len, bool fold)
{
	bool *hit = calloc(len + 1, sizeof(*hit)), was, before, ret;

	hit[0] = true;
	for (size_t p = 0; p < pattern_len; p++) {
		before = hit[0];
		hit[0] = before && pattern[p] == '*';
		for (size_t i = 1; i <= len; i++) {
			was = hit[i];
			if (pattern[p] == '*')
				hit[i] = was || hit[i - 1];
			else
				hit[i] = before && (pattern[p] == '?' ||
					 reference_same(pattern[p], name[i - 1], fold));
			before = was;
		}
	}
	ret = hit[len];
	free(hit);
	return ret;
}

#endif
