// SPDX-License-Identifier: GPL-2.0
/* A writer of JSON documents. */
#include <inttypes.h>
#include <string.h>
#include "json.h"
#include "utf8.h"

/* Keys are ours: letters, digits, '_', '@', '.'. */
static void begin(struct json *json, const char *key)
{
	if (json->comma)
		buffer_text(json->out, ",");
	if (key)
		buffer_printf(json->out, "\"%s\":", key);
	json->comma = true;
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
	buffer_add(json->out, &bracket, 1);
	json->comma = false;
}

/**
 * json_close() - end it
 * @json: the document
 * @bracket: '}' or ']'
 */
void json_close(struct json *json, char bracket)
{
	buffer_add(json->out, &bracket, 1);
	json->comma = true;
}

/**
 * json_bytes() - add a string of any bytes
 * @json: the document
 * @key: its key, or NULL
 * @bytes: the string; a byte that is not UTF-8 becomes U+FFFD
 */
void json_bytes(struct json *json, const char *key, struct bytes bytes)
{
	struct buffer *out = json->out;
	uint32_t code;
	size_t i, n;

	begin(json, key);
	buffer_text(out, "\"");
	for (i = 0; i < bytes.len; i += n ? n : 1) {
		n = utf8_next(bytes.p + i, bytes.len - i, &code);
		if (!n)
			buffer_text(out, "\xef\xbf\xbd");
		else if (code == '"' || code == '\\')
			buffer_printf(out, "\\%c", (char)code);
		else if (!utf8_shown(code))
			buffer_printf(out, "\\u%04" PRIx32, code);
		else
			buffer_add(out, bytes.p + i, n);
	}
	buffer_text(out, "\"");
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
	buffer_printf(json->out, "%" PRIu64, number);
}

/**
 * json_id() - add a number as ECS has ids: as a string
 * @json: the document
 * @key: its key, or NULL
 * @id: the number
 */
void json_id(struct json *json, const char *key, uint64_t id)
{
	begin(json, key);
	buffer_printf(json->out, "\"%" PRIu64 "\"", id);
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
	begin(json, key);
	buffer_text(json->out, "\"");
	buffer_time(json->out, ns, 9);
	buffer_text(json->out, "\"");
}
