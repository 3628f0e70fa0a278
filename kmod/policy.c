// SPDX-License-Identifier: GPL-2.0
/*
 * The policy: the rule and its directories.  Probes use the one that was there
 * when they began, whole, while another takes its place.
 */
#include <linux/slab.h>
#include <linux/string.h>
#include "compat.h"
#include "policy.h"

/* Serialises changes; probes do not take it. */
DEFINE_MUTEX(shmexec_policy_lock);
struct shmexec_policy __rcu *shmexec_policy_in_force __read_mostly;

u32 shmexec_watched_uid __read_mostly;
bool shmexec_watch_all __read_mostly;

/* How many have been in force: whether another has come.  Protected by the lock. */
static u32 generation;

/* Whether a probe may use the one in force.  Protected by the lock. */
static bool in_use;

static struct shmexec_policy *current_policy(void)
{
	return rcu_dereference_protected(shmexec_policy_in_force,
					 lockdep_is_held(&shmexec_policy_lock));
}

static void free_policy(struct rcu_head *rcu)
{
	struct shmexec_policy *policy =
		container_of(rcu, struct shmexec_policy, rcu);

	shmexec_roots_free(policy->root, policy->nr_roots);
	kfree(policy);
}

static void put_in_force(struct shmexec_policy *policy)
{
	struct shmexec_policy *old = current_policy();

	rcu_assign_pointer(shmexec_policy_in_force, policy);
	WRITE_ONCE(shmexec_watched_uid, policy->rule.uid);
	WRITE_ONCE(shmexec_watch_all, policy->rule.any_uid);
	generation++;
	/*
	 * Where loading fails at a later parameter the module goes at once, and
	 * before 4.11 nobody waits for what it has put off.
	 */
	if (old && in_use)
		call_rcu(&old->rcu, free_policy);
	else if (old)
		free_policy(&old->rcu);
}

static struct shmexec_policy *copy_settings(const struct shmexec_settings *from)
{
	struct shmexec_policy *policy;
	struct shmexec_settings *to;

	policy = kzalloc(sizeof(*policy) + from->include_len + from->exclude_len,
			 GFP_KERNEL);
	if (!policy)
		return NULL;
	to = &policy->settings;
	*to = *from;
	to->include = memcpy(policy->text, from->include, from->include_len);
	to->exclude = memcpy(policy->text + from->include_len, from->exclude,
			     from->exclude_len);
	return policy;
}

/* Of a directory that is not called what it is, a name may begin with either. */
static void make_heads(struct shmexec_policy *policy)
{
	const struct shmexec_rule *rule = &policy->rule;
	u32 i;

	shmexec_heads_init(&policy->heads, rule->ignore_case);
	for (i = 0; i < rule->nr_include; i++)
		shmexec_heads_add(&policy->heads, rule->include[i].text,
				  rule->include[i].len);
	for (i = 0; i < policy->nr_roots; i++) {
		const struct shmexec_root *root = &policy->root[i];

		policy->devices |= 1ULL << root->dev % 64;
		if (root->real.path)
			shmexec_heads_add(&policy->heads, root->real.path,
					  root->real.len);
	}
}

static int make_rule(struct shmexec_policy *policy, struct shmexec_complaint *bad)
{
	const struct shmexec_settings *from = &policy->settings;
	int includes, excludes;

	includes = shmexec_parse_patterns(from->include, from->include_len,
					  policy->include, bad);
	if (includes < 0)
		return includes;
	excludes = shmexec_parse_patterns(from->exclude, from->exclude_len,
					  policy->exclude, bad);
	if (excludes < 0)
		return excludes;
	policy->rule = (struct shmexec_rule){
		.uid = from->uid,
		.any_uid = from->any_uid,
		.ignore_case = from->ignore_case,
		.views = from->views,
		.include = policy->include,
		.nr_include = includes,
		.exclude = policy->exclude,
		.nr_exclude = excludes,
	};
	return 0;
}

