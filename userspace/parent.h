/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PARENT_H
#define _PARENT_H

#include "decode.h"

/**
 * struct parent - the parent of an event's process, as /proc still has it
 * @executable: the file that it runs, of which the event may keep a part
 */
struct parent {
	char executable[4096];
};

void parent_find(struct parent *parent, struct event *event);

#endif
