/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SHMEXEC_COUNTERS_H
#define _SHMEXEC_COUNTERS_H

#include <linux/percpu.h>
#include <linux/sysfs.h>
#include <linux/types.h>

enum shmexec_counter {
	SHMEXEC_EXECS,		/* execs that the probe has seen */
	SHMEXEC_WATCHED,	/* of them, by the user that is watched */
	SHMEXEC_HITS,		/* of them, reported */
	SHMEXEC_EXCLUDED,	/* or left out because of an exclude pattern */
	SHMEXEC_LOST,		/* records dropped that no reader had read */
	SHMEXEC_NR_COUNTERS
};

struct shmexec_counters {
	u64 value[SHMEXEC_NR_COUNTERS];
};

DECLARE_PER_CPU(struct shmexec_counters, shmexec_counters);

/* Context: any but NMI. */
static inline void shmexec_count(enum shmexec_counter counter, u64 n)
{
	this_cpu_add(shmexec_counters.value[counter], n);
}

/* The files of /sys/class/misc/shmexec, a value each. */
extern const struct attribute_group *shmexec_counters_groups[];

#endif /* _SHMEXEC_COUNTERS_H */
