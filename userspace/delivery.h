/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _DELIVERY_H
#define _DELIVERY_H

#include <time.h>
#include "buffer.h"
#include "decode.h"
#include "host.h"
#include "options.h"
#include "output.h"
#include "position.h"
#include "signals.h"

/**
 * struct delivery - the way of events from the logger to where they go
 * @options: the command line
 * @signals: what may end it while it waits
 * @output: where to
 * @position: how far it is
 * @buffer: what is to be written next, in whole lines
 * @begun: something has been written to @output since it was opened
 * @stuck: since when there has been no room, 0: there is
 * @stale: the file could not be opened anew, which has been said
 */
struct delivery {
	const struct options *options;
	struct signals *signals;
	struct output output;
	struct position position;
	struct buffer buffer;
	bool begun;
	time_t stuck;
	bool stale;
};

int delivery_open(struct delivery *delivery, const struct options *options,
		  struct signals *signals);
int delivery_add(struct delivery *delivery, const struct event *event,
		 const void *record, struct host *host);
int delivery_flush(struct delivery *delivery);
int delivery_settle(struct delivery *delivery);
int delivery_reopen(struct delivery *delivery);
int delivery_close(struct delivery *delivery);

#endif
