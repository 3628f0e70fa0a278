// SPDX-License-Identifier: GPL-2.0
/*
 * The gate: writing the names of a file costs some thousand instructions, and
 * nearly no file can hit.  Here the first two components of its path are looked
 * at where they are, in the dentries.
 */
#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/mount.h>
#include <linux/sched.h>
#include <linux/seqlock.h>
#include "compat.h"
#include "gate.h"
#include "limits.h"
#include "mountpoint.h"
#include "paths.h"
#include "uapi/shmexec.h"

/* The first components of a path; NULL: not known, or missing. */
struct top {
	const struct dentry *first;
	const struct dentry *second;
};

/* Climbs from @d to @to.  Returns false if @to is not above. */
static __always_inline bool climb(struct top *top, const struct dentry *d,
				  const struct dentry *to)
{
	u32 left = SHMEXEC_DEPTH_MAX;

	while (d != to) {
		const struct dentry *parent = READ_ONCE(d->d_parent);

		if (parent == d)
			return false;
		top->second = top->first;
		top->first = d;
		d = parent;
		if (!--left)
			return false;
	}
	return true;
}

/* One number of a way up: from mount to mount, each time where. */
static __always_inline unsigned long add_step(unsigned long way, const struct path *to)
{
	return (way * 9 + (unsigned long)to->mnt) * 9 + (unsigned long)to->dentry;
}

/*
 * Likewise, from mount to mount.  Those that move meanwhile could show a path that the
 * file never had, too, so that afterwards all have to be where they were.
 */
static noinline struct top find_top_across(struct path path)
{
	const struct path *root = &current->fs->root;
	const struct vfsmount *last = READ_ONCE(root->mnt);
	struct path again = { .mnt = path.mnt };
	struct top top = {};
	unsigned long way = 0, now = 0;
	u32 nr = 0;

	do {
		if (nr++ == SHMEXEC_MOUNTS_MAX ||
		    !climb(&top, path.dentry, path.mnt->mnt_root) ||
		    !shmexec_mountpoint_above(&path))
			return (struct top){};
		way = add_step(way, &path);
	} while (path.mnt != last);
	if (!climb(&top, path.dentry, READ_ONCE(root->dentry)))
		return (struct top){};
	/* All steps are read before they are read again. */
	smp_rmb();
	do {
		if (!__shmexec_mountpoint_above(&again))
			return (struct top){};
		now = add_step(now, &again);
	} while (--nr);
	return now == way ? top : (struct top){};
}

static __always_inline struct top find_top(const struct path *path)
{
	const struct path *root = &current->fs->root;
	struct top top = {};

	if (path->mnt != READ_ONCE(root->mnt))
		return find_top_across(*path);
	if (!climb(&top, path->dentry, READ_ONCE(root->dentry)))
		return (struct top){};
	return top;
}

static const char *name_of(const struct dentry *dentry)
{
	return dentry ? (const char *)READ_ONCE(dentry->d_name.name) : NULL;
}

/* What is not known may be anything. */
static __always_inline bool may_begin(const struct shmexec_heads *heads,
				      struct top top)
{
	const char *first = name_of(top.first);

	return !first ||
	       (shmexec_heads_alive(heads, 0, *first) &&
		shmexec_heads_components(heads, first, name_of(top.second)));
}

/* In a directory right below the root a name could go on like any head. */
static noinline bool relative_may_hit(const struct shmexec_heads *heads,
				      const struct path *file, struct top top)
{
	struct path pwd;

	shmexec_path_pwd(&pwd);
	/* In the directory of a file that is deep enough they begin alike. */
	if (pwd.mnt != file->mnt || pwd.dentry != READ_ONCE(file->dentry->d_parent) ||
	    !top.second || top.second == file->dentry)
		top = find_top(&pwd);
	if (!top.second)
		return !top.first ||
		       shmexec_heads_alive(heads, 0, *name_of(top.first));
	return may_begin(heads, top);
}

