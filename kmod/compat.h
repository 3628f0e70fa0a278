/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What older kernels lack.  The code is written for the newest kernel, and
 * this is the only file that asks which one it is built for.  Headers that not
 * every kernel has are included here alone.
 */
#ifndef _SHMEXEC_COMPAT_H
#define _SHMEXEC_COMPAT_H

#include <linux/audit.h>
#include <linux/binfmts.h>
#include <linux/bug.h>
#include <linux/capability.h>
#include <linux/cgroup.h>
#include <linux/cred.h>
#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/gfp.h>
#include <linux/hrtimer.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/mount.h>
#include <linux/nsproxy.h>
#include <linux/preempt.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/seqlock.h>
#include <linux/shmem_fs.h>
#include <linux/string.h>
#include <linux/tracepoint.h>
#include <linux/uaccess.h>
#include <linux/version.h>
#include <linux/vmalloc.h>

#ifndef CONFIG_TRACEPOINTS
#error "shmexec needs CONFIG_TRACEPOINTS to see execs: turn on FTRACE, ENABLE_DEFAULT_TRACERS"
#endif

struct dentry;
struct mnt_namespace;
struct vfsmount;
struct path;

/* Exported by every kernel, declared in a header for modules from 6.5 on. */
int vfs_path_lookup(struct dentry *dentry, struct vfsmount *mnt,
		    const char *name, unsigned int flags, struct path *path);

/* 3.17: struct timespec64.  Before that there was one of the machine's size alone. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(3, 17, 0)
#define timespec64	timespec
#define timespec_to_timespec64(time)	(time)
#endif

/* Times have been behind functions since 6.7. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 7, 0)
#define shmexec_inode_atime	inode_get_atime
#define shmexec_inode_mtime	inode_get_mtime
#define shmexec_inode_ctime	inode_get_ctime
#elif LINUX_VERSION_CODE >= KERNEL_VERSION(4, 18, 0)
#define shmexec_inode_atime(inode)	((inode)->i_atime)
#define shmexec_inode_mtime(inode)	((inode)->i_mtime)
#define shmexec_inode_ctime(inode)	((inode)->i_ctime)
#else
/* And had a size of the machine's before 4.18. */
#define shmexec_inode_atime(inode)	timespec_to_timespec64((inode)->i_atime)
#define shmexec_inode_mtime(inode)	timespec_to_timespec64((inode)->i_mtime)
#define shmexec_inode_ctime(inode)	timespec_to_timespec64((inode)->i_ctime)
#endif

/*
 * When a file on tmpfs was made, which tmpfs has kept since 5.18: before 1970
 * if it did not.  Others keep it where only the filesystem itself can see it.
 */
static inline struct timespec64 shmexec_tmpfs_btime(struct inode *inode)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 18, 0)
	return SHMEM_I(inode)->i_crtime;
#else
	return (struct timespec64) { .tv_sec = -1 };
#endif
}

/* 6.13: in place of hrtimer_init(), which went with 6.15. */
static inline void
shmexec_hrtimer_setup(struct hrtimer *timer,
		      enum hrtimer_restart (*function)(struct hrtimer *))
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 13, 0)
	hrtimer_setup(timer, function, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
#else
	hrtimer_init(timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	timer->function = function;
#endif
}

/* 6.3: one number in place of two.  Bit n is capability n. */
static inline u64 shmexec_cap_bits(kernel_cap_t cap)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 3, 0)
	return cap.val;
#else
	return (u64)cap.cap[1] << 32 | cap.cap[0];
#endif
}

/*
 * What a struct mnt_namespace, which fs/ keeps to itself, begins with on a
 * kernel that does not shuffle its structures: before 5.11, with a count.
 * Whoever asks for a number this way has to see first that it is the right one.
 */
struct shmexec_mnt_namespace {
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 11, 0)
	atomic_t count;
#endif
#if LINUX_VERSION_CODE >= KERNEL_VERSION(3, 19, 0)
	struct ns_common ns;
#else
	unsigned int proc_inum;
#endif
};

/*
 * What a struct mount, which fs/ keeps to itself too, has begun with since 3.3.
 * Here as well it has to be seen first that it is so.
 */
