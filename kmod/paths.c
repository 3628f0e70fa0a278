// SPDX-License-Identifier: GPL-2.0
/* Paths as the kernel has them, and what is left of those that do not fit. */
#include <linux/dcache.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/mount.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/seqlock.h>
#include <linux/string.h>
#include "compat.h"
#include "limits.h"
#include "paths.h"

/* A '/', the last component of a path, and a NUL. */
#define LEAF_MAX	(NAME_MAX + 2)

/* From the root of the task; without a mount, from that of the filesystem. */
static char *write_path(const struct path *path, char *buf, int size)
{
	return path->mnt ? d_path(path, buf, size) :
			   dentry_path_raw(path->dentry, buf, size);
}

/*
 * d_path() adds " (deleted)" to the path of an unlinked file, and a file may
 * be called that: only the dentry tells.  One that is unlinked while we look
 * stays so, hence one more try is enough.
 *
 * Returns what d_path() does; *@deleted says whether the suffix was removed.
 */
static char *path_of(const struct path *path, char *buf, int size,
		     bool *deleted)
{
	static const char suffix[] = " (deleted)";
	size_t len;
	char *text;

	*deleted = path->mnt && d_unlinked(path->dentry);
	text = write_path(path, buf, size);
	if (path->mnt && *deleted != d_unlinked(path->dentry)) {
		*deleted = true;
		text = write_path(path, buf, size);
	}
	if (IS_ERR(text) || !*deleted)
		return text;

	len = strlen(text);
	if (len > strlen(suffix) &&
	    !strcmp(text + len - strlen(suffix), suffix))
		text[len - strlen(suffix)] = '\0';
	return text;
}

/* The root of the task if @path is below it on one mount, else the mount's. */
static const struct dentry *ceiling(const struct path *path)
{
	const struct dentry *root = READ_ONCE(current->fs->root.dentry);
	const struct dentry *d = path->dentry;
	u32 i;

	if (!path->mnt)
		return d->d_sb->s_root;
	for (i = 0; i < SHMEXEC_DEPTH_MAX && d != path->mnt->mnt_root; i++) {
		if (d == root)
			return root;
		d = READ_ONCE(d->d_parent);
	}
	return path->mnt->mnt_root;
}

/* How many bytes @d takes below @top in a path, ~0 if it is too deep. */
static u32 bytes_below(const struct dentry *d, const struct dentry *top)
{
	u32 bytes = 0, i;

	for (i = 0; d != top; i++) {
		if (i == SHMEXEC_DEPTH_MAX || IS_ROOT(d))
			return ~0U;
		bytes += READ_ONCE(d->d_name.len) + 1;
		d = READ_ONCE(d->d_parent);
	}
	return bytes;
}

/* The directory above @d below which at least @bytes of its path are. */
static struct dentry *climb(struct dentry *d, const struct dentry *top,
			    u32 bytes)
{
	u32 left = bytes;

	while (left && d != top && !IS_ROOT(d)) {
		u32 len = READ_ONCE(d->d_name.len) + 1;

		left -= min(left, len);
		d = READ_ONCE(d->d_parent);
	}
	return d;
}

/*
 * The head of a path that does not fit, and its last component: an include
 * names a directory at the head, so this hits as the whole would.
 */
static char *cut_path_of(const struct path *path, char *buf, int size)
{
	const struct dentry *top = ceiling(path);
	struct path head = { .mnt = path->mnt, .dentry = (struct dentry *)top };
	int room = size - LEAF_MAX;
	bool ignored;
	char *text;
	u32 below;

	below = bytes_below(path->dentry, top);
	if (room <= 0 || below == ~0U)
		return ERR_PTR(-ENAMETOOLONG);
	text = path_of(&head, buf, room, &ignored);
	if (IS_ERR(text))
		return text;

	below += strlen(text) + 1;
	/* It did not fit, but its mount has been moved meanwhile. */
	if (below <= room)
		return path_of(path, buf, size, &ignored);
	head.dentry = climb(path->dentry, top, below - min_t(u32, below, room));
	text = path_of(&head, buf, room, &ignored);
	if (IS_ERR(text))
		return text;

	if (!strcmp(text, "/"))
		*text = '\0';
	scnprintf(text + strlen(text), LEAF_MAX, "/%s",
		  READ_ONCE(path->dentry->d_name.name));
	return text;
}

/*
 * A directory found above the file may be above it no more when its path is
 * written, as others rename directories.
 */
static char *steady_cut_path_of(const struct path *path, char *buf, int size)
{
	char *text = ERR_PTR(-EAGAIN);
	unsigned int renames, i;

	rcu_read_lock();
	for (i = 0; i < SHMEXEC_TRIES; i++) {
		renames = raw_seqcount_begin(&rename_lock.seqcount);
		text = cut_path_of(path, buf, size);
		if (!read_seqcount_retry(&rename_lock.seqcount, renames))
			break;
		text = ERR_PTR(-EAGAIN);
	}
	rcu_read_unlock();
	return text;
}

static void take_name(struct shmexec_name *name, const struct path *path,
		      char *buf, u32 size)
{
	char *text = path_of(path, buf, size, &name->deleted);

	name->cut = IS_ERR(text);
	if (name->cut)
		text = steady_cut_path_of(path, buf, size);
	name->text = IS_ERR(text) ? NULL : text;
	name->len = name->text ? strlen(name->text) : 0;
}

/**
 * shmexec_path_from_root() - the path of a file, from the root of the task
 * @name: set
 * @path: the file, held by the caller or by RCU
 * @buf: memory for it
 * @size: of @buf, in bytes
 *
 * Context: current is the task; does not sleep.
 */
void shmexec_path_from_root(struct shmexec_name *name, const struct path *path,
			    char *buf, u32 size)
{
	take_name(name, path, buf, size);
}

/**
 * shmexec_path_inside() - the path of a file, from the root of its filesystem
 * @name: set; @name->deleted is not
 * @dentry: the file, held by the caller
 * @buf: memory for it
 * @size: of @buf, in bytes
 *
 * Context: any; does not sleep.
 */
void shmexec_path_inside(struct shmexec_name *name, struct dentry *dentry,
			 char *buf, u32 size)
{
	struct path path = { .dentry = dentry };

	take_name(name, &path, buf, size);
}

/* A consistent pair: others may share the fs_struct, or pivot the root. */
static void snapshot(struct path *to, const struct path *from)
{
	const shmexec_seqcount_t *seq = shmexec_fs_seqcount(current->fs);
	unsigned int start;

	do {
		start = read_seqcount_begin(seq);
		*to = *from;
	} while (read_seqcount_retry(seq, start));
}

/**
 * shmexec_path_pwd() - the working directory of the task
 * @pwd: set; not held, valid until rcu_read_unlock()
 *
 * Context: under rcu_read_lock(); does not sleep.
 */
void shmexec_path_pwd(struct path *pwd)
{
	snapshot(pwd, &current->fs->pwd);
}

/**
 * shmexec_path_root() - the root directory of the task
 * @root: set; as for shmexec_path_pwd()
 *
 * Context: likewise.
 */
void shmexec_path_root(struct path *root)
{
	snapshot(root, &current->fs->root);
}

/**
 * shmexec_path_unreachable() - is there no way to a file?
 * @path: the file, held by the caller
 *
 * Context: current is the task, under rcu_read_lock(); does not sleep.
 * Return: whether no path leads to it from the task's root
 */
bool shmexec_path_unreachable(const struct path *path)
{
	struct path root;

	shmexec_path_root(&root);
	return !shmexec_path_is_under(path, &root);
}
