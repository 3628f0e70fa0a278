// SPDX-License-Identifier: GPL-2.0
/* Which process executes, and which ones it comes from. */
#include <linux/cred.h>
#include <linux/kdev_t.h>
#include <linux/pid.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/tty.h>
#include <linux/uidgid.h>
#include "compat.h"
#include "task.h"

/* A copy: a task may be renamed at any time. */
static void fill_comm(struct shmexec_record *record, struct shmexec_str *str,
		      const struct task_struct *task,
		      struct shmexec_scratch *scratch)
{
	char comm[TASK_COMM_LEN];

	memcpy(comm, task->comm, sizeof(comm));
	shmexec_record_copy(record, str, comm, strnlen(comm, sizeof(comm)),
			    scratch);
}

/* The leader of a process group or session may have gone before the rest. */
static u64 leader_start(struct pid *pid)
{
	const struct task_struct *leader = pid_task(pid, PIDTYPE_PID);

	return leader ? shmexec_start(leader) : 0;
}

static void fill_pids(struct shmexec_exec *exec, pid_t old_tid)
{
	exec->pid = task_tgid_nr(current);
	exec->tid = task_pid_nr(current);
	exec->old_tid = old_tid;
	exec->vpid = task_tgid_vnr(current);
	exec->start = shmexec_start(current->group_leader);
	exec->pgrp = pid_nr(task_pgrp(current));
	exec->pgrp_start = leader_start(task_pgrp(current));
	exec->session = pid_nr(task_session(current));
	exec->session_start = leader_start(task_session(current));
	exec->known |= SHMEXEC_KNOWN_PROCESS;
}

static void fill_parent(struct shmexec_record *record,
			struct shmexec_scratch *scratch)
{
	const struct task_struct *parent =
		rcu_dereference(current->real_parent)->group_leader;
	struct shmexec_exec *exec = &record->exec;
	const struct cred *cred = __task_cred(parent);

	exec->ppid = task_tgid_nr((struct task_struct *)parent);
	/* It is no process at all. */
	if (!exec->ppid)
		return;
	exec->parent_start = shmexec_start(parent);
	exec->parent_uid = __kuid_val(cred->uid);
	exec->parent_euid = __kuid_val(cred->euid);
	exec->parent_gid = __kgid_val(cred->gid);
	exec->parent_egid = __kgid_val(cred->egid);
	exec->known |= SHMEXEC_KNOWN_PARENT;
	if (parent->flags & PF_KTHREAD)
		exec->flags |= SHMEXEC_F_KTHREAD_PARENT;
	fill_comm(record, &exec->parent_comm, parent, scratch);
}

static void fill_tty(struct shmexec_exec *exec)
{
	struct tty_struct *tty;
	dev_t dev = 0;

	if (!IS_ENABLED(CONFIG_TTY))
		return;
	tty = get_current_tty();
	if (tty)
		dev = tty_devnum(tty);
	tty_kref_put(tty);
	exec->tty_major = MAJOR(dev);
	exec->tty_minor = MINOR(dev);
	exec->known |= SHMEXEC_KNOWN_TTY;
}

/**
 * shmexec_record_task() - add which process executes
 * @record: the record
 * @old_tid: the id that the task had before the exec
 * @scratch: memory for what there is of unknown length
 *
 * Context: current has executed a program, under rcu_read_lock(); does not
 *	sleep.
 */
void shmexec_record_task(struct shmexec_record *record, pid_t old_tid,
			 struct shmexec_scratch *scratch)
{
	fill_comm(record, &record->exec.comm, current, scratch);
	fill_pids(&record->exec, old_tid);
	fill_parent(record, scratch);
	fill_tty(&record->exec);
}
