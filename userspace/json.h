/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _JSON_H
#define _JSON_H

#include "buffer.h"
#include "decode.h"

/**
 * struct json - a document being written, on one line
 * @out: where it goes
 * @odd: a string had more in it than printable ASCII
 *
 * A key of NULL: the value stands in an array, or is the document itself.
 * Behind each value there is a comma, until what it is in ends.
 *
 * A document has more than a hundred keys that are known when this is compiled:
 * what is inline here is for those.
 */
struct json {
	struct buffer *out;
	bool odd;
};

#define always_inline	__attribute__((always_inline))

/* Keys are ours: letters, digits, '_', '@', '.'. */
static inline always_inline char *json_put_key(char *to, const char *key)
{
	size_t len;

	if (!key)
		return to;
	len = strlen(key);
	*to++ = '"';
	to = (char *)memcpy(to, key, len) + len;
	*to++ = '"';
	*to++ = ':';
	return to;
}

/* Writes a key; behind it there is room for @len bytes.  NULL: no memory. */
static inline always_inline char *json_key(struct json *json, const char *key, size_t len)
{
	char *to = buffer_room(json->out, (key ? strlen(key) + 3 : 0) + len);

	return to ? json_put_key(to, key) : NULL;
}

static inline always_inline void json_end(struct json *json, char *end)
{
	*end++ = ',';
	json->out->len = end - json->out->p;
}

/**
 * json_open() - begin an object or an array
 * @json: the document
 * @key: its key, or NULL
 * @bracket: '{' or '['
 */
static inline always_inline void json_open(struct json *json, const char *key, char bracket)
{
	char *to = json_key(json, key, 1);

	if (!to)
		return;
	*to++ = bracket;
	json->out->len = to - json->out->p;
}

/**
 * json_word() - add a string that is printable ASCII without '"' and '\\'
 * @json: the document
 * @key: its key, or NULL
 * @word: the string
 */
static inline always_inline void json_word(struct json *json, const char *key, const char *word)
{
	size_t len = strlen(word);
	char *to = json_key(json, key, len + 3);

	if (!to)
		return;
	*to++ = '"';
	to = (char *)memcpy(to, word, len) + len;
	*to++ = '"';
	json_end(json, to);
}

/**
 * json_string() - begin a string, to be added in parts
 * @json: the document
 * @key: its key, or NULL
 */
static inline always_inline void json_string(struct json *json, const char *key)
{
	json_open(json, key, '"');
}

void json_part(struct json *json, struct bytes bytes);
void json_quoted(struct json *json, struct bytes bytes);

/**
 * json_bytes() - add a string of any bytes
 * @json: the document
 * @key: its key, or NULL
 * @bytes: the string; a byte that is not UTF-8 becomes U+FFFD
 */
static inline always_inline void json_bytes(struct json *json, const char *key,
					    struct bytes bytes)
{
	json_string(json, key);
	json_quoted(json, bytes);
}

/**
 * json_text() - add a string
 * @json: the document
 * @key: its key, or NULL
 * @text: the string
 */
static inline always_inline void json_text(struct json *json, const char *key, const char *text)
{
	json_bytes(json, key, (struct bytes) { text, strlen(text) });
}

/**
 * json_number() - add a number
 * @json: the document
 * @key: its key, or NULL
 * @number: the number
 */
static inline always_inline void json_number(struct json *json, const char *key, uint64_t number)
{
	char *to = json_key(json, key, NUMBER_MAX + 1);

	if (to)
		json_end(json, put_number(to, number));
}

/**
 * json_id() - add a number as ECS has ids: as a string
 * @json: the document
 * @key: its key, or NULL
 * @id: the number
 */
static inline always_inline void json_id(struct json *json, const char *key, uint64_t id)
{
	char *to = json_key(json, key, NUMBER_MAX + 3);

	if (!to)
		return;
	*to++ = '"';
	to = put_number(to, id);
	*to++ = '"';
	json_end(json, to);
}

/**
 * json_bool() - add true or false
 * @json: the document
 * @key: its key, or NULL
 * @value: which
 */
static inline always_inline void json_bool(struct json *json, const char *key, bool value)
{
	char *to = json_key(json, key, sizeof("false,"));

	if (!to)
		return;
	memcpy(to, value ? "true," : "false", 5);
	json_end(json, to + (value ? 4 : 5));
}

/**
 * json_time() - add a time
 * @json: the document
 * @key: its key, or NULL
 * @ns: since 1970
 */
static inline always_inline void json_time(struct json *json, const char *key, uint64_t ns)
{
	char *to = json_key(json, key, TIME_MAX + 3);

	if (!to)
		return;
	*to++ = '"';
	to = put_time(to, ns, 9);
	*to++ = '"';
	json_end(json, to);
}

void json_close(struct json *json, char bracket);
void json_end_string(struct json *json);
void json_made(struct json *json, const char *key, const struct buffer *made);
void json_base64(struct json *json, const char *key, struct bytes bytes);

#endif
