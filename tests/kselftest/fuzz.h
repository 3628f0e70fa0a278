/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Chance, for fuzzers: the seed is printed, and /files/seed repeats it; how many
 * seconds one has is in /files/fuzz-seconds, else 8.  Whoever wants either gives
 * the file to tests/vm/run.sh, with -f.
 */
#ifndef _GUEST_FUZZ_H
#define _GUEST_FUZZ_H

#include <time.h>
#include "params.h"

static inline unsigned long pick_seed(void)
{
	/* Where there is no chance yet getrandom() would wait for it. */
	int fd = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
	unsigned long seed;

	must(read(fd, &seed, sizeof(seed)) != sizeof(seed) || close(fd), "/dev/urandom");
	seed = file_number("/files/seed", seed >> 1 | 1);
	printf("# seed %lu: put it into /files/seed to have the same again\n", seed);
	fflush(stdout);
	return seed;
}

/* Not 0 as long as @state is not: xorshift64. */
static inline unsigned long chance(unsigned long *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	return *state ^= *state << 17;
}

static inline bool time_left(time_t begun)
{
	return time(NULL) - begun < (time_t)file_number("/files/fuzz-seconds", 8);
}

#endif
