// SPDX-License-Identifier: GPL-2.0
/* The namespaces of a task, by the inode numbers that /proc/PID/ns shows. */
#include <linux/cgroup.h>
#include <linux/cred.h>
#include <linux/fs.h>
#include <linux/ipc_namespace.h>
#include <linux/kconfig.h>
#include <linux/namei.h>
#include <linux/nsproxy.h>
#include <linux/path.h>
#include <linux/pid_namespace.h>
#include <linux/sched.h>
#include <linux/user_namespace.h>
#include <linux/utsname.h>
#include <net/net_namespace.h>
#include "compat.h"
#include "namespaces.h"

/* The kernel keeps to itself where a mount namespace has its number. */
static bool mnt_known;

/**
 * shmexec_namespaces_init() - find out what can be told
 *
 * Context: may sleep.
 */
void shmexec_namespaces_init(void)
{
	struct path path;

	mnt_known = false;
	if (kern_path("/proc/self/ns/mnt", LOOKUP_FOLLOW, &path))
		return;
	mnt_known = d_inode(path.dentry)->i_ino ==
		    shmexec_mnt_ns_number(current->nsproxy->mnt_ns);
	path_put(&path);
}

/**
 * shmexec_record_namespaces() - add the namespaces of the task
 * @record: the record
 *
 * Context: current has executed a program; does not sleep.
 */
void shmexec_record_namespaces(struct shmexec_record *record)
{
	const struct nsproxy *ns = current->nsproxy;
	struct shmexec_exec *exec = &record->exec;

	if (mnt_known)
		exec->ns_mnt = shmexec_mnt_ns_number(ns->mnt_ns);
	if (IS_ENABLED(CONFIG_PID_NS))
		exec->ns_pid = shmexec_ns_number(task_active_pid_ns(current));
	if (IS_ENABLED(CONFIG_USER_NS))
		exec->ns_user = shmexec_ns_number(current_user_ns());
	if (IS_ENABLED(CONFIG_NET_NS))
		exec->ns_net = shmexec_ns_number(ns->net_ns);
	if (IS_ENABLED(CONFIG_CGROUPS))
		exec->ns_cgroup = shmexec_cgroup_ns_number(ns);
	if (IS_ENABLED(CONFIG_UTS_NS))
		exec->ns_uts = shmexec_ns_number(ns->uts_ns);
	if (IS_ENABLED(CONFIG_IPC_NS))
		exec->ns_ipc = shmexec_ns_number(ns->ipc_ns);
}