struct shmexec_mount {
	struct hlist_node hash;
	struct shmexec_mount *parent;
	struct dentry *mountpoint;
	struct vfsmount mnt;
};

/*
 * False where the compiler shuffles structures, or RCU does not keep them alive, as it
 * has since 3.13: then it is not even looked at.
 */
#define SHMEXEC_MOUNT_PLAIN	(!IS_ENABLED(CONFIG_RANDSTRUCT) && \
				 !IS_ENABLED(CONFIG_GCC_PLUGIN_RANDSTRUCT) && \
				 LINUX_VERSION_CODE >= KERNEL_VERSION(3, 13, 0))

/* 5.10: sysfs_emit(). */
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 10, 0)
#define sysfs_emit(buf, ...)	scnprintf(buf, PAGE_SIZE, __VA_ARGS__)
#endif

/*
 * fs_struct has a lock and a sequence counter up to 6.12 at least, one seqlock
 * by 7.2, which begins with such a counter.  5.9: it knows its lock.
 */
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 9, 0)
#define shmexec_seqcount_t	seqcount_t
#else
#define shmexec_seqcount_t	seqcount_spinlock_t
#endif

static inline const shmexec_seqcount_t *
shmexec_fs_seqcount(const struct fs_struct *fs)
{
	BUILD_BUG_ON(offsetof(seqlock_t, seqcount));
	return (const void *)&fs->seq;
}

/* 4.13: to try hard, but not to kill a process for it. */
#ifndef __GFP_RETRY_MAYFAIL
#define __GFP_RETRY_MAYFAIL	__GFP_NORETRY
#endif

/* 4.6: pages that are free or soon could be.  Before that, only trying tells. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(4, 6, 0)
#define si_mem_available()	LONG_MAX
#endif

/*
 * As vzalloc(), but if there is no memory, NULL is all that comes of it.  Who takes what
 * there is and then gives it back has others killed that ask for a page meanwhile.
 */
static inline void *shmexec_try_vzalloc(unsigned long size)
{
	gfp_t flags = GFP_KERNEL | __GFP_ZERO | __GFP_RETRY_MAYFAIL | __GFP_NOWARN;

	if (si_mem_available() < (long)(size >> PAGE_SHIFT))
		return NULL;
	/* 5.8: no kind of access need be given. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 8, 0)
	return __vmalloc(size, flags);
#else
	return __vmalloc(size, flags | __GFP_HIGHMEM, PAGE_KERNEL);
#endif
}

/* 5.8: copy_from_user_nofault(). */
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 8, 0)
static inline long copy_from_user_nofault(void *to, const void __user *from,
					  size_t size)
{
	long left = size;

	/* 5.0, and who has taken it over: what for is no argument any more. */
#ifdef VERIFY_READ
	if (!access_ok(VERIFY_READ, from, size))
		return -EFAULT;
#else
	if (!access_ok(from, size))
		return -EFAULT;
#endif
	pagefault_disable();
	left = __copy_from_user_inatomic(to, from, size);
	pagefault_enable();
	return left ? -EFAULT : 0;
}
#endif

/* 5.5: start_boottime, which was called real_start_time. */
static inline u64 shmexec_start(const struct task_struct *task)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 5, 0)
	return task->start_boottime;
#elif LINUX_VERSION_CODE >= KERNEL_VERSION(3, 17, 0)
	return task->real_start_time;
#else
	return timespec_to_ns(&task->real_start_time);
#endif
}

/*
 * A spinlock_t sleeps on PREEMPT_RT, and before 7.0 a probe runs with
 * preemption off there as well.  That is the tracepoint's own doing, which has
 * its probes kept alive until it is on again: RCU, held by the caller, does so
 * too, as it has taken sections that overlap for one since 4.20.  So the kernel's
 * functions are called as from 7.0 on, and a lock is waited for as everywhere in RT.
 * 5.3: PREEMPT_RT, which patches called PREEMPT_RT_FULL.
 */
