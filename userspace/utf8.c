// SPDX-License-Identifier: GPL-2.0
/* What of a file name is text, and what of that may be shown. */
#include <string.h>
#include "utf8.h"

/**
 * utf8_next() - the first code point of a string
 * @p: bytes
 * @len: how many, not 0
 * @code: set to the code point, or to the first byte where that begins none
 *
 * Overlong forms, surrogates and what is beyond U+10FFFF are none.
 *
 * Return: bytes that it takes, 0 if the first begins none
 */
size_t utf8_next(const char *p, size_t len, uint32_t *code)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *s = (const unsigned char *)p;
	uint32_t c = s[0];
	size_t n, i;

	*code = c;
	if (c < 0x80)
		return 1;
	n = c >= 0xf0 && c < 0xf8 ? 4 : c >= 0xe0 ? 3 : 2;
	if (c < 0xc0 || c >= 0xf8 || n > len)
		return 0;
	c &= 0x7f >> n;
	for (i = 1; i < n; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (s[i] & 0x3f);
	}
	if (c < least[n] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return 0;
	*code = c;
	return n;
}

static bool is_plain(unsigned char c)
{
	return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

/* Whether some byte of @w is not plain. */
static bool not_plain(uint64_t w)
{
	const uint64_t ones = ~0ULL / 255;

	return ((w | (w - ones * 0x20) | ((w ^ ones * 0x7f) - ones) |
		 ((w ^ ones * '"') - ones) | ((w ^ ones * '\\') - ones)) &
		ones * 0x80) != 0;
}

/**
 * utf8_copy_plain() - copy what needs no look at it
 * @to: room for @len bytes
 * @p: bytes
 * @len: how many
 *
 * Return: bytes at the start that are ASCII, no controls, and neither quotes
 *	nor backslashes
 */
size_t utf8_copy_plain(char *to, const char *p, size_t len)
{
	size_t i = 0;
	uint64_t w;

	for (; len - i >= sizeof(w); i += sizeof(w)) {
		memcpy(&w, p + i, sizeof(w));
		if (not_plain(w))
			break;
		memcpy(to + i, &w, sizeof(w));
	}
	if (len >= sizeof(w) && len - i < sizeof(w)) {
		/* The rest, with some of what was copied. */
		memcpy(&w, p + len - sizeof(w), sizeof(w));
		if (!not_plain(w)) {
			memcpy(to + len - sizeof(w), &w, sizeof(w));
			return len;
		}
	}
	for (; i < len && is_plain(p[i]); i++)
		to[i] = p[i];
	return i;
}

/* How many bytes at the start of a string are ASCII: nearly always all. */
static size_t ascii(const char *p, size_t len)
{
	size_t i = 0;
	uint64_t w;

	for (; len - i >= sizeof(w); i += sizeof(w)) {
		memcpy(&w, p + i, sizeof(w));
		if (w & ~0ULL / 255 * 0x80)
			break;
	}
	while (i < len && !(p[i] & 0x80))
		i++;
	return i;
}

/**
 * utf8_valid() - is it text?
 * @bytes: the string
 *
 * Return: whether all of it is UTF-8
 */
bool utf8_valid(struct bytes bytes)
{
	size_t i, n;
	uint32_t code;

	for (i = ascii(bytes.p, bytes.len); i < bytes.len; i += n) {
		n = utf8_next(bytes.p + i, bytes.len - i, &code);
		if (!n)
			return false;
	}
	return true;
}

/**
 * utf8_shown() - may a terminal see it as it is?
 * @code: a code point
 *
 * Return: whether it is neither a control, nor a line or paragraph separator,
 *	nor one that changes the direction of text
 */
bool utf8_shown(uint32_t code)
{
	return code >= 0x20 && !(code >= 0x7f && code <= 0x9f) &&
	       code != 0x61c && code != 0x200e && code != 0x200f &&
	       !(code >= 0x2028 && code <= 0x202e) &&
	       !(code >= 0x2066 && code <= 0x2069);
}
