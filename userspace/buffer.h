/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _BUFFER_H
#define _BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * struct buffer - text that grows
 * @p: owned by the buffer, NULL at first
 * @len: bytes that are there
 * @size: bytes allocated
 * @failed: memory ran out: what is there is not all
 */
struct buffer {
	char *p;
	size_t len;
	size_t size;
	bool failed;
};

void buffer_add(struct buffer *buffer, const void *p, size_t len);
void buffer_text(struct buffer *buffer, const char *text);
__attribute__((format(printf, 2, 3)))
void buffer_printf(struct buffer *buffer, const char *format, ...);
void buffer_time(struct buffer *buffer, uint64_t ns, int digits);
void buffer_free(struct buffer *buffer);

#endif
