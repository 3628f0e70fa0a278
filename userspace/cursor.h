/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _CURSOR_H
#define _CURSOR_H

#include <stddef.h>
#include <stdint.h>

/* Bytes of a cursor as text, at most. */
#define CURSOR_MAX	512

/**
 * struct cursor - how far events have been delivered
 * @boot: boot id of the machine that they are from, "-": not known
 * @epoch: as in &struct shmexec_hdr
 * @done: the last event that is delivered for good
 * @to: the last one of a write that was begun, or, if @length is 0, that was
 *	cut and taken back; @done if there is none
 * @dev: device of the file that it went to
 * @inode: number of that file
 * @offset: size of that file before, in bytes
 * @length: bytes of the write, 0 if there is none
 */
struct cursor {
	char boot[37];
	uint64_t epoch;
	uint64_t done;
	uint64_t to;
	uint64_t dev;
	uint64_t inode;
	uint64_t offset;
	uint64_t length;
};

size_t cursor_format(const struct cursor *cursor, char text[CURSOR_MAX]);
const char *cursor_parse(struct cursor *cursor, const char *text, size_t len);

#endif
