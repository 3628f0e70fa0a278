/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _OUTPUT_H
#define _OUTPUT_H

#include <stddef.h>

int output_open(const char *name);
int output_write(int fd, const char *p, size_t len);

#endif
