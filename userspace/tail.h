/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _TAIL_H
#define _TAIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "output.h"

size_t tail_whole(const char *p, size_t len, bool records, uint64_t *events);
int tail_repair(const struct output *output, off_t offset, uint64_t *events);

#endif
