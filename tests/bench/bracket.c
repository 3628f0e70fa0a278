// SPDX-License-Identifier: GPL-2.0
/*
 * Counts what runs between two probes of its own, the first and the last one of
 * an exec.  Under QEMU's -icount shift=0 the time stamp counter counts guest
 * instructions.  Reading /dev/bracket takes what was counted: a u64 an exec.
 */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/tracepoint.h>
#include <linux/uaccess.h>
#include <asm/msr.h>

#define SAMPLES_MAX	4096

static struct tracepoint *tracepoint;
static u64 sample[SAMPLES_MAX];
static u32 samples;
static u64 began;

static void before(void *data, struct task_struct *task, pid_t old_pid,
		   struct linux_binprm *bprm)
{
	began = rdtsc();
}

static void after(void *data, struct task_struct *task, pid_t old_pid,
		  struct linux_binprm *bprm)
{
	u64 now = rdtsc();

	if (samples < SAMPLES_MAX)
		sample[samples++] = now - began;
}

static ssize_t take(struct file *file, char __user *to, size_t size, loff_t *at)
{
	size_t bytes = min(size, samples * sizeof(*sample));

	if (copy_to_user(to, sample, bytes))
		return -EFAULT;
	samples = 0;
	return bytes;
}

static const struct file_operations operations = {
	.owner = THIS_MODULE,
	.read = take,
};

static struct miscdevice device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "bracket",
	.fops = &operations,
};

static void find(struct tracepoint *tp, void *found)
{
	if (!strcmp(tp->name, "sched_process_exec"))
		*(struct tracepoint **)found = tp;
}

static int __init bracket_init(void)
{
	int ret;

	for_each_kernel_tracepoint(find, &tracepoint);
	if (!tracepoint)
		return -ENOENT;
	ret = tracepoint_probe_register_prio(tracepoint, before, NULL, 100);
	if (ret)
		return ret;
	ret = tracepoint_probe_register_prio(tracepoint, after, NULL, -100);
	if (ret)
		goto err_before;
	ret = misc_register(&device);
	if (ret)
		goto err_after;
	return 0;

err_after:
	tracepoint_probe_unregister(tracepoint, after, NULL);
err_before:
	tracepoint_probe_unregister(tracepoint, before, NULL);
	tracepoint_synchronize_unregister();
	return ret;
}

static void __exit bracket_exit(void)
{
	misc_deregister(&device);
	tracepoint_probe_unregister(tracepoint, after, NULL);
	tracepoint_probe_unregister(tracepoint, before, NULL);
	tracepoint_synchronize_unregister();
}

module_init(bracket_init);
module_exit(bracket_exit);

MODULE_DESCRIPTION("Counts what the probes of an exec cost");
MODULE_LICENSE("GPL");
