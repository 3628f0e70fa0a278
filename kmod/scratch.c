// SPDX-License-Identifier: GPL-2.0
/*
 * Scratch buffers for the probe, one for each CPU.
 *
 * Up to Linux 6.x probes run with preemption off, so there is always a free
 * one.  Later a task may be preempted in the probe, or moved, and then more
 * tasks may be there than CPUs: so a buffer belongs to who has claimed it, not
 * to a CPU, and a claim can fail.
 */
#include <linux/bitops.h>
#include <linux/cpumask.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/vmalloc.h>
#include "compat.h"
#include "limits.h"
#include "scratch.h"

static struct shmexec_scratch *pool;
static char *memory;

/**
 * shmexec_scratch_init() - allocate the buffers
 *
 * Context: may sleep.
 * Return: 0, -ENOMEM
 */
int shmexec_scratch_init(void)
{
	u32 i;

	pool = kcalloc(nr_cpu_ids, sizeof(*pool), GFP_KERNEL);
	if (!pool)
		return -ENOMEM;
	memory = vzalloc((size_t)nr_cpu_ids * SHMEXEC_SCRATCH_SIZE);
	if (!memory) {
		kfree(pool);
		return -ENOMEM;
	}
	for (i = 0; i < nr_cpu_ids; i++) {
		pool[i].memory = memory + (size_t)i * SHMEXEC_SCRATCH_SIZE;
		pool[i].size = SHMEXEC_SCRATCH_SIZE;
	}
	return 0;
}

/**
 * shmexec_scratch_destroy() - free the buffers
 *
 * Context: may sleep; no probe is left.
 */
void shmexec_scratch_destroy(void)
{
	vfree(memory);
	kfree(pool);
}

/**
 * shmexec_scratch_claim() - take a buffer
 *
 * Context: any.
 * Return: a buffer, to be given back with shmexec_scratch_release(), or NULL
 *	if all are taken
 */
struct shmexec_scratch *shmexec_scratch_claim(void)
{
	u32 first = raw_smp_processor_id(), i;

	for (i = 0; i < nr_cpu_ids; i++) {
		struct shmexec_scratch *scratch =
			&pool[(first + i) % nr_cpu_ids];

		if (!test_and_set_bit_lock(0, &scratch->busy)) {
			scratch->left = scratch->size;
			return scratch;
		}
	}
	return NULL;
}

/**
 * shmexec_scratch_release() - give a buffer back
 * @scratch: from shmexec_scratch_claim()
 *
 * Context: any.
 */
void shmexec_scratch_release(struct shmexec_scratch *scratch)
{
	clear_bit_unlock(0, &scratch->busy);
}

/**
 * shmexec_scratch_room() - look for memory for a path
 * @scratch: the buffer
 * @keep: bytes to be left for what comes later
 * @size: set: bytes that there are, up to PATH_MAX
 *
 * Context: any.
 * Return: the memory; what of its end shall stay is to be taken
 */
char *shmexec_scratch_room(const struct shmexec_scratch *scratch, u32 keep,
			   u32 *size)
{
	*size = min_t(u32, scratch->left - min(scratch->left, keep), PATH_MAX);
	return scratch->memory + scratch->left - *size;
}

/**
 * shmexec_scratch_take() - keep the end of the memory that was free
 * @scratch: the buffer
 * @from: where it starts; all before it is still free
 *
 * Context: any.
 */
void shmexec_scratch_take(struct shmexec_scratch *scratch, const char *from)
{
	scratch->left = from - scratch->memory;
}
