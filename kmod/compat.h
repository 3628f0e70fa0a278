/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What older kernels lack.  The code is written for the newest kernel, and
 * this is the only file that asks which one it is built for.
 */
#ifndef _SHMEXEC_COMPAT_H
#define _SHMEXEC_COMPAT_H

#include <linux/build_bug.h>
#include <linux/capability.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/mount.h>
#include <linux/ns_common.h>
#include <linux/preempt.h>
#include <linux/seqlock.h>
#include <linux/version.h>

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

/*
 * fs_struct has a lock and a sequence counter up to 6.12 at least, one seqlock
 * by 7.2, which begins with such a counter.
 */
static inline const seqcount_spinlock_t *
shmexec_fs_seqcount(const struct fs_struct *fs)
{
	BUILD_BUG_ON(offsetof(seqlock_t, seqcount));
	return (const void *)&fs->seq;
}

/*
 * A spinlock_t sleeps on PREEMPT_RT, and before 7.0 a probe runs with
 * preemption off there as well.  That is the tracepoint's own doing, which has
 * its probes kept alive until it is on again: RCU, held by the caller, does so
 * too, as it takes sections that overlap for one.  So the kernel's functions
 * are called as from 7.0 on, and a lock is waited for as everywhere in RT.
 */
static inline bool shmexec_preemption_on(void)
{
	if (!IS_ENABLED(CONFIG_PREEMPT_RT) || preemptible())
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

/* Bit n is capability n. */
static inline u64 shmexec_cap_bits(kernel_cap_t cap)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 3, 0)
	return cap.val;
#else
	return (u64)cap.cap[1] << 32 | cap.cap[0];
#endif
}

/* Times have been behind functions since 6.7. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 7, 0)
#define shmexec_inode_atime	inode_get_atime
#define shmexec_inode_mtime	inode_get_mtime
#define shmexec_inode_ctime	inode_get_ctime
#else
#define shmexec_inode_atime(inode)	((inode)->i_atime)
#define shmexec_inode_mtime(inode)	((inode)->i_mtime)
#define shmexec_inode_ctime(inode)	((inode)->i_ctime)
#endif

/*
 * What a struct mnt_namespace, which fs/ keeps to itself, begins with on a
 * kernel that does not shuffle its structures.  Whoever asks for a number this
 * way has to see first that it is the right one.
 */
struct shmexec_mnt_namespace {
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 11, 0)
	atomic_t count;
#endif
	struct ns_common ns;
};

static inline u32 shmexec_mnt_ns_number(const struct mnt_namespace *ns)
{
	return ((const struct shmexec_mnt_namespace *)ns)->ns.inum;
}

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

/* False where the compiler shuffles structures: then it is not even looked at. */
#define SHMEXEC_MOUNT_PLAIN	(!IS_ENABLED(CONFIG_RANDSTRUCT) && \
				 !IS_ENABLED(CONFIG_GCC_PLUGIN_RANDSTRUCT))

#endif /* _SHMEXEC_COMPAT_H */
