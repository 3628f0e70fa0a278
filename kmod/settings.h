/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SHMEXEC_SETTINGS_H
#define _SHMEXEC_SETTINGS_H

#include "limits.h"
#include "parse.h"

/* A value as it reads, with a newline and a NUL. */
#define SHMEXEC_VALUE_SIZE	(SHMEXEC_LIST_MAX + 2)

/**
 * struct shmexec_settings - what a policy is made of
 * @uid: as in &struct shmexec_rule
 * @any_uid: likewise
 * @ignore_case: likewise
 * @views: likewise
 * @include: list of patterns, separated by commas
 * @include_len: of @include, in bytes
 * @exclude: likewise
 * @exclude_len: of @exclude, in bytes
 */
struct shmexec_settings {
	u32 uid;
	bool any_uid;
	bool ignore_case;
	u32 views;
	const char *include;
	u32 include_len;
	const char *exclude;
	u32 exclude_len;
};

/**
 * struct shmexec_setting - one of them, as text
 * @name: of the module parameter
 * @parse: sets it from @value, a string of which @len bytes count; lists stay
 *	in @value.  -EINVAL if it is wrong; then @bad says why
 * @show: writes it to @buf, of SHMEXEC_VALUE_SIZE bytes, as parse() takes it,
 *	and returns how many bytes that are, without the NUL
 */
struct shmexec_setting {
	const char *name;
	int (*parse)(struct shmexec_settings *settings, const char *value,
		     u32 len, struct shmexec_complaint *bad);
	int (*show)(const struct shmexec_settings *settings, char *buf);
};

extern const struct shmexec_settings shmexec_settings_default;

extern const struct shmexec_setting shmexec_setting_include;
extern const struct shmexec_setting shmexec_setting_exclude;
extern const struct shmexec_setting shmexec_setting_uid;
extern const struct shmexec_setting shmexec_setting_views;
extern const struct shmexec_setting shmexec_setting_ignore_case;

#endif /* _SHMEXEC_SETTINGS_H */
