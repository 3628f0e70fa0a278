/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SHMEXEC_SCRATCH_H
#define _SHMEXEC_SCRATCH_H

#include <linux/types.h>

/**
 * struct shmexec_scratch - memory for one exec in the probe
 * @path: for the names of the file
 * @path_size: of @path, in bytes
 * @args: for the arguments
 * @args_size: of @args, in bytes
 * @busy: bit 0: somebody has it
 */
struct shmexec_scratch {
	char *path;
	u32 path_size;
	char *args;
	u32 args_size;
	unsigned long busy;
};

int shmexec_scratch_init(void);
void shmexec_scratch_destroy(void);

struct shmexec_scratch *shmexec_scratch_claim(void);
void shmexec_scratch_release(struct shmexec_scratch *scratch);

#endif /* _SHMEXEC_SCRATCH_H */
