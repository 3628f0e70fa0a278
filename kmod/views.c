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

	if (!(rule->views & view) || !name->text)
		return;
	pattern = shmexec_rule_include(rule, name->text, name->len);
	if (!pattern)
		return;
	if (shmexec_rule_exclude(rule, name->text, name->len))
		verdict->excluded = true;
	else
		hit(verdict, view, pattern);
}

static bool on_filesystem(dev_t dev, const struct shmexec_root *roots, u32 nr)
{
	u32 i;

	for (i = 0; i < nr; i++)
		if (roots[i].dev == dev)
			return true;
	return false;
}

/*
 * A file may lie below several roots: /run/lock is in /var/run and is
 * /var/lock.  Each gives it a name, and all of them are true, so one that is
 * excluded excludes them all: who leaves out /dev/shm/x does not want to hear
 * of /run/shm/x.  The first one that is included is the name.
 */
static void judge_directory(struct shmexec_verdict *verdict,
			    const struct shmexec_rule *rule,
			    const struct shmexec_root *roots, u32 nr,
			    const struct shmexec_name *inside, dev_t dev)
{
	const struct shmexec_pattern *pattern, *first = NULL;
	const struct shmexec_root *by = NULL;
	bool excluded = false;
	u32 i;

	for (i = 0; i < nr; i++) {
		struct shmexec_name name;

		if (roots[i].dev != dev || !shmexec_name_below(inside, &roots[i]))
			continue;
		shmexec_name_spell(&name, inside, &roots[i]);
		pattern = shmexec_rule_include(rule, name.text, name.len);
		excluded |= !!shmexec_rule_exclude(rule, name.text, name.len);
		shmexec_name_unspell(inside, &roots[i]);
		if (!by || (pattern && !first))
			by = &roots[i];
		if (!first)
			first = pattern;
	}
	if (by)
		shmexec_name_spell(&verdict->directory, inside, by);
	if (!first || !(rule->views & SHMEXEC_VIEW_DIRECTORY))
		return;
	if (excluded)
		verdict->excluded = true;
	else
		hit(verdict, SHMEXEC_VIEW_DIRECTORY, first);
}

/**
 * shmexec_views_judge() - hold the rule against an executed file
 * @verdict: set
 * @rule: the rule
 * @roots: its directories
 * @nr_roots: how many
 * @bprm: the exec
 * @scratch: memory for the names
 *
 * Context: current executes @bprm, under rcu_read_lock(); does not sleep.
 */
void shmexec_views_judge(struct shmexec_verdict *verdict,
			 const struct shmexec_rule *rule,
			 const struct shmexec_root *roots, u32 nr_roots,
			 const struct linux_binprm *bprm,
			 struct shmexec_scratch *scratch)
{
	dev_t dev = bprm->file->f_path.dentry->d_sb->s_dev;
	struct shmexec_name inside;

	memset(verdict, 0, sizeof(*verdict));
	shmexec_name_canonical(&verdict->canonical, bprm, scratch);
	judge_name(verdict, rule, SHMEXEC_VIEW_CANONICAL, &verdict->canonical);
	shmexec_name_typed(&verdict->typed, bprm, scratch);
	judge_name(verdict, rule, SHMEXEC_VIEW_TYPED, &verdict->typed);

	if (!on_filesystem(dev, roots, nr_roots))
		return;
	shmexec_name_inside(&inside, bprm, scratch);
	if (inside.text)
		judge_directory(verdict, rule, roots, nr_roots, &inside, dev);
}
