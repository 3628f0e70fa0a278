// SPDX-License-Identifier: GPL-2.0
/* The verdict: the rule held against each name of the file. */
#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/string.h>
#include "compat.h"
#include "uapi/shmexec.h"
#include "views.h"

static void hit(struct shmexec_verdict *verdict, u32 view,
		const struct shmexec_pattern *pattern)
{
	verdict->views |= view;
	if (!verdict->pattern)
		verdict->pattern = pattern;
}

static void judge_name(struct shmexec_verdict *verdict,
		       const struct shmexec_rule *rule, u32 view,
		       const struct shmexec_name *name)
{
	const struct shmexec_pattern *pattern;

	if (!(rule->views & view))
		return;
	if (!name->text) {
		verdict->unknown |= name->cut;
		return;
	}
	pattern = shmexec_rule_include(rule, name->text, name->len);
	if (!pattern)
		return;
	if (shmexec_rule_exclude(rule, name->text, name->len))
		verdict->excluded = true;
	else
		hit(verdict, view, pattern);
}

/* What is judged by directory: a path, and which place of a root it goes by. */
struct located {
	struct shmexec_name name;
	dev_t dev;	/* inside this filesystem; 0: from the root of the task */
};

static const struct shmexec_place *place_of(const struct shmexec_root *root,
					    const struct located *file)
{
	const struct shmexec_place *place =
		file->dev ? &root->inside : &root->real;

	if (file->dev && file->dev != root->dev)
		return NULL;
	return shmexec_name_below(&file->name, place) ? place : NULL;
}

/*
 * A file may lie below several roots: /run/lock is in /var/run and is
 * /var/lock.  Each gives it a name, and all of them are true, so one that is
 * excluded excludes them all: who leaves out /dev/shm/x does not want to hear
 * of /run/shm/x.  The first one that is included is the name.  Returns false if it
 * lies below none.
 */
static bool judge_spellings(struct shmexec_verdict *verdict,
			    const struct shmexec_policy *policy,
			    const struct located *file)
{
	const struct shmexec_pattern *pattern, *first = NULL;
	const struct shmexec_root *by = NULL;
	struct shmexec_name name;
	bool excluded = false;
	u32 i;

	for (i = 0; i < policy->nr_roots; i++) {
		const struct shmexec_root *root = &policy->root[i];
		const struct shmexec_place *place = place_of(root, file);

		if (!place)
			continue;
		shmexec_name_spell(&name, &file->name, place, root);
		pattern = shmexec_rule_include(&policy->rule, name.text, name.len);
		excluded |= !!shmexec_rule_exclude(&policy->rule, name.text, name.len);
		shmexec_name_unspell(&file->name, place);
		if (!by || (pattern && !first))
			by = root;
		if (!first)
			first = pattern;
	}
	if (!by)
		return false;
	shmexec_name_spell(&verdict->directory, &file->name, place_of(by, file), by);
	if (!first || !(policy->rule.views & SHMEXEC_VIEW_DIRECTORY))
		return true;
	if (excluded)
		verdict->excluded = true;
	else
		hit(verdict, SHMEXEC_VIEW_DIRECTORY, first);
	return true;
}

static void directory_unknown(struct shmexec_verdict *verdict,
			      const struct shmexec_rule *rule)
{
	verdict->unknown |= !!(rule->views & SHMEXEC_VIEW_DIRECTORY);
}

/* Opened by its handle, it may be known without a directory that it is in. */
static bool is_disconnected(const struct dentry *dentry)
{
	return IS_ROOT(dentry) && dentry != dentry->d_sb->s_root;
}

/* By the filesystem that it is on, and its path in it. */
static void judge_by_place(struct shmexec_verdict *verdict,
			   const struct shmexec_policy *policy,
			   const struct linux_binprm *bprm,
			   struct shmexec_scratch *scratch)
{
	const struct dentry *dentry = shmexec_exec_file(bprm)->f_path.dentry;
	struct located file = { .dev = dentry->d_sb->s_dev };
	u32 i;

