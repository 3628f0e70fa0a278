/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PARENT_H
#define _PARENT_H

#include <stddef.h>
#include <stdint.h>
#include "decode.h"

/**
 * struct parent - the parent of an event's process, as /proc still has it
 * @dir: the directory of the one asked for last, which no other can take over
 * @pid: its id
 * @start: when it was forked, ns of the boot clock; 0: there is none
 * @executable: the file that it runs
 * @len: of @executable, in bytes; 0: not asked since parent_forget()
 */
struct parent {
	int dir;
	uint32_t pid;
	uint64_t start;
	char executable[4096];
	size_t len;
};

void parent_forget(struct parent *parent);
void parent_find(struct parent *parent, struct event *event);

#endif
