// SPDX-License-Identifier: GPL-2.0
/* The least that a probe can cost: one that does nothing. */
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/tracepoint.h>

static struct tracepoint *tracepoint;

static void on_exec(void *data, struct task_struct *task, pid_t old_pid,
		    struct linux_binprm *bprm)
{
}

static void find(struct tracepoint *tp, void *found)
{
	if (!strcmp(tp->name, "sched_process_exec"))
		*(struct tracepoint **)found = tp;
}

static int __init empty_init(void)
{
	for_each_kernel_tracepoint(find, &tracepoint);
	if (!tracepoint)
		return -ENOENT;
	return tracepoint_probe_register(tracepoint, on_exec, NULL);
}

static void __exit empty_exit(void)
{
	tracepoint_probe_unregister(tracepoint, on_exec, NULL);
	tracepoint_synchronize_unregister();
}

module_init(empty_init);
module_exit(empty_exit);

MODULE_DESCRIPTION("Does nothing when a program is executed");
MODULE_LICENSE("GPL");
