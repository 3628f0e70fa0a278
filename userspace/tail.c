// SPDX-License-Identifier: GPL-2.0
/* The end of a write that was cut: whole events, and a part of one. */
#include <stdlib.h>
#include <string.h>
#include "decode.h"
#include "tail.h"

static size_t whole_records(const char *p, size_t len, uint64_t *events)
{
	struct event event;
	const char *why;
	size_t done = 0;

	while (decode(p + done, len - done, &event, &why) == DECODED) {
		done += event.hdr.len;
		++*events;
	}
	return done;
}

static size_t whole_lines(const char *p, size_t len, uint64_t *events)
{
	const char *line = p, *end;

	while ((end = memchr(line, '\n', p + len - line))) {
		line = end + 1;
		++*events;
	}
	return line - p;
}

/**
 * tail_whole() - how much of it is whole
 * @p: what was written
 * @len: bytes of it
 * @records: it is records, not lines
 * @events: set to how many are there in whole
 *
 * Return: bytes of them
 */
size_t tail_whole(const char *p, size_t len, bool records, uint64_t *events)
{
	*events = 0;
	return records ? whole_records(p, len, events) :
			 whole_lines(p, len, events);
}

/**
 * tail_repair() - take back what is not whole at the end of a file
 * @output: the file
 * @offset: from where on it is looked at, less than its size
 * @events: set to how many are there in whole from there on
 *
 * Return: 0, or -1 with errno
 */
int tail_repair(const struct output *output, off_t offset, uint64_t *events)
{
	struct stat st;
	size_t len, whole;
	char *p;
	int ret = -1;

	if (output_state(output, &st))
		return -1;
	len = st.st_size - offset;
	p = malloc(len);
	if (p && output_read(output, p, len, offset)) {
		whole = tail_whole(p, len, output->records, events);
		ret = whole == len ? 0 : output_cut(output, offset + whole);
	}
	free(p);
	return ret;
}
