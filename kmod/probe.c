// SPDX-License-Identifier: GPL-2.0
/*
 * The probe: on_exec() and what it calls are all that runs when a program is
 * executed.  Nothing there sleeps or prints, and its work is bounded.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/cred.h>
#include <linux/fs.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/tracepoint.h>
#include <linux/user_namespace.h>
#include <trace/events/sched.h>
#include "compat.h"
#include "limits.h"
#include "names.h"
#include "probe.h"
#include "record.h"
#include "rule.h"
#include "scratch.h"
#include "stream.h"

static struct tracepoint *tracepoint;

static void report(struct shmexec_stream *stream, pid_t old_tid,
		   const struct linux_binprm *bprm,
		   const struct shmexec_name *name,
		   const struct shmexec_pattern *pattern,
		   struct shmexec_scratch *scratch)
{
	struct shmexec_record record;
	struct shmexec_exec *exec = &record.exec;

	shmexec_record_init(&record, old_tid);
	if (name->text)
		shmexec_record_string(&record, &exec->canonical, name->text,
				      name->len);
	if (pattern) {
		exec->views = SHMEXEC_VIEW_CANONICAL;
		shmexec_record_string(&record, &exec->pattern, pattern->text,
				      pattern->len);
	}
	if (name->deleted)
		exec->flags |= SHMEXEC_F_DELETED;
	if (name->cut)
		exec->flags |= SHMEXEC_F_NAME_CUT;
	shmexec_record_program(&record, bprm, scratch->args, scratch->args_size);

	shmexec_stream_put(stream, &exec->hdr, record.pieces, record.nr);
}

static void judge(struct shmexec_stream *stream, pid_t old_tid,
		  const struct linux_binprm *bprm,
		  struct shmexec_scratch *scratch)
{
	const struct shmexec_pattern *pattern = NULL;
	struct shmexec_name name;

	shmexec_name_canonical(&name, &bprm->file->f_path, scratch->path,
			       scratch->path_size);
	if (name.text) {
		pattern = shmexec_rule_match(&shmexec_rule_default, name.text,
					     name.len);
		if (!pattern)
			return;
	}
	report(stream, old_tid, bprm, &name, pattern, scratch);
}

/* More tasks are here than there are scratch buffers: names may be cut. */
static noinline void judge_on_stack(struct shmexec_stream *stream,
				    pid_t old_tid,
				    const struct linux_binprm *bprm)
{
	char path[SHMEXEC_SPARE_PATH], args[SHMEXEC_SPARE_ARGS];
	struct shmexec_scratch spare = {
		.path = path,
		.path_size = sizeof(path),
		.args = args,
		.args_size = sizeof(args),
	};

	judge(stream, old_tid, bprm, &spare);
}

static void on_exec(void *data, struct task_struct *task, pid_t old_tid,
		    struct linux_binprm *bprm)
{
	struct shmexec_scratch *scratch;

	if (from_kuid(&init_user_ns, current_euid()) != shmexec_rule_default.uid)
		return;

	scratch = shmexec_scratch_claim();
	if (!scratch) {
		judge_on_stack(data, old_tid, bprm);
		return;
	}
	judge(data, old_tid, bprm, scratch);
	shmexec_scratch_release(scratch);
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
		pr_err("this kernel has no tracepoint sched_process_exec: it needs CONFIG_TRACEPOINTS\n");
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
	tracepoint_synchronize_unregister();
}
