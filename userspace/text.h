/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _TEXT_H
#define _TEXT_H

#include "buffer.h"
#include "decode.h"

void text_quoted(struct buffer *out, struct bytes bytes);
struct host;

void text_event(struct buffer *out, const struct event *event,
		struct host *host);

#endif
