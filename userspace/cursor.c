// SPDX-License-Identifier: GPL-2.0
/* A cursor as text, a line for each member. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "cursor.h"

static const char magic[] = "shmexec-cursor 1\n";

static const struct number {
	const char *key;
	size_t at;
} numbers[] = {
	{ "epoch ", offsetof(struct cursor, epoch) },
	{ "done ", offsetof(struct cursor, done) },
	{ "to ", offsetof(struct cursor, to) },
	{ "dev ", offsetof(struct cursor, dev) },
	{ "inode ", offsetof(struct cursor, inode) },
	{ "offset ", offsetof(struct cursor, offset) },
	{ "length ", offsetof(struct cursor, length) },
};

#define NUMBERS	(sizeof(numbers) / sizeof(*numbers))

/**
 * cursor_format() - write a cursor as text
 * @cursor: the cursor
 * @text: memory for it
 *
 * Return: bytes of it, without a NUL
 */
size_t cursor_format(const struct cursor *cursor, char text[CURSOR_MAX])
{
	size_t len, i;

	len = snprintf(text, CURSOR_MAX, "%sboot %s\n", magic, cursor->boot);
	for (i = 0; i < NUMBERS; i++) {
		const char *member = (const char *)cursor + numbers[i].at;

		len += snprintf(text + len, CURSOR_MAX - len, "%s%" PRIu64 "\n",
				numbers[i].key, *(const uint64_t *)member);
	}
	return len;
}

/* Takes @word off the front. */
static int take(const char **text, const char *end, const char *word)
{
	size_t len = strlen(word);

	if ((size_t)(end - *text) < len || memcmp(*text, word, len))
		return 0;
	*text += len;
	return 1;
}

/* No sign, no space, no zero in front, nothing behind: as it was written. */
static int take_number(const char **text, const char *end, uint64_t *number)
{
	const char *p = *text;
	uint64_t value = 0;

	if (end - p > 1 && *p == '0' && p[1] != '\n')
		return 0;
	for (; p < end && *p >= '0' && *p <= '9'; p++) {
		if (value > (UINT64_MAX - (*p - '0')) / 10)
			return 0;
		value = value * 10 + (*p - '0');
	}
	if (p == *text || p == end || *p != '\n')
		return 0;
	*text = p + 1;
	*number = value;
	return 1;
}

static int take_boot(const char **text, const char *end, char boot[37])
{
	const char *line = memchr(*text, '\n', end - *text);
	size_t len = line ? line - *text : 0;

	if (!len || len > 36 || strspn(*text, "0123456789abcdef-") != len)
		return 0;
	memcpy(boot, *text, len);
	boot[len] = '\0';
	*text = line + 1;
	return 1;
}

/**
 * cursor_parse() - read a cursor
 * @cursor: set, but for an error
 * @text: bytes
 * @len: how many, less than CURSOR_MAX; a NUL is behind them
 *
 * Return: NULL, or what is wrong
 */
const char *cursor_parse(struct cursor *cursor, const char *text, size_t len)
{
	const char *end = text + len;
	struct cursor read = {};
	size_t i;

	if (!take(&text, end, magic))
		return "it is no cursor, or that of a newer logger";
	if (!take(&text, end, "boot ") || !take_boot(&text, end, read.boot))
		return "its boot id is damaged";
	for (i = 0; i < NUMBERS; i++) {
		char *member = (char *)&read + numbers[i].at;

		if (!take(&text, end, numbers[i].key) ||
		    !take_number(&text, end, (uint64_t *)member))
			return "one of its numbers is damaged";
	}
	if (text != end)
		return "there is more behind its end";
	if (read.to < read.done || read.offset + read.length < read.offset ||
	    (read.length && read.to == read.done))
		return "its numbers contradict each other";
	*cursor = read;
	return NULL;
}
