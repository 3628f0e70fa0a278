// SPDX-License-Identifier: GPL-2.0
/* A writer of JSON documents. */
#include <inttypes.h>
#include <string.h>
#include "json.h"
#include "utf8.h"

/**
 * json_close() - end an object or an array
 * @json: the document
 * @bracket: '}' or ']'
 */
void json_close(struct json *json, char bracket)
{
	char *end = buffer_room(json->out, 2);

	if (!end)
		return;
	/* No comma behind the last one. */
	if (end[-1] == ',')
		end--;
	*end++ = bracket;
	json_end(json, end);
}

/**
 * json_made() - add what was made before
 * @json: the document
 * @key: the key of a value, or NULL
 * @made: the value, or keys and values, with the comma behind it
 */
void json_made(struct json *json, const char *key, const struct buffer *made)
{
	char *to = json_key(json, key, made->len);

	if (to && made->len) {
		memcpy(to, made->p, made->len);
		json->out->len = to + made->len - json->out->p;
	}
	json->out->failed |= made->failed;
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
	struct buffer *out = json->out;
	size_t i = 0, n;
	char *to;

	while (i < bytes.len) {
		to = buffer_room(out, bytes.len - i);
		if (!to)
			return;
		n = utf8_copy_plain(to, bytes.p + i, bytes.len - i);
		out->len += n;
		i += n;
		if (i == bytes.len)
			return;
		i += add_odd(out, bytes.p + i, bytes.len - i);
		json->odd = true;
	}
}

/**
 * json_end_string() - end it
 * @json: the document
 */
void json_end_string(struct json *json)
{
	buffer_add(json->out, "\",", 2);
}

/**
 * json_quoted() - add the last part of a string
 * @json: the document, in a string
 * @bytes: as for json_part()
 */
void json_quoted(struct json *json, struct bytes bytes)
{
	char *to = buffer_room(json->out, bytes.len + 2);
	size_t n;

	if (!to)
		return;
	n = utf8_copy_plain(to, bytes.p, bytes.len);
	if (n == bytes.len) {
		to[n] = '"';
		json_end(json, to + n + 1);
		return;
	}
	json->out->len += n;
	json_part(json, (struct bytes) { bytes.p + n, bytes.len - n });
	json_end_string(json);
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

	json_string(json, key);
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
	json_end_string(json);
}
