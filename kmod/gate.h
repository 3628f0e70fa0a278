/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SHMEXEC_GATE_H
#define _SHMEXEC_GATE_H

#include <linux/binfmts.h>
#include "policy.h"

u32 shmexec_gate_views(const struct shmexec_policy *policy,
		       const struct linux_binprm *bprm);

#endif /* _SHMEXEC_GATE_H */
