// SPDX-License-Identifier: GPL-2.0
/* The directories that the rule names, found once, in process context. */
#include <linux/dcache.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/namei.h>
#include <linux/pid.h>
#include <linux/pid_namespace.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "compat.h"
#include "limits.h"
#include "parse.h"
#include "roots.h"

/*
 * The rule means the machine's directories: not those of a container that
 * sets a parameter, nor those of a logger with a /tmp of its own.
 */
static int root_of_init(struct path *root)
{
	struct task_struct *init;
	int ret = -ESRCH;

	rcu_read_lock();
	init = pid_task(find_pid_ns(1, &init_pid_ns), PIDTYPE_PID);
	if (init)
		get_task_struct(init);
	rcu_read_unlock();
	if (!init)
		return ret;

	task_lock(init);
	if (init->fs) {
		get_fs_root(init->fs, root);
		ret = 0;
	}
	task_unlock(init);
	put_task_struct(init);
	return ret;
}

/*
 * Looks for the directory @name, or else for the nearest one above that is
 * there: what is below it may be made later.  Cuts @name short accordingly.
 */
static void find_nearest(const struct path *top, char *name, struct path *found)
{
	while (vfs_path_lookup(top->dentry, top->mnt, name, LOOKUP_FOLLOW, found)) {
		char *slash = strrchr(name, '/');

		if (!slash || slash == name) {
			*name = '\0';
			*found = *top;
			path_get(found);
			return;
		}
		*slash = '\0';
	}
}

/* Sets what tells @root's place; @buf holds two paths. */
static int locate(const struct path *top, struct shmexec_root *root, char *buf)
{
	char *name = buf, *inside;
	struct path found;

	memcpy(name, root->spelling, root->spelling_len);
	name[root->spelling_len] = '\0';
	find_nearest(top, name, &found);
	inside = dentry_path_raw(found.dentry, buf + PATH_MAX, PATH_MAX);
	if (!IS_ERR(inside)) {
		if (!strcmp(inside, "/"))
			*inside = '\0';
		root->dev = found.dentry->d_sb->s_dev;
		root->inside = kasprintf(GFP_KERNEL, "%s%.*s", inside,
					 (int)(root->spelling_len - strlen(name)),
					 root->spelling + strlen(name));
	}
	path_put(&found);
	if (IS_ERR(inside))
		return 0;
	if (!root->inside)
		return -ENOMEM;
	root->inside_len = strlen(root->inside);
	return 0;
}

/* The directories that the include patterns begin with, each once. */
static u32 list_roots(const struct shmexec_rule *rule, struct shmexec_root *roots)
{
	u32 nr = 0, i, j;

	for (i = 0; i < rule->nr_include; i++) {
		const struct shmexec_pattern *pattern = &rule->include[i];
		u32 len = shmexec_literal_directory(pattern);

		for (j = 0; j < nr; j++)
			if (roots[j].spelling_len == len &&
			    !memcmp(roots[j].spelling, pattern->text, len))
				break;
		if (len && j == nr)
			roots[nr++] = (struct shmexec_root){
				.spelling = pattern->text,
				.spelling_len = len,
			};
	}
	return nr;
}

/**
 * shmexec_roots_resolve() - find the directories that a rule names
 * @rule: the rule, alive as long as @roots
 * @roots: room for SHMEXEC_PATTERNS_MAX, to be freed with shmexec_roots_free()
 * @nr: set to how many there are
 *
 * They are looked for as process 1 sees them.  One that is not there is where
 * it would be, below the nearest directory that is.
 *
 * Context: may sleep, takes locks of the filesystems.
 * Return: 0, -ENOMEM, and then nothing is to be freed
 */
int shmexec_roots_resolve(const struct shmexec_rule *rule,
			  struct shmexec_root *roots, u32 *nr)
{
	char *buf = kmalloc(2 * PATH_MAX, GFP_KERNEL);
	struct path top;
	int ret = 0;
	u32 i;

	if (!buf)
		return -ENOMEM;
	*nr = list_roots(rule, roots);
	if (!root_of_init(&top)) {
		for (i = 0; i < *nr && !ret; i++)
			ret = locate(&top, &roots[i], buf);
		path_put(&top);
	}
	kfree(buf);
	if (ret)
		shmexec_roots_free(roots, *nr);
	return ret;
}

/**
 * shmexec_roots_free() - free what the roots own
 * @roots: the roots
 * @nr: how many
 *
 * Context: any.
 */
void shmexec_roots_free(struct shmexec_root *roots, u32 nr)
{
	u32 i;

	for (i = 0; i < nr; i++)
		kfree(roots[i].inside);
}
