/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SHMEXEC_VIEWS_H
#define _SHMEXEC_VIEWS_H

#include <linux/binfmts.h>
#include "names.h"
#include "policy.h"
#include "scratch.h"

/**
 * struct shmexec_verdict - what the rule says of an exec
 * @views: SHMEXEC_VIEW_*, those by which it hit
 * @pattern: the include pattern of the first of them, which belongs to the rule
 * @excluded: a name would have hit, but for an exclude pattern
 * @unknown: a name that is judged cannot be known, and may be any
 * @looked: SHMEXEC_VIEW_*, the names that have been looked at
 * @canonical: names of the file, in the scratch memory
 * @typed: likewise
 * @directory: likewise
 */
struct shmexec_verdict {
	u32 views;
	const struct shmexec_pattern *pattern;
	bool excluded;
	bool unknown;
	u32 looked;
	struct shmexec_name canonical;
	struct shmexec_name typed;
	struct shmexec_name directory;
};

void shmexec_views_judge(struct shmexec_verdict *verdict,
			 const struct shmexec_policy *policy,
			 const struct linux_binprm *bprm, u32 views,
			 struct shmexec_scratch *scratch);
void shmexec_views_complete(struct shmexec_verdict *verdict,
			    const struct shmexec_policy *policy,
			    const struct linux_binprm *bprm,
			    struct shmexec_scratch *scratch);

#endif /* _SHMEXEC_VIEWS_H */
