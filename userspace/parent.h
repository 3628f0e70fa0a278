/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PARENT_H
#define _PARENT_H

#include <stddef.h>
#include <stdint.h>
#include "decode.h"

/* As many CPUs as make hits at the same time are likely to have as many parents. */
#define PARENTS	16

/**
 * struct parent - the parent of an event's process, as /proc still has it
 * @dir: its directory, which no other can take over
 * @pid: its id
 * @start: when it was forked, ns of the boot clock; 0: there is none
 * @executable: the file that it runs
 * @len: of @executable, in bytes
 * @asked: when that was asked, as struct parents counts; 0: never
 */
struct parent {
	int dir;
	uint32_t pid;
	uint64_t start;
	char executable[4096];
	size_t len;
	uint64_t asked;
};

/**
 * struct parents - those asked for last
 * @forgotten: how often they have been
 * @parent: where each is kept, by its id
 */
struct parents {
	uint64_t forgotten;
	struct parent parent[PARENTS];
};

void parents_forget(struct parents *parents);
void parents_find(struct parents *parents, struct event *event);

#endif
