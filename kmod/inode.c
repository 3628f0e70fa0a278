// SPDX-License-Identifier: GPL-2.0
/* The file that runs, but for its names. */
#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/kdev_t.h>
#include <linux/magic.h>
#include <linux/mount.h>
#include <linux/string.h>
#include <linux/time.h>
#include <linux/uidgid.h>
#include "compat.h"
#include "inode.h"
#include "limits.h"

/* A user may set any time: one before 1970 counts as not known. */
static u64 since_1970(struct timespec64 time)
{
	return time.tv_sec < 0 ? 0 : timespec64_to_ns(&time);
}

static void fill_inode(struct shmexec_exec *exec, struct inode *inode)
{
	exec->file_inode = inode->i_ino;
	exec->file_generation = inode->i_generation;
	exec->file_size = i_size_read(inode);
	exec->file_atime = since_1970(shmexec_inode_atime(inode));
	exec->file_mtime = since_1970(shmexec_inode_mtime(inode));
	exec->file_ctime = since_1970(shmexec_inode_ctime(inode));
	exec->file_mode = inode->i_mode;
	exec->file_uid = __kuid_val(inode->i_uid);
	exec->file_gid = __kgid_val(inode->i_gid);
	exec->file_nlink = inode->i_nlink;
}

/* On a mount of the kernel's own only memfd_create(2) names files so. */
static bool is_memfd(const struct path *path)
{
	return path->mnt->mnt_flags & MNT_INTERNAL &&
	       !strncmp((const char *)path->dentry->d_name.name, "memfd:", 6);
}

/**
 * shmexec_record_inode() - add what the file is that runs
 * @record: the record
 * @file: the file, open
 *
 * Context: any; does not sleep.
 */
void shmexec_record_inode(struct shmexec_record *record, struct file *file)
{
	const struct super_block *sb = file_inode(file)->i_sb;
	struct shmexec_exec *exec = &record->exec;

	fill_inode(exec, file_inode(file));
	exec->dev_major = MAJOR(sb->s_dev);
	exec->dev_minor = MINOR(sb->s_dev);
	exec->fs_magic = sb->s_magic;
	if (sb->s_magic == TMPFS_MAGIC)
		exec->file_btime = since_1970(shmexec_tmpfs_btime(file_inode(file)));
	exec->known |= SHMEXEC_KNOWN_FILE;
	if (is_memfd(&file->f_path))
		exec->flags |= SHMEXEC_F_MEMFD;
	if (file->f_path.mnt->mnt_flags & MNT_UMOUNT)
		exec->flags |= SHMEXEC_F_DETACHED;
	shmexec_record_string(record, &exec->fs_type, sb->s_type->name,
			      strnlen(sb->s_type->name, SHMEXEC_FS_TYPE_MAX));
}
