/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SILENCE_H
#define _SILENCE_H

#include <stdint.h>

void silence_explain(const char *file, uint64_t excluded);

#endif
