/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _UTF8_H
#define _UTF8_H

#include <stdbool.h>
#include <stdint.h>
#include "decode.h"

size_t utf8_next(const char *p, size_t len, uint32_t *code);
size_t utf8_copy_plain(char *to, const char *p, size_t len);
bool utf8_valid(struct bytes bytes);
bool utf8_shown(uint32_t code);

#endif
