/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _DECODE_H
#define _DECODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "uapi/shmexec.h"

/**
 * struct bytes - a string of a record
 * @p: into the record; NULL: not known
 * @len: how many; no NUL follows them
 */
struct bytes {
	const char *p;
	size_t len;
};

/**
 * struct event - a record, taken apart
 * @hdr: what all types have in common; hdr.len is the whole record's
 * @exec: if hdr.type is SHMEXEC_TYPE_EXEC
 * @lost: if hdr.type is SHMEXEC_TYPE_LOST
 * @change: if hdr.type is SHMEXEC_TYPE_RULE_CHANGED or SHMEXEC_TYPE_LOCKED
 * @comm: and the other strings: as in &struct shmexec_exec and
 *	&struct shmexec_change; an older module does not know all of them
 * @parent_executable: what the logger adds: the file that the parent runs
 * @lost_before: likewise: how many events were lost right before this one
 */
struct event {
	union {
		struct shmexec_hdr hdr;
		struct shmexec_exec exec;
		struct shmexec_lost lost;
		struct shmexec_change change;
	};
	struct bytes comm;
	struct bytes canonical;
	struct bytes typed;
	struct bytes pattern;
	struct bytes args;
	struct bytes typed_path;
	struct bytes directory;
	struct bytes interp;
	struct bytes cwd;
	struct bytes root;
	struct bytes parent_comm;
	struct bytes fs_type;
	struct bytes cgroup;
	struct bytes groups;
	struct bytes parent_executable;
	uint64_t lost_before;
	struct bytes parameter;
	struct bytes old_value;
	struct bytes new_value;
};

/* What the bits of exec.views are called, from the lowest on. */
enum { VIEWS = 3 };

extern const char * const view_name[VIEWS];

enum decoded {
	DECODED,
	DECODE_MORE,	/* the record goes on behind the buffer */
	DECODE_BAD,
};

enum decoded decode(const void *buf, size_t len, struct event *event,
		    const char **why);
struct bytes next_arg(struct bytes *args);
bool next_group(struct bytes *groups, uint32_t *gid);
bool event_known(const struct event *event);
bool bytes_same(struct bytes a, struct bytes b);
struct bytes event_executable(const struct event *event);
struct bytes event_given(const struct event *event);
uint64_t event_wall_clock(const struct event *event, uint64_t boottime);

#endif
