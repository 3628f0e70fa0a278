// SPDX-License-Identifier: GPL-2.0
/* Text that grows.  It stays with the memory of the longest it has held. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "buffer.h"

/**
 * buffer_add() - add bytes
 * @buffer: the buffer; failed is set if memory runs out
 * @p: bytes
 * @len: how many
 */
void buffer_add(struct buffer *buffer, const void *p, size_t len)
{
	size_t size = buffer->size ? buffer->size : 4096;
	char *grown;

	while (size - buffer->len < len)
		size *= 2;
	if (size > buffer->size) {
		grown = realloc(buffer->p, size);
		if (!grown) {
			buffer->failed = true;
			return;
		}
		buffer->p = grown;
		buffer->size = size;
	}
	if (len)
		memcpy(buffer->p + buffer->len, p, len);
	buffer->len += len;
}

/**
 * buffer_text() - add a string
 * @buffer: the buffer
 * @text: the string
 */
void buffer_text(struct buffer *buffer, const char *text)
{
	buffer_add(buffer, text, strlen(text));
}

/**
 * buffer_printf() - add what printf() would print, less than 128 bytes
 * @buffer: the buffer
 * @format: as for printf()
 */
void buffer_printf(struct buffer *buffer, const char *format, ...)
{
	char text[128];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	buffer_text(buffer, text);
}

/**
 * buffer_time() - add a time as RFC 3339 has it, in UTC
 * @buffer: the buffer
 * @ns: since 1970
 * @digits: of the fraction, 1 to 9
 */
void buffer_time(struct buffer *buffer, uint64_t ns, int digits)
{
	time_t seconds = ns / 1000000000;
	uint32_t fraction = ns % 1000000000;
	struct tm tm;
	int i;

	for (i = digits; i < 9; i++)
		fraction /= 10;
	gmtime_r(&seconds, &tm);
	buffer_printf(buffer, "%04d-%02d-%02dT%02d:%02d:%02d.%0*uZ",
		      tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour,
		      tm.tm_min, tm.tm_sec, digits, (unsigned int)fraction);
}

/**
 * buffer_free() - give its memory back
 * @buffer: the buffer, empty then
 */
void buffer_free(struct buffer *buffer)
{
	free(buffer->p);
	*buffer = (struct buffer) {};
}
