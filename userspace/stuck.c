// SPDX-License-Identifier: GPL-2.0
/* What cannot be written is tried again, and that is said once. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "complain.h"
#include "stuck.h"

static time_t seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	/* Never 0. */
	return now.tv_sec + 1;
}

/**
 * stuck_wait() - wait before it is tried again
 * @stuck: since when, and where
 * @at: where it could not be written, must stay; errno says why
 * @ever: whether it makes sense to try again
 * @signals: what may end it
 *
 * Return: false if it is not to be tried again, which standard error has been
 *	told
 */
bool stuck_wait(struct stuck *stuck, const char *at, bool ever,
		struct signals *signals)
{
	char why[160];

	if (!ever || signals->end) {
		complain("cannot write", at, strerror(errno));
		return false;
	}
	if (!stuck->since) {
		snprintf(why, sizeof(why), "%s: it is tried again each second",
			 strerror(errno));
		complain("cannot write", at, why);
		*stuck = (struct stuck) { seconds(), at };
	}
	signals_wait(signals, -1, 0, 1000);
	return !signals->end;
}

/**
 * stuck_over() - note that it can be written again
 * @stuck: since when it could not
 */
void stuck_over(struct stuck *stuck)
{
	char text[64];

	if (!stuck->since)
		return;
	snprintf(text, sizeof(text), "that failed for %lld s",
		 (long long)(seconds() - stuck->since));
	complain("goes on to write", stuck->at, text);
	stuck->since = 0;
}
