// SPDX-License-Identifier: GPL-2.0
/* The control group of a task: it tells of the container or service. */
#include <linux/cgroup.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/string.h>
#include "cgroup.h"
#include "compat.h"
#include "limits.h"

/*
 * The one in the unified hierarchy.  Where containers are still told apart by
 * the older ones alone: the first of those that is below its top.  All tops are
 * called the same.  NULL where there is no hierarchy.
 */
static struct cgroup *find_cgroup(void)
{
	const struct css_set *set = rcu_dereference(current->cgroups);
	struct cgroup *cgroup = shmexec_cgroup_unified(set);
	u32 i;

	for (i = 0; i < CGROUP_SUBSYS_COUNT; i++) {
		if (cgroup && !shmexec_cgroup_is_top(cgroup))
			break;
		if (set->subsys[i])
			cgroup = set->subsys[i]->cgroup;
	}
	return cgroup;
}

/**
 * shmexec_record_cgroup() - add the control group of the task
 * @record: the record; not known if it is longer than SHMEXEC_CGROUP_MAX
 * @scratch: memory for it
 *
 * Context: current has executed a program, under rcu_read_lock(); does not
 *	sleep.
 */
void shmexec_record_cgroup(struct shmexec_record *record,
			   struct shmexec_scratch *scratch)
{
	u32 size, len;
	char *buf = shmexec_scratch_room(scratch, scratch->left / 2, &size);
	struct cgroup *cgroup = find_cgroup();

	if (!cgroup || size < SHMEXEC_CGROUP_MAX)
		return;
	buf += size - SHMEXEC_CGROUP_MAX;
	/* Not every kernel says that it does not fit. */
	if (!shmexec_cgroup_path(cgroup, buf, SHMEXEC_CGROUP_MAX))
		return;
	len = strnlen(buf, SHMEXEC_CGROUP_MAX);
	if (len >= SHMEXEC_CGROUP_MAX - 1)
		return;
	shmexec_record_copy(record, &record->exec.cgroup, buf, len, scratch);
}
