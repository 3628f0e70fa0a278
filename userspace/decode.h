/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _DECODE_H
#define _DECODE_H

#include <stddef.h>
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
 * @comm: and the other strings: of an exec, as in &struct shmexec_exec
 */
struct event {
	union {
		struct shmexec_hdr hdr;
		struct shmexec_exec exec;
		struct shmexec_lost lost;
	};
	struct bytes comm;
	struct bytes canonical;
	struct bytes typed;
	struct bytes pattern;
	struct bytes args;
};

enum decoded {
	DECODED,
	DECODE_MORE,	/* the record goes on behind the buffer */
	DECODE_BAD,
};

enum decoded decode(const void *buf, size_t len, struct event *event,
		    const char **why);
struct bytes next_arg(struct bytes *args);

#endif
