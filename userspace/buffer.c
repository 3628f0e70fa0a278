// SPDX-License-Identifier: GPL-2.0
/* Text that grows.  It stays with the memory of the longest it has held. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "buffer.h"

/**
 * buffer_grow() - as buffer_room(), which see, where there is none
 * @buffer: the buffer
 * @len: bytes
 *
 * Return: as there
 */
char *buffer_grow(struct buffer *buffer, size_t len)
{
	size_t size = buffer->size ? buffer->size : 4096;
	char *grown;

	while (size - buffer->len < len)
		size *= 2;
	grown = realloc(buffer->p, size);
	if (!grown) {
		buffer->failed = true;
		return NULL;
	}
	buffer->p = grown;
	buffer->size = size;
	return grown + buffer->len;
}

/**
 * buffer_number() - add a number
 * @buffer: the buffer
 * @number: the number
 */
void buffer_number(struct buffer *buffer, uint64_t number)
{
	char text[20];
	size_t at = sizeof(text);

	do {
		text[--at] = '0' + number % 10;
		number /= 10;
	} while (number);
	buffer_add(buffer, text + at, sizeof(text) - at);
}

/**
 * buffer_hex() - add a number in hexadecimal digits
 * @buffer: the buffer
 * @number: the number
 * @digits: at least so many
 */
void buffer_hex(struct buffer *buffer, uint64_t number, int digits)
{
	char text[16];
	int at = sizeof(text);

	do {
		text[--at] = "0123456789abcdef"[number & 15];
		number >>= 4;
	} while (number || (int)sizeof(text) - at < digits);
	buffer_add(buffer, text + at, sizeof(text) - at);
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

/* "YYYY-MM-DDT" of a day, which is nearly always that of the time before. */
static const char *date_of(time_t day)
{
	static char date[32];
	static time_t last = -1;
	time_t seconds = day * 86400;
	struct tm tm;

	if (day == last)
		return date;
	gmtime_r(&seconds, &tm);
	snprintf(date, sizeof(date), "%04d-%02d-%02dT", tm.tm_year + 1900,
		 tm.tm_mon + 1, tm.tm_mday);
	last = day;
	return date;
}

static char *put_digits(char *to, uint32_t number, int digits)
{
	int i;

	for (i = digits - 1; i >= 0; i--) {
		to[i] = '0' + number % 10;
		number /= 10;
	}
	return to + digits;
}

/**
 * buffer_time() - add a time as RFC 3339 has it, in UTC
 * @buffer: the buffer
 * @ns: since 1970
 * @digits: of the fraction, 1 to 9
 */
void buffer_time(struct buffer *buffer, uint64_t ns, int digits)
{
	uint64_t seconds = ns / 1000000000;
	uint32_t of_day = seconds % 86400;
	char text[9 + 10 + 1], *to = text;

	to = put_digits(to, of_day / 3600, 2);
	*to++ = ':';
	to = put_digits(to, of_day / 60 % 60, 2);
	*to++ = ':';
	to = put_digits(to, of_day % 60, 2);
	*to++ = '.';
	to = put_digits(to, ns % 1000000000, 9) - 9 + digits;
	*to++ = 'Z';
	buffer_text(buffer, date_of(seconds / 86400));
	buffer_add(buffer, text, to - text);
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