static inline bool shmexec_preemption_on(void)
{
	if (!(IS_ENABLED(CONFIG_PREEMPT_RT) ||
	      IS_ENABLED(CONFIG_PREEMPT_RT_FULL)) || preemptible())
		return false;
	preempt_enable();
	return true;
}

/* To be told what shmexec_preemption_on() said; RCU is held still. */
static inline void shmexec_preemption_back(bool was_off)
{
	if (was_off)
		preempt_disable();
}

/* Until no probe runs.  4.20: one kind of RCU, whichever the caller's section is of. */
static inline void shmexec_synchronize_probes(void)
{
	tracepoint_synchronize_unregister();
#if LINUX_VERSION_CODE < KERNEL_VERSION(4, 20, 0)
	synchronize_rcu();
#endif
}

/* 5.3: the clock since the boot has the name that the others have. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 3, 0)
#define ktime_get_boottime_ns()	((u64)ktime_to_ns(ktime_get_boottime()))
#endif

/* 5.1: static_assert(). */
#ifndef static_assert
#define static_assert(expr, ...)	_Static_assert(expr, #expr)
#endif

/* 4.16: what poll() returns is a type of its own. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(4, 16, 0)
#define __poll_t	unsigned int
#undef EPOLLIN
#undef EPOLLRDNORM
#define EPOLLIN		POLLIN
#define EPOLLRDNORM	POLLRDNORM
#endif

/* 4.14: a parameter's value ends its line itself. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(4, 14, 0)
#define SHMEXEC_PARAM_END ""
#else
#define SHMEXEC_PARAM_END "\n"
#endif

/* 4.14: bprm->secureexec.  Before, it is what the program was told of itself. */
static inline bool shmexec_secureexec(const struct linux_binprm *bprm)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(4, 14, 0)
	return bprm->secureexec;
#else
	const unsigned long *auxv = current->mm->saved_auxv;
	unsigned int i;

	for (i = 0; i + 1 < AT_VECTOR_SIZE && auxv[i]; i += 2)
		if (auxv[i] == AT_SECURE)
			return auxv[i + 1];
	return false;
#endif
}

/* 4.11: parts of linux/sched.h are headers of their own. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(4, 11, 0)
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#endif

/* 4.10: who only asks may have constant paths. */
static inline bool shmexec_path_is_under(const struct path *path,
					 const struct path *root)
{
	return path_is_under((struct path *)path, (struct path *)root);
}

/* 4.9: groups are in one array. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(4, 9, 0)
#define shmexec_group(groups, i)	((groups)->gid[i])
#else
#define shmexec_group(groups, i)	GROUP_AT(groups, i)
#endif

/* 4.6: strtobool() with a k, which some have taken over. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(4, 6, 0)
#define kstrtobool	strtobool
#endif

/* 4.3: strscpy(). */
#if LINUX_VERSION_CODE < KERNEL_VERSION(4, 3, 0)
#define strscpy	shmexec_strscpy
static inline ssize_t shmexec_strscpy(char *to, const char *from, size_t size)
{
	size_t len = strnlen(from, size), kept = min(len, size - 1);

	memcpy(to, from, kept);
	to[kept] = '\0';
	return len < size ? (ssize_t)len : -E2BIG;
}
#endif

/* 4.3: ambient capabilities. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(4, 3, 0)
#define shmexec_cap_ambient(cred)	shmexec_cap_bits((cred)->cap_ambient)
#else
#define shmexec_cap_ambient(cred)	0
#endif

/* 4.2: the files of a device's directory come and go with it. */
static inline int shmexec_misc_register(struct miscdevice *misc,
					const struct attribute_group **groups)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(4, 2, 0)
	misc->groups = groups;
	return misc_register(misc);
#else
	int ret = misc_register(misc);

	if (ret)
		return ret;
	for (; !ret && *groups; groups++)
		ret = sysfs_create_group(&misc->this_device->kobj, *groups);
	if (ret)
		misc_deregister(misc);
	return ret;
#endif
}