static bool typed_may_hit(const struct shmexec_heads *heads,
			  const struct linux_binprm *bprm, struct top top)
{
	if (bprm->filename[0] == '/')
		return shmexec_heads_path(heads, bprm->filename);
	return relative_may_hit(heads, &shmexec_exec_file(bprm)->f_path, top);
}

static noinline bool lies_below(const struct shmexec_policy *policy,
				const struct dentry *dentry)
{
	dev_t dev = dentry->d_sb->s_dev;
	struct top top = {};
	u32 i;

	if (!climb(&top, dentry, dentry->d_sb->s_root) || !top.first)
		return true;
	for (i = 0; i < policy->nr_roots; i++) {
		const struct shmexec_place *place = &policy->root[i].inside;
		const struct shmexec_pattern head = { place->path, place->len };

		if (policy->root[i].dev == dev &&
		    shmexec_head_components(&head, false, name_of(top.first),
					    name_of(top.second)))
			return true;
	}
	return false;
}

static noinline u32 look_closer(const struct shmexec_policy *policy,
				const struct linux_binprm *bprm)
{
	const struct path *path = &shmexec_exec_file(bprm)->f_path;
	struct top top = find_top(path);
	u32 views = 0;

	if (may_begin(&policy->heads, top))
		views |= SHMEXEC_VIEW_CANONICAL;
	if (typed_may_hit(&policy->heads, bprm, top))
		views |= SHMEXEC_VIEW_TYPED;
	if (shmexec_policy_has_root_on(policy, path->dentry->d_sb->s_dev) &&
	    lies_below(policy, path->dentry))
		views |= SHMEXEC_VIEW_DIRECTORY;
	return views;
}

/*
 * Nearly all that cannot hit, told at the least cost: an absolute name, and a
 * file on the mount of the root, that begin with another byte than any head.
 */
static __always_inline bool certainly_not(const struct shmexec_policy *policy,
					  const struct linux_binprm *bprm)
{
	const struct shmexec_heads *heads = &policy->heads;
	const struct path *path = &shmexec_exec_file(bprm)->f_path;
	const struct path *root = &current->fs->root;
	const struct dentry *d = path->dentry, *top = READ_ONCE(root->dentry);
	const char *typed = bprm->filename;
	const struct dentry *first;
	u32 left = SHMEXEC_GLANCE_DEPTH;

	if (typed[0] != '/' || shmexec_heads_alive(heads, 0, typed[1]) ||
	    shmexec_heads_odd(typed[1]))
		return false;
	if (path->mnt != READ_ONCE(root->mnt) ||
	    shmexec_policy_has_root_on(policy, d->d_sb->s_dev))
		return false;
	do {
		first = d;
		d = READ_ONCE(d->d_parent);
	} while (d != top && --left);
	return left && !shmexec_heads_alive(heads, 0, *name_of(first));
}

/**
 * shmexec_gate_views() - by which of its names may an executed file hit?
 * @policy: the rule and its directories
 * @bprm: the exec
 *
 * Two renames meanwhile could show a path that the file never had, and so could
 * another root.  Then its names are written, where the kernel's own functions
 * look for changes.
 *
 * Context: current executes @bprm, under rcu_read_lock(); does not sleep.
 * Return: SHMEXEC_VIEW_*; the names of the others neither hit nor are excluded,
 *	in whatever spelling
 */
u32 shmexec_gate_views(const struct shmexec_policy *policy,
		       const struct linux_binprm *bprm)
{
	const shmexec_seqcount_t *fs = shmexec_fs_seqcount(current->fs);
	unsigned int renames = raw_seqcount_begin(&rename_lock.seqcount);
	unsigned int roots = raw_seqcount_begin(fs);
	u32 views = certainly_not(policy, bprm) ? 0 : look_closer(policy, bprm);

	if (read_seqcount_retry(&rename_lock.seqcount, renames) ||
	    read_seqcount_retry(fs, roots))
		return SHMEXEC_VIEWS_ALL;
	return views;
}
