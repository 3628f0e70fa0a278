/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SHMEXEC_NAMES_H
#define _SHMEXEC_NAMES_H

#include <linux/binfmts.h>
#include "paths.h"
#include "roots.h"
#include "scratch.h"

void shmexec_name_canonical(struct shmexec_name *name,
			    const struct linux_binprm *bprm,
			    struct shmexec_scratch *scratch);
void shmexec_name_typed(struct shmexec_name *name,
			const struct linux_binprm *bprm,
			struct shmexec_scratch *scratch);
void shmexec_name_inside(struct shmexec_name *name,
			 const struct linux_binprm *bprm,
			 struct shmexec_scratch *scratch);

void shmexec_name_copy(struct shmexec_name *copy,
		       const struct shmexec_name *name,
		       struct shmexec_scratch *scratch);

bool shmexec_name_below(const struct shmexec_name *name,
			const struct shmexec_place *place);
void shmexec_name_spell(struct shmexec_name *spelled,
			const struct shmexec_name *name,
			const struct shmexec_place *place,
			const struct shmexec_root *root);
void shmexec_name_unspell(const struct shmexec_name *name,
			  const struct shmexec_place *place);

#endif /* _SHMEXEC_NAMES_H */
