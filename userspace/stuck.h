/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _STUCK_H
#define _STUCK_H

#include <stdbool.h>
#include <time.h>
#include "signals.h"

/**
 * struct stuck - something that has to be written and cannot be
 * @since: when that began, seconds, 0: it can
 * @at: where to
 */
struct stuck {
	time_t since;
	const char *at;
};

bool stuck_wait(struct stuck *stuck, const char *at, bool ever,
		struct signals *signals);
void stuck_over(struct stuck *stuck);

#endif
