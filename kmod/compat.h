/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What older kernels lack.  The code is written for the newest kernel, and
 * this is the only file that asks which one it is built for.
 */
#ifndef _SHMEXEC_COMPAT_H
#define _SHMEXEC_COMPAT_H

#include <linux/build_bug.h>
#include <linux/fs_struct.h>
#include <linux/seqlock.h>

#ifndef CONFIG_TRACEPOINTS
#error "shmexec needs CONFIG_TRACEPOINTS: turn on CONFIG_FTRACE and a tracer"
#endif

struct dentry;
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

#endif /* _SHMEXEC_COMPAT_H */
