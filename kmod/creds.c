// SPDX-License-Identifier: GPL-2.0
/* Who executes: ids, groups, capabilities. */
#include <linux/audit.h>
#include <linux/cred.h>
#include <linux/kconfig.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/uidgid.h>
#include "compat.h"
#include "creds.h"

static void fill_ids(struct shmexec_exec *exec, const struct cred *cred)
{
	exec->uid = __kuid_val(cred->uid);
	exec->euid = __kuid_val(cred->euid);
	exec->suid = __kuid_val(cred->suid);
	exec->fsuid = __kuid_val(cred->fsuid);
	exec->gid = __kgid_val(cred->gid);
	exec->egid = __kgid_val(cred->egid);
	exec->sgid = __kgid_val(cred->sgid);
	exec->fsgid = __kgid_val(cred->fsgid);
	exec->loginuid = __kuid_val(audit_get_loginuid(current));
	exec->sessionid = audit_get_sessionid(current);
	if (IS_ENABLED(CONFIG_AUDIT))
		exec->known |= SHMEXEC_KNOWN_AUDIT;
}

static void fill_capabilities(struct shmexec_exec *exec,
			      const struct cred *cred)
{
	exec->cap_permitted = shmexec_cap_bits(cred->cap_permitted);
	exec->cap_effective = shmexec_cap_bits(cred->cap_effective);
	exec->cap_inheritable = shmexec_cap_bits(cred->cap_inheritable);
	exec->cap_bounding = shmexec_cap_bits(cred->cap_bset);
	exec->cap_ambient = shmexec_cap_ambient(cred);
}

/**
 * shmexec_record_creds() - add who executes
 * @record: the record
 * @scratch: memory for what there is of unknown length
 *
 * Context: current has executed a program; does not sleep.
 */
void shmexec_record_creds(struct shmexec_record *record,
			  struct shmexec_scratch *scratch)
{
	const struct cred *cred = current_cred();
	const struct group_info *groups = cred->group_info;
	struct shmexec_exec *exec = &record->exec;
	u32 group[SHMEXEC_GROUPS_MAX], i, n;

	fill_ids(exec, cred);
	fill_capabilities(exec, cred);
	exec->groups_count = groups->ngroups;
	n = min_t(u32, groups->ngroups, SHMEXEC_GROUPS_MAX);
	for (i = 0; i < n; i++)
		group[i] = __kgid_val(shmexec_group(groups, i));
	shmexec_record_copy(record, &exec->groups, group, n * sizeof(*group),
			    scratch);
}
