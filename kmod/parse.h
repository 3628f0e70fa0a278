/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SHMEXEC_PARSE_H
#define _SHMEXEC_PARSE_H

#include <linux/types.h>
#include "rule.h"

/**
 * struct shmexec_complaint - what is wrong with a list
 * @why: the reason, a sentence
 * @start: where in the list the item is, in bytes
 * @len: of the item, in bytes
 * @at: which byte of the list is wrong, counted from 1
 */
struct shmexec_complaint {
	const char *why;
	u32 start;
	u32 len;
	u32 at;
};

#define SHMEXEC_NR_VIEWS	3

/* Name of the view that is bit i of SHMEXEC_VIEW_*. */
extern const char * const shmexec_view_name[SHMEXEC_NR_VIEWS];

int shmexec_parse_patterns(const char *list, u32 len,
			   struct shmexec_pattern *patterns,
			   struct shmexec_complaint *bad);
int shmexec_parse_views(const char *list, u32 len, u32 *views,
			struct shmexec_complaint *bad);
u32 shmexec_literal_directory(const struct shmexec_pattern *pattern);

#endif /* _SHMEXEC_PARSE_H */
