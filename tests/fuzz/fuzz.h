/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _FUZZ_H
#define _FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* An invariant: what does not hold is a finding. */
#define HOLDS(what) do {						\
	if (!(what)) {							\
		fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__,	\
			__LINE__, #what);				\
		abort();						\
	}								\
} while (0)

#endif
