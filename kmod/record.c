// SPDX-License-Identifier: GPL-2.0
/* The record: all that an analyst needs and that dies with the process. */
#include <linux/audit.h>
#include <linux/build_bug.h>
#include <linux/cred.h>
#include <linux/limits.h>
#include <linux/mm.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/user_namespace.h>
#include "compat.h"
#include "layout.h"
#include "limits.h"
#include "record.h"

/* The names and the arguments are in scratch memory, but for a typed path. */
static_assert(sizeof(struct shmexec_exec) + TASK_COMM_LEN +
	      SHMEXEC_SCRATCH_SIZE + 2 * SHMEXEC_TYPED_MAX +
	      SHMEXEC_PATTERN_MAX + SHMEXEC_INTERP_MAX <=
	      SHMEXEC_RECORD_MAX, "a record may be longer than promised");

static void fill_ids(struct shmexec_exec *exec)
{
	const struct cred *cred = current_cred();

	exec->uid = from_kuid(&init_user_ns, cred->uid);
	exec->euid = from_kuid(&init_user_ns, cred->euid);
	exec->suid = from_kuid(&init_user_ns, cred->suid);
	exec->fsuid = from_kuid(&init_user_ns, cred->fsuid);
	exec->gid = from_kgid(&init_user_ns, cred->gid);
	exec->egid = from_kgid(&init_user_ns, cred->egid);
	exec->sgid = from_kgid(&init_user_ns, cred->sgid);
	exec->fsgid = from_kgid(&init_user_ns, cred->fsgid);
	exec->loginuid = from_kuid(&init_user_ns, audit_get_loginuid(current));
	exec->sessionid = audit_get_sessionid(current);
}

static void fill_pids(struct shmexec_exec *exec, pid_t old_tid)
{
	exec->pid = task_tgid_nr(current);
	exec->tid = task_pid_nr(current);
	exec->old_tid = old_tid;
	rcu_read_lock();
	exec->ppid = task_tgid_nr(rcu_dereference(current->real_parent));
	rcu_read_unlock();
}

/**
 * shmexec_record_init() - begin a record about the current task
 * @record: the record
 * @old_tid: the id that the task had before the exec
 *
 * Context: current has executed a program; does not sleep.
 */
void shmexec_record_init(struct shmexec_record *record, pid_t old_tid)
{
	/* No byte of the stack gets out: all of exec is named or zero. */
	memset(&record->exec, 0, sizeof(record->exec));
	record->exec.hdr.type = SHMEXEC_TYPE_EXEC;
	record->exec.hdr.hdr_len = sizeof(record->exec);
	record->nr = 0;
	record->end = sizeof(record->exec);

	fill_pids(&record->exec, old_tid);
	fill_ids(&record->exec);
	shmexec_record_string(record, &record->exec.comm, current->comm,
			      strnlen(current->comm, TASK_COMM_LEN));
}

/**
 * shmexec_record_string() - add a string
 * @record: the record
 * @str: which one: a member of @record->exec, not set before
 * @text: bytes, which stay the caller's and in place until the record is put
 * @len: of @text, in bytes
 *
 * Context: any.
 */
void shmexec_record_string(struct shmexec_record *record,
			   struct shmexec_str *str, const char *text, u32 len)
{
	str->off = record->end;
	str->len = len;
	record->pieces[record->nr++] = (struct shmexec_piece) { text, len };
	record->end += len;
}

/*
 * By pages, as a page that is not in memory fails what is read with it.
 * Returns how many bytes could be read: the probe waits for no page.
 */
static u32 read_user(char *to, unsigned long from, u32 size)
{
	u32 done = 0;

	while (done < size) {
		u32 page = PAGE_SIZE - offset_in_page(from + done);
		u32 part = min(size - done, page);

		if (copy_from_user_nofault(to + done,
					   (void __user *)(from + done), part))
			break;
		done += part;
	}
	return done;
}

/**
 * shmexec_record_program() - add what was executed, and its arguments
 * @record: the record
 * @bprm: the exec
 * @args: memory for the arguments
 * @size: of @args, in bytes; no more than SHMEXEC_ARGS_MAX are used
 *
 * Context: current has executed @bprm; does not sleep.
 */
void shmexec_record_program(struct shmexec_record *record,
			    const struct linux_binprm *bprm, char *args,
			    u32 size)
{
	struct shmexec_exec *exec = &record->exec;
	unsigned long start = READ_ONCE(current->mm->arg_start);
	u32 got;

	shmexec_record_string(record, &exec->typed, bprm->filename,
			      strnlen(bprm->filename, SHMEXEC_TYPED_MAX));
	if (bprm->interp != bprm->filename) {
		exec->flags |= SHMEXEC_F_SCRIPT;
		shmexec_record_string(record, &exec->interp, bprm->interp,
				      strnlen(bprm->interp, SHMEXEC_INTERP_MAX));
	}

	exec->args_count = bprm->argc;
	exec->args_size = READ_ONCE(current->mm->arg_end) - start;
	size = min_t(u32, size, SHMEXEC_ARGS_MAX);
	if (exec->args_size > size)
		exec->flags |= SHMEXEC_F_ARGS_CUT;
	size = min(exec->args_size, size);
	got = read_user(args, start, size);
	if (got < size)
		exec->flags |= SHMEXEC_F_ARGS_FAULT;
	shmexec_record_string(record, &exec->args, args, got);
}
