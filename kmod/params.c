// SPDX-License-Identifier: GPL-2.0
/*
 * The parameters of the rule: /etc/modprobe.d is the configuration file, and a
 * shell in /sys/module/shmexec/parameters the control tool.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/capability.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "change.h"
#include "compat.h"
#include "params.h"
#include "policy.h"
#include "settings.h"
#include "uapi/shmexec.h"

/* All protected by shmexec_policy_lock. */
static enum { LOADING, RUNNING, GOING } state;
static struct shmexec_stream *changes;	/* where they are told: RUNNING */
static bool locked;
static bool lock_at_start;

static int refuse(const char *name, const char *value,
		  const struct shmexec_complaint *bad, int error)
{
	if (error == -EINVAL || error == -E2BIG)
		pr_err("%s: \"" SHMEXEC_ESCAPED "\" at byte %u is refused: %s\n", name,
		       (int)min_t(u32, bad->len, SHMEXEC_PATTERN_MAX),
		       value + bad->start, bad->at, bad->why);
	return error;
}

/* Whoever may remove the module may change its rule, until it is locked. */
static int check_permission(const char *name)
{
	lockdep_assert_held(&shmexec_policy_lock);

	if (state == GOING)
		return -ENODEV;
	if (locked)
		pr_err("%s: the rule is locked until reboot\n", name);
	else if (capable(CAP_SYS_MODULE))
		return 0;
	return -EPERM;
}

/* @values has room for two. */
static int change(const struct shmexec_setting *param, const char *value, char *values)
{
	struct shmexec_settings settings = *shmexec_policy_settings();
	u32 len = strlen(value);
	struct shmexec_complaint bad = { .at = 1 };
	char *old = values, *new = values + SHMEXEC_VALUE_SIZE;
	int ret;

	if (len && value[len - 1] == '\n')
		len--;
	bad.len = len;
	param->show(&settings, old);
	ret = param->parse(&settings, value, len, &bad);
	if (!ret)
		ret = shmexec_policy_set(&settings, &bad);
	if (ret)
		return refuse(param->name, value, &bad, ret);
	param->show(&settings, new);
	if (state == RUNNING && strcmp(old, new))
		shmexec_change_report(changes, SHMEXEC_TYPE_RULE_CHANGED,
				      param->name, old, new);
	return 0;
}

static int set(const char *value, const struct kernel_param *kp)
{
	const struct shmexec_setting *param = kp->arg;
	char *values;
	int ret;

	values = kmalloc(2 * SHMEXEC_VALUE_SIZE, GFP_KERNEL);
	if (!values)
		return -ENOMEM;
	mutex_lock(&shmexec_policy_lock);
	ret = check_permission(param->name);
	if (!ret)
		ret = change(param, value, values);
	mutex_unlock(&shmexec_policy_lock);
	kfree(values);
	return ret;
}

static int get(char *buf, const struct kernel_param *kp)
{
	const struct shmexec_setting *param = kp->arg;
	int len = -ENODEV;

	mutex_lock(&shmexec_policy_lock);
	if (state != GOING)
		len = param->show(shmexec_policy_settings(), buf);
	mutex_unlock(&shmexec_policy_lock);
	if (len < 0)
		return len;
	memcpy(buf + len, SHMEXEC_PARAM_END, sizeof(SHMEXEC_PARAM_END));
	return len + sizeof(SHMEXEC_PARAM_END) - 1;
}

/* Where loading has failed; before 4.11 the kernel does not, if it was a parameter. */
static void free_policy(void *arg)
{
	shmexec_policy_destroy();
}

static const struct kernel_param_ops ops = { .set = set, .get = get };
static const struct kernel_param_ops freeing_ops = {
	.set = set,
	.get = get,
	.free = free_policy,
};

module_param_cb(include, &freeing_ops, (void *)&shmexec_setting_include, 0600);
MODULE_PARM_DESC(include, "patterns of file names that are reported");

module_param_cb(exclude, &ops, (void *)&shmexec_setting_exclude, 0600);
MODULE_PARM_DESC(exclude, "patterns of file names that are not, though included");

module_param_cb(uid, &ops, (void *)&shmexec_setting_uid, 0600);
MODULE_PARM_DESC(uid, "effective user id that is watched, or any");

module_param_cb(views, &ops, (void *)&shmexec_setting_views, 0600);
MODULE_PARM_DESC(views, "names of a file that are judged: canonical,typed,directory");

module_param_cb(ignore_case, &ops, (void *)&shmexec_setting_ignore_case, 0600);
MODULE_PARM_DESC(ignore_case, "whether A to Z equal a to z");

/* An open file holds the module for a while, a locked one for good. */
static int lock_the_rule(void)
{
	if (!try_module_get(THIS_MODULE))
		return -ENODEV;
	locked = true;
	shmexec_change_report(changes, SHMEXEC_TYPE_LOCKED, "lock", "N", "Y");
	return 0;
}

static int set_lock(const char *value, const struct kernel_param *kp)
{
	const struct shmexec_complaint bad = {
		.why = "give Y or N", .len = strcspn(value, "\n"), .at = 1,
	};
	bool lock;
	int ret;

	if (kstrtobool(value, &lock))
		return refuse("lock", value, &bad, -EINVAL);
	mutex_lock(&shmexec_policy_lock);
	ret = locked && lock ? 0 : check_permission("lock");
	if (!ret && state == LOADING)
		lock_at_start = lock;
	else if (!ret && lock && !locked)
		ret = lock_the_rule();
	mutex_unlock(&shmexec_policy_lock);
	return ret;
}

static int get_lock(char *buf, const struct kernel_param *kp)
{
	return scnprintf(buf, SHMEXEC_VALUE_SIZE, "%c" SHMEXEC_PARAM_END,
			 locked ? 'Y' : 'N');
}

static const struct kernel_param_ops lock_ops = {
	.set = set_lock,
	.get = get_lock,
};

module_param_cb(lock, &lock_ops, NULL, 0600);
MODULE_PARM_DESC(lock, "Y: the rule cannot be changed nor the module removed until reboot");

/**
 * shmexec_params_start() - from now on a change of the rule is told
 * @stream: where to, alive until shmexec_params_stop()
 *
 * Last in loading the module, as it may lock it.
 *
 * Context: may sleep.
 * Return: 0, -ENODEV
 */
int shmexec_params_start(struct shmexec_stream *stream)
{
	int ret = 0;

	mutex_lock(&shmexec_policy_lock);
	changes = stream;
	state = RUNNING;
	if (lock_at_start)
		ret = lock_the_rule();
	mutex_unlock(&shmexec_policy_lock);
	return ret;
}

/**
 * shmexec_params_stop() - neither change nor tell the rule from now on
 *
 * The files of the parameters outlive the rest of the module.
 *
 * Context: may sleep.
 */
void shmexec_params_stop(void)
{
	mutex_lock(&shmexec_policy_lock);
	state = GOING;
	mutex_unlock(&shmexec_policy_lock);
}
