/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SHMEXEC_POLICY_H
#define _SHMEXEC_POLICY_H

#include <linux/mutex.h>
#include <linux/rcupdate.h>
#include "heads.h"
#include "limits.h"
#include "roots.h"
#include "rule.h"
#include "settings.h"

/**
 * struct shmexec_policy - the rule in force, and where its directories are
 * @rcu: frees it when no probe uses it any more
 * @settings: what it was made of; the lists are in @text
 * @rule: the rule
 * @include: its patterns, in @text
 * @exclude: likewise
 * @root: the directories that it names
 * @nr_roots: how many
 * @devices: bit n: one may be on a device whose number is n modulo 64
 * @heads: what a name that hits begins with
 * @text: the two lists
 *
 * It does not change: a new one takes its place.
 */
struct shmexec_policy {
	struct rcu_head rcu;
	struct shmexec_settings settings;
	struct shmexec_rule rule;
	struct shmexec_pattern include[SHMEXEC_PATTERNS_MAX];
	struct shmexec_pattern exclude[SHMEXEC_PATTERNS_MAX];
	struct shmexec_root root[SHMEXEC_PATTERNS_MAX];
	u32 nr_roots;
	u64 devices;
	struct shmexec_heads heads;
	char text[];
};

/*
 * A rule of one user's lets nearly every exec of the others go at once, with
 * no look at the policy: of what these say the policy itself is asked again.
 */
extern u32 shmexec_watched_uid;
extern bool shmexec_watch_all;

/* Context: any. */
static inline bool shmexec_policy_watches(u32 uid)
{
	return READ_ONCE(shmexec_watched_uid) == uid ||
	       READ_ONCE(shmexec_watch_all);
}

/* Context: any.  Nearly always false where none of the directories is on @dev. */
static inline bool shmexec_policy_has_root_on(const struct shmexec_policy *policy,
					      dev_t dev)
{
	return policy->devices >> dev % 64 & 1;
}

extern struct shmexec_policy __rcu *shmexec_policy_in_force;

/**
 * shmexec_policy_get() - the policy in force
 *
 * Context: under rcu_read_lock(), and as long as the result is used.
 * Return: the policy
 */
static inline const struct shmexec_policy *shmexec_policy_get(void)
{
	return rcu_dereference(shmexec_policy_in_force);
}

/* Held over reading the settings and setting them again. */
extern struct mutex shmexec_policy_lock;

int shmexec_policy_init(void);
void shmexec_policy_destroy(void);

const struct shmexec_settings *shmexec_policy_settings(void);
int shmexec_policy_set(const struct shmexec_settings *settings,
		       struct shmexec_complaint *bad);
int shmexec_policy_resolve(void);

#endif /* _SHMEXEC_POLICY_H */
