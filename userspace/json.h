/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _JSON_H
#define _JSON_H

#include "buffer.h"
#include "decode.h"

/**
 * struct json - a document being written, on one line
 * @out: where it goes
 * @comma: the next value is not the first in its object or array
 *
 * A key of NULL: the value stands in an array, or is the document itself.
 */
struct json {
	struct buffer *out;
	bool comma;
};

void json_open(struct json *json, const char *key, char bracket);
void json_close(struct json *json, char bracket);
void json_bytes(struct json *json, const char *key, struct bytes bytes);
void json_raw(struct json *json, const char *key, const struct buffer *value);
void json_string(struct json *json, const char *key);
void json_part(struct json *json, struct bytes bytes);
void json_end_string(struct json *json);
void json_text(struct json *json, const char *key, const char *text);
void json_base64(struct json *json, const char *key, struct bytes bytes);
void json_number(struct json *json, const char *key, uint64_t number);
void json_id(struct json *json, const char *key, uint64_t id);
void json_bool(struct json *json, const char *key, bool value);
void json_time(struct json *json, const char *key, uint64_t ns);

#endif
