/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ECS_H
#define _ECS_H

#include "buffer.h"
#include "decode.h"

struct host;

void ecs_event(struct buffer *out, const struct event *event,
	       struct host *host);

#endif
