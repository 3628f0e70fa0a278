/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SHMEXEC_ROOTS_H
#define _SHMEXEC_ROOTS_H

#include <linux/types.h>
#include "rule.h"

/**
 * struct shmexec_place - where a directory is
 * @path: without a '/' at the end, so "" is the root; owned, NULL: not known
 * @len: of @path, in bytes
 */
struct shmexec_place {
	char *path;
	u32 len;
};

/**
 * struct shmexec_root - a directory that the rule names
 * @spelling: how it does: the start of a pattern, which belongs to the rule
 * @spelling_len: of @spelling, in bytes
 * @dev: device of the filesystem that it is on, 0: not known
 * @inside: its path inside that filesystem
 * @real: its path without symlinks; not known where that is @spelling
 *
 * It is told by its place, so that no mount and no inode is held by it.
 */
struct shmexec_root {
	const char *spelling;
	u32 spelling_len;
	dev_t dev;
	struct shmexec_place inside;
	struct shmexec_place real;
};

int shmexec_roots_resolve(const struct shmexec_rule *rule,
			  struct shmexec_root *roots, u32 *nr);
void shmexec_roots_free(struct shmexec_root *roots, u32 nr);

#endif /* _SHMEXEC_ROOTS_H */
