// SPDX-License-Identifier: GPL-2.0
/*
 * The gate: writing the names of a file costs some thousand instructions, and
 * nearly no file can hit.  Here the first two components of its path are looked
 * at where they are, in the dentries.
 */
#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/sched.h>
#include "compat.h"
#include "gate.h"
#include "limits.h"
#include "paths.h"
#include "uapi/shmexec.h"

/* The first components of a path; NULL: not known, or missing. */
struct top {
	const struct dentry *first;
	const struct dentry *second;
};

/*
 * Climbs from @d to @root.  A rename meanwhile gives the name before or after
 * it, as it does to execve.
 */
static __always_inline struct top find_top(const struct dentry *d,
					   const struct dentry *root)
{
	const struct dentry *below = NULL, *parent;
	u32 i;

	for (i = 0; i < SHMEXEC_DEPTH_MAX; i++) {
		parent = READ_ONCE(d->d_parent);
		if (parent == d)
			break;
		if (parent == root)
			return (struct top){ d, below };
		below = d;
		d = parent;
	}
	return (struct top){};
}

static const char *name_of(const struct dentry *dentry)
{
	return dentry ? (const char *)READ_ONCE(dentry->d_name.name) : NULL;
}

static bool begins(const struct shmexec_heads *heads, struct top top)
{
	const char *first = name_of(top.first);

	return shmexec_heads_first(heads, *first) &&
	       shmexec_heads_components(heads, first, name_of(top.second));
}

/* On another mount than the root of the task only d_path() knows the way. */
static bool path_may_hit(const struct shmexec_heads *heads,
			 const struct path *path)
{
	const struct path *root = &current->fs->root;
	struct top top;

	if (path->mnt != READ_ONCE(root->mnt))
		return true;
	top = find_top(path->dentry, READ_ONCE(root->dentry));
	return !top.first || begins(heads, top);
}

/* In a directory right below the root a name could go on like any head. */
static noinline bool relative_may_hit(const struct shmexec_heads *heads)
{
	const struct path *root = &current->fs->root;
	struct path pwd;
	struct top top;

	shmexec_path_pwd(&pwd);
	if (pwd.mnt != READ_ONCE(root->mnt))
		return true;
	top = find_top(pwd.dentry, READ_ONCE(root->dentry));
	return !top.second || begins(heads, top);
}

static bool typed_may_hit(const struct shmexec_heads *heads, const char *typed)
{
	if (typed[0] != '/')
		return relative_may_hit(heads);
	return shmexec_heads_first(heads, typed[1]) &&
	       shmexec_heads_path(heads, typed);
}

static noinline bool lies_below(const struct dentry *dentry,
				const struct shmexec_place *place)
{
	const struct shmexec_pattern head = { place->path, place->len };
	struct top top = find_top(dentry, dentry->d_sb->s_root);

	return !top.first ||
	       shmexec_head_components(&head, false, name_of(top.first),
				       name_of(top.second));
}

static bool place_may_hit(const struct shmexec_policy *policy,
			  const struct dentry *dentry)
{
	dev_t dev = dentry->d_sb->s_dev;
	u32 i;

	for (i = 0; i < policy->nr_roots; i++)
		if (policy->root[i].dev == dev &&
		    lies_below(dentry, &policy->root[i].inside))
			return true;
	return false;
}

/**
 * shmexec_gate_views() - by which of its names may an executed file hit?
 * @policy: the rule and its directories
 * @bprm: the exec
 *
 * Context: current executes @bprm, under rcu_read_lock(); does not sleep.
 * Return: SHMEXEC_VIEW_*; the names of the others neither hit nor are excluded,
 *	in whatever spelling
 */
u32 shmexec_gate_views(const struct shmexec_policy *policy,
		       const struct linux_binprm *bprm)
{
	const struct path *path = &bprm->file->f_path;
	u32 views = 0;

	if (path_may_hit(&policy->heads, path))
		views |= SHMEXEC_VIEW_CANONICAL;
	if (typed_may_hit(&policy->heads, bprm->filename))
		views |= SHMEXEC_VIEW_TYPED;
	if (place_may_hit(policy, path->dentry))
		views |= SHMEXEC_VIEW_DIRECTORY;
	return views;
}
