/* SPDX-License-Identifier: GPL-2.0 */
/* What the parts of a document are made of. */
#ifndef _ECS_PARTS_H
#define _ECS_PARTS_H

#include "json.h"

static inline void open_object(struct json *j, const char *key)
{
	json_open(j, key, '{');
}

static inline void close_object(struct json *j)
{
	json_close(j, '}');
}

/* An array of one text. */
static inline void one_text(struct json *j, const char *key, const char *text)
{
	json_open(j, key, '[');
	json_text(j, NULL, text);
	json_close(j, ']');
}

/* What is empty is not known, and left out. */
static inline void known_text(struct json *j, const char *key, const char *text)
{
	if (*text)
		json_text(j, key, text);
}

static inline void known_bytes(struct json *j, const char *key, struct bytes bytes)
{
	if (bytes.p)
		json_bytes(j, key, bytes);
}

static inline void object_with_id(struct json *j, const char *key, uint32_t id)
{
	open_object(j, key);
	json_id(j, "id", id);
	close_object(j);
}

struct host;

void ecs_event_ids(struct json *j, const struct event *event,
		   const struct host *host);
void ecs_exec_fields(struct json *j, const struct event *event);
void ecs_state_fields(struct json *j, const struct event *event,
		      const struct host *host);

#endif
