/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _BUFFER_H
#define _BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Bytes of a number in decimal digits, and of a time, at most. */
#define NUMBER_MAX	20
#define TIME_MAX	30

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

char *buffer_grow(struct buffer *buffer, size_t len);

/**
 * buffer_room() - look for room
 * @buffer: the buffer; failed is set if memory runs out
 * @len: bytes
 *
 * Return: where @len more bytes can be put, to be added to its length; NULL if
 *	memory runs out
 */
static inline char *buffer_room(struct buffer *buffer, size_t len)
{
	if (buffer->size - buffer->len < len)
		return buffer_grow(buffer, len);
	return buffer->p + buffer->len;
}

/**
 * buffer_add() - add bytes
 * @buffer: the buffer; failed is set if memory runs out
 * @p: bytes
 * @len: how many
 */
static inline void buffer_add(struct buffer *buffer, const void *p, size_t len)
{
	char *to = len ? buffer_room(buffer, len) : NULL;

	if (!to)
		return;
	memcpy(to, p, len);
	buffer->len += len;
}

/**
 * buffer_text() - add a string
 * @buffer: the buffer
 * @text: the string
 */
static inline void buffer_text(struct buffer *buffer, const char *text)
{
	buffer_add(buffer, text, strlen(text));
}

char *put_number(char *to, uint64_t number);
char *put_time(char *to, uint64_t ns, int digits);
void buffer_number(struct buffer *buffer, uint64_t number);
void buffer_hex(struct buffer *buffer, uint64_t number, int digits);
__attribute__((format(printf, 2, 3)))
void buffer_printf(struct buffer *buffer, const char *format, ...);
void buffer_time(struct buffer *buffer, uint64_t ns, int digits);
void buffer_free(struct buffer *buffer);

#endif
