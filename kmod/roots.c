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
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/workqueue.h>
#include "compat.h"
#include "limits.h"
#include "mountpoint.h"
#include "parse.h"
#include "roots.h"

/* A worker of the kernel has no root of its own in new kernels. */
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
 * What is not found for want of memory may be there all the same.
 */
static int find_nearest(const struct path *top, char *name, struct path *found)
{
	int ret;

	while ((ret = vfs_path_lookup(top->dentry, top->mnt, name, LOOKUP_FOLLOW,
				      found))) {
		char *slash = strrchr(name, '/');

		if (ret == -ENOMEM)
			return ret;
		if (!slash || slash == name) {
			*name = '\0';
			*found = *top;
			path_get(found);
			return 0;
		}
		*slash = '\0';
	}
	return 0;
}

/* @path, with "" for the root, and what of the spelling was not found. */
static int set_place(struct shmexec_place *place, const char *path,
		     const struct shmexec_root *root, u32 found)
{
	if (IS_ERR(path))
		return 0;
	place->path = kasprintf(GFP_KERNEL, "%s%.*s",
				strcmp(path, "/") ? path : "",
				(int)(root->spelling_len - found),
				root->spelling + found);
	if (!place->path)
		return -ENOMEM;
	place->len = strlen(place->path);
	return 0;
}

/* @buf holds two paths. */
static int locate(const struct path *top, struct shmexec_root *root, char *buf)
{
	char *name = buf, *text = buf + PATH_MAX;
	struct path found;
	u32 len;
	int ret;

	memcpy(name, root->spelling, root->spelling_len);
	name[root->spelling_len] = '\0';
	ret = find_nearest(top, name, &found);
	if (ret)
		return ret;
	shmexec_mountpoint_learn(&found);
	len = strlen(name);
	root->dev = found.dentry->d_sb->s_dev;
	ret = set_place(&root->inside,
			dentry_path_raw(found.dentry, text, PATH_MAX), root, len);
	if (!ret)
		ret = set_place(&root->real, d_path(&found, text, PATH_MAX),
				root, len);
	path_put(&found);
	return ret;
}

/* That it is what it is called says nothing new. */
static void drop_if_spelled(struct shmexec_root *root)
{
	struct shmexec_place *real = &root->real;

	if (!real->path || real->len != root->spelling_len ||
	    memcmp(real->path, root->spelling, real->len))
		return;
	kfree(real->path);
	*real = (struct shmexec_place){};
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

/* A call, made by a worker of the kernel. */
struct resolve {
	struct work_struct work;
	struct shmexec_root *roots;
	u32 nr;
	int ret;
};

static void resolve(struct work_struct *work)
{
	struct resolve *call = container_of(work, struct resolve, work);
	char *buf = kmalloc(2 * PATH_MAX, GFP_KERNEL);
	struct path top;
	u32 i;

	call->ret = buf ? root_of_init(&top) : -ENOMEM;
	if (!call->ret) {
		for (i = 0; i < call->nr && !call->ret; i++) {
			call->ret = locate(&top, &call->roots[i], buf);
			drop_if_spelled(&call->roots[i]);
		}
		path_put(&top);
	}
	kfree(buf);
}

/**
 * shmexec_roots_resolve() - find the directories that a rule names
 * @rule: the rule, alive as long as @roots
 * @roots: room for SHMEXEC_PATTERNS_MAX, to be freed with shmexec_roots_free()
 * @nr: set to how many there are
 *
 * They are looked for as process 1 sees them, and with the kernel's rights:
 * it makes no difference who asks, and from what container.  One that is not
 * there is where it would be, below the nearest directory that is.
 *
 * Context: may sleep, waits for filesystems.
 * Return: 0, -ENOMEM, -ESRCH if there is no process 1; there are none then
 */
int shmexec_roots_resolve(const struct shmexec_rule *rule,
			  struct shmexec_root *roots, u32 *nr)
{
	struct resolve call = { .roots = roots, .nr = list_roots(rule, roots) };

	INIT_WORK_ONSTACK(&call.work, resolve);
	schedule_work(&call.work);
	flush_work(&call.work);
	destroy_work_on_stack(&call.work);
	if (call.ret) {
		shmexec_roots_free(roots, call.nr);
		call.nr = 0;
	}
	*nr = call.nr;
	return call.ret;
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

	for (i = 0; i < nr; i++) {
		kfree(roots[i].inside.path);
		kfree(roots[i].real.path);
	}
}
