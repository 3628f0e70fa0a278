/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SIGNALS_H
#define _SIGNALS_H

#include <stdbool.h>

/**
 * struct signals - what others want of the logger
 * @fd: has POLLIN when there is something new
 * @end: SIGTERM or SIGINT came
 * @reopen: SIGHUP came; whoever has done that clears it
 */
struct signals {
	int fd;
	bool end;
	bool reopen;
};

int signals_hold(struct signals *signals, bool hangup);
void signals_read(struct signals *signals);
bool signals_wait(struct signals *signals, int fd, short events, int timeout);

#endif
