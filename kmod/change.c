// SPDX-License-Identifier: GPL-2.0
/* The record of a change of the rule: who, when, what. */
#include <linux/audit.h>
#include <linux/cred.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/uidgid.h>
#include "change.h"
#include "compat.h"
#include "limits.h"
#include "stream.h"
#include "uapi/shmexec.h"

/* comm, parameter, old_value, new_value */
#define STRINGS	4

/* A list is the longest value; the name of a parameter is a word. */
static_assert(sizeof(struct shmexec_change) + TASK_COMM_LEN + 64 +
	      2 * SHMEXEC_LIST_MAX <= SHMEXEC_RECORD_MAX,
	      "a record may be longer than promised");

static void fill_who(struct shmexec_change *change)
{
	const struct cred *cred = current_cred();

	change->pid = task_tgid_nr(current);
	rcu_read_lock();
	change->ppid = task_tgid_nr(rcu_dereference(current->real_parent));
	rcu_read_unlock();
	change->uid = __kuid_val(cred->uid);
	change->euid = __kuid_val(cred->euid);
	change->loginuid = __kuid_val(audit_get_loginuid(current));
	change->sessionid = audit_get_sessionid(current);
}

/**
 * shmexec_change_report() - tell the readers that current changed the rule
 * @stream: where to
 * @type: SHMEXEC_TYPE_RULE_CHANGED or SHMEXEC_TYPE_LOCKED
 * @parameter: what was set
 * @old_value: what it was
 * @new_value: what it is
 *
 * Context: may sleep.
 */
void shmexec_change_report(struct shmexec_stream *stream, u8 type,
			   const char *parameter, const char *old_value,
			   const char *new_value)
{
	struct shmexec_change change = {
		.hdr.type = type,
		.hdr.hdr_len = sizeof(change),
	};
	char comm[TASK_COMM_LEN];
	struct shmexec_piece pieces[STRINGS] = {
		{ comm, strscpy(comm, current->comm, sizeof(comm)) },
		{ parameter, strlen(parameter) },
		{ old_value, strlen(old_value) },
		{ new_value, strlen(new_value) },
	};
	struct shmexec_str *str = &change.comm;
	u32 off = sizeof(change), i;

	fill_who(&change);
	for (i = 0; i < STRINGS; i++) {
		str[i] = (struct shmexec_str){ off, pieces[i].len };
		off += pieces[i].len;
	}
	shmexec_stream_put(stream, &change.hdr, pieces, STRINGS);
}
