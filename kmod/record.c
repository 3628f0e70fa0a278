// SPDX-License-Identifier: GPL-2.0
/* The record: what was executed, and room for all else there is to say. */
#include <linux/limits.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include "compat.h"
#include "layout.h"
#include "limits.h"
#include "record.h"

/* Nearly all strings are in scratch memory. */
static_assert(sizeof(struct shmexec_exec) + SHMEXEC_SCRATCH_SIZE +
	      2 * SHMEXEC_TYPED_MAX + SHMEXEC_PATTERN_MAX +
	      SHMEXEC_INTERP_MAX + SHMEXEC_FS_TYPE_MAX <=
	      SHMEXEC_RECORD_MAX, "a record may be longer than promised");

/**
 * shmexec_record_init() - begin a record
 * @record: the record
 *
 * Context: any.
 */
void shmexec_record_init(struct shmexec_record *record)
{
	/* No byte of the stack gets out: all of exec is named or zero. */
	memset(&record->exec, 0, sizeof(record->exec));
	record->exec.hdr.type = SHMEXEC_TYPE_EXEC;
	record->exec.hdr.hdr_len = sizeof(record->exec);
	record->nr = 0;
	record->end = sizeof(record->exec);
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

/**
 * shmexec_record_copy() - add a string that may change or go away
 * @record: the record
 * @str: which one, as for shmexec_record_string(); not known if there is no room
 * @from: bytes
 * @len: of @from, in bytes
 * @scratch: memory for the copy
 *
 * Context: any.
 */
void shmexec_record_copy(struct shmexec_record *record, struct shmexec_str *str,
			 const void *from, u32 len,
			 struct shmexec_scratch *scratch)
{
	u32 size;
	char *copy = shmexec_scratch_room(scratch, 0, &size);

	if (len > size)
		return;
	copy += size - len;
	/* The path of a cgroup lies at the start of the same room. */
	memmove(copy, from, len);
	shmexec_scratch_take(scratch, copy);
	shmexec_record_string(record, str, copy, len);
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
	if (shmexec_secureexec(bprm))
		exec->flags |= SHMEXEC_F_SECUREEXEC;

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
