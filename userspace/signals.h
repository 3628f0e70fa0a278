/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SIGNALS_H
#define _SIGNALS_H

#include <stdbool.h>
#include "mounts.h"

/**
 * struct signals - what others want of the logger
 * @fd: has POLLIN when there is something new
 * @end: SIGTERM or SIGINT came
 * @reopen: SIGHUP came; whoever has done that clears it
 * @mounts: what the module has to be told of whatever else is waited for
 */
struct signals {
	int fd;
	bool end;
	bool reopen;
	struct mounts mounts;
};

int signals_hold(struct signals *signals, bool hangup);
void signals_read(struct signals *signals);
bool signals_wait(struct signals *signals, int fd, short events, int timeout);

#endif