/* All that follows from the settings, or nothing. */
static int complete_policy(struct shmexec_policy *policy,
			   struct shmexec_complaint *bad)
{
	int ret = make_rule(policy, bad);

	if (!ret)
		ret = shmexec_roots_resolve(&policy->rule, policy->root,
					    &policy->nr_roots);
	if (!ret)
		make_heads(policy);
	return ret;
}

/**
 * shmexec_policy_settings() - what the policy in force was made of
 *
 * Context: shmexec_policy_lock is held, and as long as the result is used.
 * Return: the settings, the default ones before any were set
 */
const struct shmexec_settings *shmexec_policy_settings(void)
{
	const struct shmexec_policy *policy = current_policy();

	return policy ? &policy->settings : &shmexec_settings_default;
}

/**
 * shmexec_policy_set() - put a new policy in force
 * @settings: what it is made of; copied
 * @bad: set if -EINVAL or -E2BIG
 *
 * Execs from now on are judged by it; those under way by one or the other.
 *
 * Context: may sleep, waits for filesystems; shmexec_policy_lock is held.
 * Return: 0, -EINVAL or -E2BIG if a list is wrong, -ENOMEM, -ESRCH if there is no
 *	process 1; the old one stays in force then
 */
int shmexec_policy_set(const struct shmexec_settings *settings,
		       struct shmexec_complaint *bad)
{
	struct shmexec_policy *policy = copy_settings(settings);
	int ret;

	lockdep_assert_held(&shmexec_policy_lock);

	if (!policy)
		return -ENOMEM;
	ret = complete_policy(policy, bad);
	if (ret)
		kfree(policy);
	else
		put_in_force(policy);
	return ret;
}

/**
 * shmexec_policy_resolve() - find the directories of the rule anew
 *
 * While a filesystem does not answer here, the rule can be changed to one that does
 * not name it.  What is found for a rule that has been changed meanwhile is no longer
 * of use.
 *
 * Context: may sleep, waits for filesystems without the lock.
 * Return: 0, -ENOMEM, -ESRCH, and then they are where they were
 */
int shmexec_policy_resolve(void)
{
	struct shmexec_complaint none;
	struct shmexec_policy *policy;
	u32 before;
	int ret;

	mutex_lock(&shmexec_policy_lock);
	policy = copy_settings(shmexec_policy_settings());
	before = generation;
	mutex_unlock(&shmexec_policy_lock);
	if (!policy)
		return -ENOMEM;
	ret = complete_policy(policy, &none);

	mutex_lock(&shmexec_policy_lock);
	if (!ret && generation == before) {
		put_in_force(policy);
		policy = NULL;
	}
	mutex_unlock(&shmexec_policy_lock);
	if (policy)
		free_policy(&policy->rcu);
	return ret;
}

/**
 * shmexec_policy_init() - put the default policy in force if there is none
 *
 * Probes may come from here on.
 *
 * Context: may sleep.
 * Return: 0, -ENOMEM, -ESRCH
 */
int shmexec_policy_init(void)
{
	mutex_lock(&shmexec_policy_lock);
	in_use = true;
	mutex_unlock(&shmexec_policy_lock);
	return rcu_access_pointer(shmexec_policy_in_force) ? 0 : shmexec_policy_resolve();
}

/**
 * shmexec_policy_destroy() - free the policy, if there is one
 *
 * Without the lock: where loading has failed the kernel no longer takes the
 * module's memory for its own, and lockdep not a lock in it that it sees first.
 *
 * Context: may sleep; no probe is left, and nobody asks for the policy.
 */
void shmexec_policy_destroy(void)
{
	struct shmexec_policy *policy =
		rcu_dereference_protected(shmexec_policy_in_force, true);

	RCU_INIT_POINTER(shmexec_policy_in_force, NULL);
	if (policy)
		free_policy(&policy->rcu);
	/* Those that it took the place of. */
	rcu_barrier();
}