/* 3.19: the number of a namespace is in what all kinds have in common. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(3, 19, 0)
#define shmexec_ns_number(of)	((of)->ns.inum)
#else
#define shmexec_ns_number(of)	((of)->proc_inum)
#endif

static inline u32 shmexec_mnt_ns_number(const struct mnt_namespace *ns)
{
	return shmexec_ns_number((const struct shmexec_mnt_namespace *)ns);
}

/* 4.6: namespaces of cgroups. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(4, 6, 0)
#define shmexec_cgroup_ns_number(nsproxy)	shmexec_ns_number((nsproxy)->cgroup_ns)
#else
#define shmexec_cgroup_ns_number(nsproxy)	0
#endif

#ifdef CONFIG_CGROUPS

/* 4.9: kernfs_path() writes where it is told to; before, somewhere behind it. */
static inline bool shmexec_cgroup_path(struct cgroup *cgroup, char *buf, int size)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(4, 9, 0)
	return kernfs_path(cgroup->kn, buf, size) >= 0;
#elif LINUX_VERSION_CODE >= KERNEL_VERSION(3, 16, 0)
	const char *path = kernfs_path(cgroup->kn, buf, size);

	if (path)
		memmove(buf, path, strlen(path) + 1);
	return path;
#else
	return !cgroup_path(cgroup, buf, size);
#endif
}

/* 3.16: the unified hierarchy, in which all are, and of which all are made; before, none. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(3, 16, 0)
#define shmexec_cgroup_unified(set)	((set)->dfl_cgrp)
#define shmexec_cgroup_is_top(cgroup)	(!(cgroup)->self.parent)
#else
#define shmexec_cgroup_unified(set)	((struct cgroup *)NULL)
#define shmexec_cgroup_is_top(cgroup)	(!(cgroup)->parent)
#endif

#endif /* CONFIG_CGROUPS */

/* 3.19: READ_ONCE(), WRITE_ONCE(), d_inode(). */
#ifndef READ_ONCE
#define READ_ONCE(x)		ACCESS_ONCE(x)
#endif
#ifndef WRITE_ONCE
#define WRITE_ONCE(x, value)	(ACCESS_ONCE(x) = (value))
#endif
#if LINUX_VERSION_CODE < KERNEL_VERSION(3, 19, 0)
#define d_inode(dentry)		((dentry)->d_inode)
#endif

/* 3.19: mounts that are going say so; a macro at first, no more by 7.3. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(3, 19, 0) && !defined(MNT_UMOUNT)
#define MNT_UMOUNT	0
#endif

/* 3.18: strings with their odd bytes escaped. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(3, 18, 0)
#define SHMEXEC_ESCAPED	"%*pE"
#else
#define SHMEXEC_ESCAPED	"%.*s"
#endif

/* 3.17: times of one size everywhere, and in nanoseconds. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(3, 17, 0)
#define timespec64			timespec
#define timespec64_to_ns		timespec_to_ns
#define timespec_to_timespec64(time)	(time)
#define ktime_get_real_ns()		((u64)ktime_to_ns(ktime_get_real()))
#endif

/* 3.15: tracepoints are found by walking, no longer by their names. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(3, 15, 0)
#define for_each_kernel_tracepoint	shmexec_tracepoints

static inline void shmexec_tracepoints(void (*look)(struct tracepoint *tp, void *data),
				       void *data)
{
	struct tracepoint_iter iter;

	tracepoint_iter_reset(&iter);
	for (tracepoint_iter_start(&iter); iter.tracepoint; tracepoint_iter_next(&iter))
		look(*iter.tracepoint, data);
	tracepoint_iter_stop(&iter);
}

#define tracepoint_probe_register(tp, probe, data) \
	tracepoint_probe_register((tp)->name, probe, data)
#define tracepoint_probe_unregister(tp, probe, data) \
	tracepoint_probe_unregister((tp)->name, probe, data)
#endif

/*
 * After 3.10: the file of a script's interpreter is still the exec's when that is
 * told.  4.4 has it; asked for at run time where it is not sure.
 */
static inline struct file *shmexec_exec_file(const struct linux_binprm *bprm)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(4, 1, 0)
	return bprm->file;
#else
	/* Nobody else has this memory yet who could change it. */
	return bprm->file ? bprm->file : current->mm->exe_file;
#endif
}

#endif /* _SHMEXEC_COMPAT_H */
