/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SHMEXEC_SCRATCH_H
#define _SHMEXEC_SCRATCH_H

#include <linux/types.h>

/**
 * struct shmexec_scratch - memory for one exec in the probe
 * @memory: bytes
 * @size: of @memory, in bytes
 * @left: how many from the start are free: names are taken from the end, as
 *	that is where the kernel writes a path in a buffer
 * @busy: bit 0: somebody has it
 */
struct shmexec_scratch {
	char *memory;
	u32 size;
	u32 left;
	unsigned long busy;
};

int shmexec_scratch_init(void);
void shmexec_scratch_destroy(void);

struct shmexec_scratch *shmexec_scratch_claim(void);
void shmexec_scratch_release(struct shmexec_scratch *scratch);

char *shmexec_scratch_room(const struct shmexec_scratch *scratch, u32 keep,
			   u32 *size);
void shmexec_scratch_take(struct shmexec_scratch *scratch, const char *from);

#endif /* _SHMEXEC_SCRATCH_H */
