// SPDX-License-Identifier: GPL-2.0
/* A writer of JSON documents. */
#include <inttypes.h>
#include <string.h>
#include "json.h"
#include "utf8.h"

/* Keys are ours: letters, digits, '_', '@', '.'. */
static void begin(struct json *json, const char *key)
{
	size_t len = key ? strlen(key) : 0;
	char *to = buffer_room(json->out, len + 4), *start = to;

	if (!to)
		return;
	if (json->comma)
		*to++ = ',';
	if (key) {
		*to++ = '"';
		to = (char *)memcpy(to, key, len) + len;
		*to++ = '"';
		*to++ = ':';
	}
	json->out->len += to - start;
	json->comma = true;
}

static void put(struct json *json, char c)
{
	buffer_add(json->out, &c, 1);
}

/**
 * json_open() - begin an object or an array
 * @json: the document
 * @key: its key, or NULL
 * @bracket: '{' or '['
 */
void json_open(struct json *json, const char *key, char bracket)
{
	begin(json, key);
	put(json, bracket);
	json->comma = false;
}

/**
 * json_close() - end it
 * @json: the document
 * @bracket: '}' or ']'
 */
void json_close(struct json *json, char bracket)
{
	put(json, bracket);
	json->comma = true;
}

/**
 * json_raw() - add a value made before
 * @json: the document
 * @key: its key, or NULL
 * @value: as JSON
 */
void json_raw(struct json *json, const char *key, const struct buffer *value)
{
	begin(json, key);
	buffer_add(json->out, value->p, value->len);
	json->out->failed |= value->failed;
}

/**
 * json_string() - begin a string, to be added in parts
 * @json: the document
 * @key: its key, or NULL
 */
void json_string(struct json *json, const char *key)
{
	begin(json, key);
	put(json, '"');
}

/* Returns how many bytes of @p were looked at. */
static size_t add_odd(struct buffer *out, const char *p, size_t len)
{
	uint32_t code;
	size_t n = utf8_next(p, len, &code);

	if (!n)
		buffer_text(out, "\xef\xbf\xbd");
	else if (code == '"' || code == '\\')
		buffer_printf(out, "\\%c", (char)code);
	else if (!utf8_shown(code))
		buffer_printf(out, "\\u%04" PRIx32, code);
	else
		buffer_add(out, p, n);
	return n ? n : 1;
}

/**
 * json_part() - add to a string
 * @json: the document, in a string
 * @bytes: any; one that is not UTF-8 becomes U+FFFD
 */
void json_part(struct json *json, struct bytes bytes)
{
	size_t i = 0, n;

	for (;;) {
		n = utf8_plain(bytes.p + i, bytes.len - i);
		buffer_add(json->out, bytes.p + i, n);
		i += n;
		if (i == bytes.len)
			return;
		i += add_odd(json->out, bytes.p + i, bytes.len - i);
	}
}

/**
 * json_end_string() - end it
 * @json: the document
 */
void json_end_string(struct json *json)
{
	put(json, '"');
}

/**
 * json_bytes() - add a string of any bytes
 * @json: the document
 * @key: its key, or NULL
 * @bytes: the string; a byte that is not UTF-8 becomes U+FFFD
 */
void json_bytes(struct json *json, const char *key, struct bytes bytes)
{
	json_string(json, key);
	json_part(json, bytes);
	json_end_string(json);
}

/**
 * json_text() - add a string
 * @json: the document
 * @key: its key, or NULL
 * @text: the string
 */
void json_text(struct json *json, const char *key, const char *text)
{
	json_bytes(json, key, (struct bytes) { text, strlen(text) });
}

/**
 * json_base64() - add the exact bytes of a string
 * @json: the document
 * @key: its key, or NULL
 * @bytes: the string
 */
void json_base64(struct json *json, const char *key, struct bytes bytes)
{
	static const char digit[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *p = (const unsigned char *)bytes.p;
	char four[4];
	uint32_t v;
	size_t i;

	begin(json, key);
	buffer_text(json->out, "\"");
	for (i = 0; i < bytes.len; i += 3) {
		v = p[i] << 16;
		v |= i + 1 < bytes.len ? p[i + 1] << 8 : 0;
		v |= i + 2 < bytes.len ? p[i + 2] : 0;
		four[0] = digit[v >> 18];
		four[1] = digit[v >> 12 & 63];
		four[2] = i + 1 < bytes.len ? digit[v >> 6 & 63] : '=';
		four[3] = i + 2 < bytes.len ? digit[v & 63] : '=';
		buffer_add(json->out, four, sizeof(four));
	}
	buffer_text(json->out, "\"");
}

/**
 * json_number() - add a number
 * @json: the document
 * @key: its key, or NULL
 * @number: the number
 */
void json_number(struct json *json, const char *key, uint64_t number)
{
	begin(json, key);
	buffer_number(json->out, number);
}

/**
 * json_id() - add a number as ECS has ids: as a string
 * @json: the document
 * @key: its key, or NULL
 * @id: the number
 */
void json_id(struct json *json, const char *key, uint64_t id)
{
	json_string(json, key);
	buffer_number(json->out, id);
	json_end_string(json);
}

/**
 * json_bool() - add true or false
 * @json: the document
 * @key: its key, or NULL
 * @value: which
 */
void json_bool(struct json *json, const char *key, bool value)
{
	begin(json, key);
	buffer_text(json->out, value ? "true" : "false");
}

/**
 * json_time() - add a time
 * @json: the document
 * @key: its key, or NULL
 * @ns: since 1970
 */
void json_time(struct json *json, const char *key, uint64_t ns)
{
	json_string(json, key);
	buffer_time(json->out, ns, 9);
	json_end_string(json);
}
