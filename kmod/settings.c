// SPDX-License-Identifier: GPL-2.0
/* What can be set, from text and as text. */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include "compat.h"
#include "rule.h"
#include "settings.h"
#include "uapi/shmexec.h"

/*
 * "Binary Executed from Shared Memory Directory" of the Elastic detection
 * rules, query of 2023-08-25.
 */
#define INCLUDE	"/dev/shm/*,/run/shm/*,/var/run/*,/var/lock/*"
#define EXCLUDE	"/var/run/docker/*,/var/run/utsns/*,/var/run/s6/*,"	\
		"/var/run/cloudera-scm-agent/*"

const struct shmexec_settings shmexec_settings_default = {
	.uid = 0,
	.any_uid = false,
	.ignore_case = true,
	.views = SHMEXEC_VIEWS_ALL,
	.include = INCLUDE,
	.include_len = sizeof(INCLUDE) - 1,
	.exclude = EXCLUDE,
	.exclude_len = sizeof(EXCLUDE) - 1,
};

static int parse_include(struct shmexec_settings *settings, const char *value,
			 u32 len, struct shmexec_complaint *bad)
{
	bad->why = "no pattern is left, and nothing would be reported: remove the module instead";
	settings->include = value;
	settings->include_len = len;
	return len ? 0 : -EINVAL;
}

static int show_include(const struct shmexec_settings *settings, char *buf)
{
	return scnprintf(buf, SHMEXEC_VALUE_SIZE, "%.*s", (int)settings->include_len,
			 settings->include);
}

static int parse_exclude(struct shmexec_settings *settings, const char *value,
			 u32 len, struct shmexec_complaint *bad)
{
	settings->exclude = value;
	settings->exclude_len = len;
	return 0;
}

static int show_exclude(const struct shmexec_settings *settings, char *buf)
{
	return scnprintf(buf, SHMEXEC_VALUE_SIZE, "%.*s", (int)settings->exclude_len,
			 settings->exclude);
}

static int parse_uid(struct shmexec_settings *settings, const char *value,
		     u32 len, struct shmexec_complaint *bad)
{
	bad->why = "give a user id, a decimal number, or 'any'";
	settings->any_uid = len == 3 && !strncmp(value, "any", len);
	settings->uid = 0;
	if (settings->any_uid)
		return 0;
	if (kstrtouint(value, 10, &settings->uid) ||
	    settings->uid == SHMEXEC_ID_UNSET)
		return -EINVAL;
	return 0;
}

static int show_uid(const struct shmexec_settings *settings, char *buf)
{
	if (settings->any_uid)
		return scnprintf(buf, SHMEXEC_VALUE_SIZE, "any");
	return scnprintf(buf, SHMEXEC_VALUE_SIZE, "%u", settings->uid);
}

static int parse_views(struct shmexec_settings *settings, const char *value,
		       u32 len, struct shmexec_complaint *bad)
{
	return shmexec_parse_views(value, len, &settings->views, bad);
}

static int show_views(const struct shmexec_settings *settings, char *buf)
{
	int len = 0, i;

	for (i = 0; i < SHMEXEC_NR_VIEWS; i++)
		if (settings->views & SHMEXEC_VIEW_CANONICAL << i)
			len += scnprintf(buf + len, SHMEXEC_VALUE_SIZE - len, "%s%s",
					 len ? "," : "", shmexec_view_name[i]);
	return len;
}

static int parse_ignore_case(struct shmexec_settings *settings,
			     const char *value, u32 len,
			     struct shmexec_complaint *bad)
{
	bad->why = "give Y or N";
	return kstrtobool(value, &settings->ignore_case);
}

static int show_ignore_case(const struct shmexec_settings *settings, char *buf)
{
	return scnprintf(buf, SHMEXEC_VALUE_SIZE, "%c", settings->ignore_case ? 'Y' : 'N');
}

#define SETTING(_name)							\
	const struct shmexec_setting shmexec_setting_##_name = {	\
		.name = #_name,						\
		.parse = parse_##_name,					\
		.show = show_##_name,					\
	}

SETTING(include);
SETTING(exclude);
SETTING(uid);
SETTING(views);
SETTING(ignore_case);
