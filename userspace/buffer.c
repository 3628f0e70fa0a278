// SPDX-License-Identifier: GPL-2.0
/* Text that grows.  It stays with the memory of the longest it has held. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "buffer.h"

/* Of "YYYY-MM-DDT", and of that with "HH:MM:SS." */
#define DATE_LEN	11
#define SECOND_MAX	(DATE_LEN + 9)

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

/* @number is less than 100. */
static void put_pair(char *to, uint32_t number)
{
	to[0] = '0' + number / 10;
	to[1] = '0' + number % 10;
}

/* The last @digits of a number, zeros in front. */
static char *put_digits(char *to, uint64_t number, int digits)
{
	char *end = to + digits;

	for (; digits > 1; digits -= 2, number /= 100)
		put_pair(to + digits - 2, number % 100);
	if (digits)
		*to = '0' + number % 10;
	return end;
}

/**
 * put_number() - write a number
 * @to: room for NUMBER_MAX bytes, all of which may be written
 * @number: the number
 *
 * Return: the end of it
 */
char *put_number(char *to, uint64_t number)
{
	char text[2 * NUMBER_MAX] = "", *start = text + NUMBER_MAX;

	for (; number >= 100; number /= 100) {
		start -= 2;
		put_pair(start, number % 100);
	}
	if (number >= 10) {
		start -= 2;
		put_pair(start, number);
	} else {
		*--start = '0' + number;
	}
	/* Of one length, which needs no call. */
	memcpy(to, start, NUMBER_MAX);
	return to + (text + NUMBER_MAX - start);
}

/**
 * buffer_number() - add a number
 * @buffer: the buffer
 * @number: the number
 */
void buffer_number(struct buffer *buffer, uint64_t number)
{
	char *to = buffer_room(buffer, NUMBER_MAX);

	if (to)
		buffer->len = put_number(to, number) - buffer->p;
}

/**
 * buffer_hex() - add a number in hexadecimal digits
 * @buffer: the buffer
 * @number: the number
 * @digits: at least so many
 */
void buffer_hex(struct buffer *buffer, uint64_t number, int digits)
{
	char text[16], *start = text + sizeof(text);

	do {
		*--start = "0123456789abcdef"[number & 15];
		number >>= 4;
		digits--;
	} while (number || digits > 0);
	buffer_add(buffer, start, text + sizeof(text) - start);
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

/* "YYYY-MM-DDTHH:MM:SS.": an event tells of few seconds, again and again. */
static const char *second_of(uint64_t second)
{
	static struct {
		uint64_t next;
		char text[SECOND_MAX];
	} kept[8];
	char *text = kept[second % 8].text, *to = text + DATE_LEN;
	uint32_t of_day = second % 86400;

	if (kept[second % 8].next == second + 1)
		return text;
	kept[second % 8].next = second + 1;
	memcpy(text, date_of(second / 86400), DATE_LEN);
	to = put_digits(to, of_day / 3600, 2);
	*to++ = ':';
	to = put_digits(to, of_day / 60 % 60, 2);
	*to++ = ':';
	to = put_digits(to, of_day % 60, 2);
	*to = '.';
	return text;
}

/**
 * put_time() - write a time as RFC 3339 has it, in UTC
 * @to: room for TIME_MAX bytes
 * @ns: since 1970
 * @digits: of the fraction, 1 to 9
 *
 * Return: the end of it
 */
char *put_time(char *to, uint64_t ns, int digits)
{
	to = (char *)memcpy(to, second_of(ns / 1000000000), SECOND_MAX) + SECOND_MAX;
	to = put_digits(to, ns % 1000000000, 9) - 9 + digits;
	*to++ = 'Z';
	return to;
}

/**
 * buffer_time() - add a time, likewise
 * @buffer: the buffer
 * @ns: since 1970
 * @digits: of the fraction, 1 to 9
 */
void buffer_time(struct buffer *buffer, uint64_t ns, int digits)
{
	char *to = buffer_room(buffer, TIME_MAX);

	if (to)
		buffer->len = put_time(to, ns, digits) - buffer->p;
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
