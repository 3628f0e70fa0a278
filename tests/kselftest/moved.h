/* SPDX-License-Identifier: GPL-2.0 */
/* What is common to directories and mounts that move above a file. */
#ifndef _MOVED_H
#define _MOVED_H

#include "params.h"
#include <sys/prctl.h>
#include <time.h>

#define IN	"/moved/in"
#define OUT	"/moved/out"

enum { STAY_NS = 300000 };

/* About as long as a look at the way up takes, so that many end meanwhile. */
static inline void stay(void)
{
	struct timespec now, begun;

	must(clock_gettime(CLOCK_MONOTONIC, &begun), "clock_gettime");
	do {
		must(clock_gettime(CLOCK_MONOTONIC, &now), "clock_gettime");
	} while ((now.tv_sec - begun.tv_sec) * 1000000000LL +
		 now.tv_nsec - begun.tv_nsec < STAY_NS);
}

static inline int run_file(int file)
{
	static char * const argv[] = { "p", NULL };
	pid_t pid = fork();

	if (!pid) {
		execveat_(file, "", argv, AT_EMPTY_PATH);
		_exit(errno);
	}
	return wait_for(pid);
}

#endif /* _MOVED_H */
