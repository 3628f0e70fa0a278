/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _DELIVERY_H
#define _DELIVERY_H

#include <stdbool.h>
#include "buffer.h"
#include "decode.h"
#include "host.h"
#include "options.h"
#include "output.h"
#include "position.h"
#include "signals.h"
#include "stuck.h"
#include "syslog.h"

/**
 * struct delivery - the way of events from the logger to where they go
 * @options: the command line
 * @signals: what may end it while it waits
 * @output: where to
 * @syslog: or, if the options say so, there
 * @position: how far it is
 * @buffer: what is to be written next, in whole lines
 * @begun: something has been written to @output since it was opened
 * @stuck: since when it cannot be written
 * @stale: the file could not be opened anew, which has been said
 */
struct delivery {
	const struct options *options;
	struct signals *signals;
	struct output output;
	struct syslog syslog;
	struct position position;
	struct buffer buffer;
	bool begun;
	struct stuck stuck;
	bool stale;
};

int delivery_open(struct delivery *delivery, const struct options *options,
		  struct signals *signals);
bool delivery_is_one(const struct event *event);
int delivery_add(struct delivery *delivery, const struct event *event,
		 const void *record, struct host *host);
int delivery_write(struct delivery *delivery);
bool delivery_try_again(struct delivery *delivery, const char *at, bool ever);
int delivery_flush(struct delivery *delivery);
int delivery_settle(struct delivery *delivery);
int delivery_reopen(struct delivery *delivery);
int delivery_close(struct delivery *delivery);

#endif