	for (i = 0; i < policy->nr_roots; i++)
		if (policy->root[i].dev == file.dev)
			break;
	if (i == policy->nr_roots)
		return;
	shmexec_name_inside(&file.name, bprm, scratch);
	if (!file.name.text || is_disconnected(dentry))
		directory_unknown(verdict, &policy->rule);
	else
		judge_spellings(verdict, policy, &file);
}

/*
 * By a name of it that begins with what a root really is: of a file on another
 * filesystem mounted below /run, and of a script in /run, there is no place to
 * go by.  A name that an include matches has been judged as it is.  A directory
 * name that did not hit makes room, up to @left: it would be too little for three.
 */
static void judge_by_name(struct shmexec_verdict *verdict,
			  const struct shmexec_policy *policy,
			  const struct shmexec_name *name,
			  struct shmexec_scratch *scratch, u32 left)
{
	struct located file = {};
	u32 i;

	if (verdict->views & SHMEXEC_VIEW_DIRECTORY || !name->text)
		return;
	for (i = 0; i < policy->nr_roots; i++)
		if (shmexec_name_below(name, &policy->root[i].real))
			break;
	if (i == policy->nr_roots ||
	    shmexec_rule_include(&policy->rule, name->text, name->len))
		return;
	scratch->left = left;
	verdict->directory = (struct shmexec_name){};
	shmexec_name_copy(&file.name, name, scratch);
	if (!file.name.text || !judge_spellings(verdict, policy, &file))
		directory_unknown(verdict, &policy->rule);
}

/* Those of @views that have not been looked at yet. */
static void look(struct shmexec_verdict *verdict,
		 const struct shmexec_policy *policy,
		 const struct linux_binprm *bprm, u32 views,
		 struct shmexec_scratch *scratch)
{
	const struct shmexec_rule *rule = &policy->rule;

	views &= ~verdict->looked;
	verdict->looked |= views;
	if (views & SHMEXEC_VIEW_CANONICAL) {
		shmexec_name_canonical(&verdict->canonical, bprm, scratch);
		judge_name(verdict, rule, SHMEXEC_VIEW_CANONICAL,
			   &verdict->canonical);
	}
	if (views & SHMEXEC_VIEW_TYPED) {
		shmexec_name_typed(&verdict->typed, bprm, scratch);
		judge_name(verdict, rule, SHMEXEC_VIEW_TYPED, &verdict->typed);
	}
	if (views & SHMEXEC_VIEW_DIRECTORY)
		judge_by_place(verdict, policy, bprm, scratch);
}

/**
 * shmexec_views_judge() - hold the rule against an executed file
 * @verdict: set
 * @policy: the rule and its directories
 * @bprm: the exec
 * @views: those by which it may hit, from shmexec_gate_views()
 * @scratch: memory for the names
 *
 * Context: current executes @bprm, under rcu_read_lock(); does not sleep.
 */
void shmexec_views_judge(struct shmexec_verdict *verdict,
			 const struct shmexec_policy *policy,
			 const struct linux_binprm *bprm, u32 views,
			 struct shmexec_scratch *scratch)
{
	u32 left;

	memset(verdict, 0, sizeof(*verdict));
	look(verdict, policy, bprm, views & ~SHMEXEC_VIEW_DIRECTORY, scratch);
	left = scratch->left;
	look(verdict, policy, bprm, views & SHMEXEC_VIEW_DIRECTORY, scratch);
	judge_by_name(verdict, policy, &verdict->canonical, scratch, left);
	judge_by_name(verdict, policy, &verdict->typed, scratch, left);
}

/**
 * shmexec_views_complete() - look at the names of a hit that did not matter
 * @verdict: from shmexec_views_judge()
 * @policy: as given there
 * @bprm: likewise
 * @scratch: likewise
 *
 * Context: as shmexec_views_judge().
 */
void shmexec_views_complete(struct shmexec_verdict *verdict,
			    const struct shmexec_policy *policy,
			    const struct linux_binprm *bprm,
			    struct shmexec_scratch *scratch)
{
	look(verdict, policy, bprm, SHMEXEC_VIEWS_ALL, scratch);
}
