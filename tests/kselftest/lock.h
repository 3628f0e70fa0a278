/* SPDX-License-Identifier: GPL-2.0 */
/* What a locked rule refuses, and what it says. */
#ifndef _LOCK_H
#define _LOCK_H

#include "params.h"

static inline void check_locked(struct __test_metadata *_metadata)
{
	static const struct {
		const char *name, *value;
	} row[] = {
		{ "include", "/tmp/*" },	{ "include", INCLUDE },
		{ "exclude", "\n" },		{ "uid", "any" },
		{ "views", "typed" },		{ "ignore_case", "N" },
		{ "lock", "N" },
	};
	char before[4097];

	EXPECT_STREQ("Y\n", get_param("lock"));
	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		int log = log_begin();

		snprintf(before, sizeof(before), "%s", get_param(row[i].name));
		EXPECT_EQ(EPERM, set_param(row[i].name, row[i].value))
			TH_LOG("%s=%s", row[i].name, row[i].value);
		EXPECT_STREQ(before, get_param(row[i].name));
		EXPECT_TRUE(log_says(log, ": the rule is locked until reboot"));
	}
	EXPECT_EQ(0, set_param("lock", "Y"));
	EXPECT_EQ(-1, syscall(SYS_delete_module, "shmexec", O_NONBLOCK));
	EXPECT_EQ(EWOULDBLOCK, errno);
	EXPECT_EQ(-1, syscall(SYS_delete_module, "shmexec", 0));
	EXPECT_EQ(EWOULDBLOCK, errno);
}

static inline void check_locked_event(struct __test_metadata *_metadata,
				      const struct shmexec_change *change)
{
	EXPECT_EQ(SHMEXEC_TYPE_LOCKED, change->hdr.type);
	EXPECT_EQ(sizeof(*change), change->hdr.hdr_len);
	EXPECT_EQ(0, change->uid);
	check_text(_metadata, (const void *)change, "parameter",
		   &change->parameter, "lock");
	check_text(_metadata, (const void *)change, "old", &change->old_value, "N");
	check_text(_metadata, (const void *)change, "new", &change->new_value, "Y");
}

#endif
