// SPDX-License-Identifier: GPL-2.0
/*
 * The probe: on_exec() and what it calls are all that runs when a program is
 * executed.  Nothing there sleeps or prints, and its work is bounded.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/cred.h>
#include <linux/fs.h>
#include <linux/printk.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/tracepoint.h>
#include <linux/uidgid.h>
#include <trace/events/sched.h>
#include "cgroup.h"
#include "compat.h"
#include "counters.h"
#include "creds.h"
#include "directories.h"
#include "gate.h"
#include "inode.h"
#include "limits.h"
#include "namespaces.h"
#include "policy.h"
#include "probe.h"
#include "record.h"
#include "scratch.h"
#include "stream.h"
#include "task.h"
#include "views.h"

static struct tracepoint *tracepoint;

static u32 flags_of(const struct shmexec_verdict *verdict,
		    const struct linux_binprm *bprm)
{
	u32 flags = 0;

	if (verdict->canonical.deleted)
		flags |= SHMEXEC_F_DELETED;
	if (verdict->canonical.cut)
		flags |= SHMEXEC_F_NAME_CUT;
	if (verdict->typed.cut)
		flags |= SHMEXEC_F_TYPED_CUT;
	if (verdict->directory.cut)
		flags |= SHMEXEC_F_DIRECTORY_CUT;
	if (shmexec_path_unreachable(&shmexec_exec_file(bprm)->f_path))
		flags |= SHMEXEC_F_UNREACHABLE;
	return flags;
}

static void add_name(struct shmexec_record *record, struct shmexec_str *str,
		     const struct shmexec_name *name)
{
	if (name->text)
		shmexec_record_string(record, str, name->text, name->len);
}

static void add_verdict(struct shmexec_record *record,
			const struct shmexec_verdict *verdict,
			const struct linux_binprm *bprm)
{
	struct shmexec_exec *exec = &record->exec;

	exec->views = verdict->views;
	exec->flags = flags_of(verdict, bprm);
	add_name(record, &exec->canonical, &verdict->canonical);
	add_name(record, &exec->typed_path, &verdict->typed);
	add_name(record, &exec->directory, &verdict->directory);
	if (verdict->pattern)
		shmexec_record_string(record, &exec->pattern,
				      verdict->pattern->text,
				      verdict->pattern->len);
}

static void report(struct shmexec_stream *stream, pid_t old_tid,
		   const struct linux_binprm *bprm,
		   const struct shmexec_verdict *verdict,
		   struct shmexec_scratch *scratch)
{
	struct shmexec_record record;

	shmexec_record_init(&record);
	add_verdict(&record, verdict, bprm);
	shmexec_record_task(&record, old_tid, scratch);
	shmexec_record_creds(&record, scratch);
	shmexec_record_inode(&record, shmexec_exec_file(bprm));
	shmexec_record_namespaces(&record);
	shmexec_record_directories(&record, scratch);
	if (IS_ENABLED(CONFIG_CGROUPS))
		shmexec_record_cgroup(&record, scratch);
	shmexec_record_program(&record, bprm, scratch->memory, scratch->left);

	shmexec_stream_put(stream, &record.exec.hdr, record.pieces, record.nr);
	shmexec_count(SHMEXEC_HITS, 1);
}

/* An exec that is looked at more closely. */
struct suspect {
	struct shmexec_stream *stream;
	pid_t old_tid;
	const struct linux_binprm *bprm;
	const struct shmexec_policy *policy;
	u32 views;
};

static void judge(const struct suspect *exec, struct shmexec_scratch *scratch)
{
	struct shmexec_verdict verdict;

	shmexec_views_judge(&verdict, exec->policy, exec->bprm, exec->views,
			    scratch);
	/* What cannot be known is for who reads it to decide. */
	if (verdict.views || verdict.unknown) {
		shmexec_views_complete(&verdict, exec->policy, exec->bprm,
				       scratch);
		report(exec->stream, exec->old_tid, exec->bprm, &verdict,
		       scratch);
	} else if (verdict.excluded) {
		shmexec_count(SHMEXEC_EXCLUDED, 1);
	}
}

/* More tasks are here than there are scratch buffers: names may be cut. */
static noinline void judge_on_stack(const struct suspect *exec)
{
	char memory[SHMEXEC_SPARE_SIZE];
	struct shmexec_scratch spare = {
		.memory = memory,
		.size = sizeof(memory),
		.left = sizeof(memory),
	};

	judge(exec, &spare);
}

static noinline void judge_suspect(struct shmexec_stream *stream, pid_t old_tid,
				   const struct linux_binprm *bprm,
				   const struct shmexec_policy *policy, u32 views)
{
	const struct suspect exec = { stream, old_tid, bprm, policy, views };
	struct shmexec_scratch *scratch = shmexec_scratch_claim();

	if (scratch) {
		judge(&exec, scratch);
		shmexec_scratch_release(scratch);
	} else {
		judge_on_stack(&exec);
	}
}

static noinline void watched_exec(struct shmexec_stream *stream, pid_t old_tid,
				  const struct linux_binprm *bprm, u32 euid)
{
	const struct shmexec_policy *policy;
	bool was_off;
	u32 views;

	rcu_read_lock();
	was_off = shmexec_preemption_on();
	policy = shmexec_policy_get();
	/* What was asked before may have been of another rule. */
	if (policy->rule.uid == euid || policy->rule.any_uid) {
		shmexec_count(SHMEXEC_WATCHED, 1);
		views = shmexec_gate_views(policy, bprm);
		if (views)
			judge_suspect(stream, old_tid, bprm, policy, views);
	}
	shmexec_preemption_back(was_off);
	rcu_read_unlock();
}

static void on_exec(void *data, struct task_struct *task, pid_t old_tid,
		    struct linux_binprm *bprm)
{
	/* A kuid is what the initial user namespace calls the user. */
	u32 euid = __kuid_val(current_euid());

	shmexec_count(SHMEXEC_EXECS, 1);
	if (shmexec_policy_watches(euid))
		watched_exec(data, old_tid, bprm, euid);
}

static void find_tracepoint(struct tracepoint *tp, void *found)
{
	if (!strcmp(tp->name, "sched_process_exec"))
		*(struct tracepoint **)found = tp;
}

/**
 * shmexec_probe_register() - begin to watch execs
 * @stream: where hits go, alive until shmexec_probe_unregister()
 *
 * Context: may sleep; the scratch buffers are there.
 * Return: 0, -ENOENT if this kernel has no such tracepoint, -ENOMEM
 */
int shmexec_probe_register(struct shmexec_stream *stream)
{
	/* The kernel's own header holds on_exec() to the right signature. */
	check_trace_callback_type_sched_process_exec(on_exec);

	for_each_kernel_tracepoint(find_tracepoint, &tracepoint);
	if (!tracepoint) {
		pr_err("this kernel has no tracepoint sched_process_exec, which is what calls shmexec: it needs CONFIG_TRACEPOINTS, by CONFIG_FTRACE and CONFIG_ENABLE_DEFAULT_TRACERS\n");
		return -ENOENT;
	}
	return tracepoint_probe_register(tracepoint, on_exec, stream);
}

/**
 * shmexec_probe_unregister() - watch no more, and wait for probes that run
 * @stream: as given to shmexec_probe_register()
 *
 * Context: may sleep.
 */
void shmexec_probe_unregister(struct shmexec_stream *stream)
{
	tracepoint_probe_unregister(tracepoint, on_exec, stream);
	shmexec_synchronize_probes();
}
