/* SPDX-License-Identifier: GPL-2.0 */
/* What the parts of a document are made of. */
#ifndef _ECS_PARTS_H
#define _ECS_PARTS_H

#include "host.h"
#include "json.h"

/**
 * struct ecs - a document being made
 * @json: where it is written
 * @event: what of
 * @host: the machine that the event is from, NULL: not known
 */
struct ecs {
	struct json *json;
	const struct event *event;
	struct host *host;
};

static inline always_inline void open_object(struct json *j, const char *key)
{
	json_open(j, key, '{');
}

static inline always_inline void close_object(struct json *j)
{
	json_close(j, '}');
}

/* An array of one word. */
static inline always_inline void one_word(struct json *j, const char *key, const char *word)
{
	json_open(j, key, '[');
	json_word(j, NULL, word);
	json_close(j, ']');
}

/* What is empty is not known, and left out. */
static inline always_inline void known_text(struct json *j, const char *key, const char *text)
{
	if (text && *text)
		json_text(j, key, text);
}

static inline always_inline void known_bytes(struct json *j, const char *key, struct bytes bytes)
{
	if (bytes.p && bytes.len)
		json_bytes(j, key, bytes);
}

static inline always_inline void known_time(struct json *j, const char *key, uint64_t ns)
{
	if (ns)
		json_time(j, key, ns);
}

/* No more ids make one part of a document. */
#define PEOPLE	6

/**
 * struct people - users and groups as they were written, nearly always the same
 * @host: the machine of the document that it was
 * @changes: host_changes() then
 * @named: whether they have their names there
 * @id: who they are
 * @len: bytes of @text, 0: there is nothing
 * @text: a part of a document
 */
struct people {
	const struct host *host;
	unsigned int changes;
	bool named;
	uint32_t id[PEOPLE];
	size_t len;
	char text[512];
};

/**
 * struct exact - a string that may be no text
 * @key: what it is called under shmexec.bytes
 * @bytes: the string
 */
struct exact {
	const char *key;
	struct bytes bytes;
};

struct bytes last_component(struct bytes path);

void ecs_event_ids(const struct ecs *ecs);
const char *ecs_user_name(const struct ecs *ecs, uint32_t id);
const char *ecs_group_name(const struct ecs *ecs, uint32_t id);
void ecs_user_ids(const struct ecs *ecs, uint32_t id);
void ecs_group_ids(const struct ecs *ecs, uint32_t id);
void ecs_user(const struct ecs *ecs, const char *key, uint32_t id);
void ecs_group(const struct ecs *ecs, const char *key, uint32_t id);
void ecs_people(const struct ecs *ecs, struct people *kept,
		const uint32_t id[PEOPLE], void (*add)(const struct ecs *ecs));
void ecs_process_ids(const struct ecs *ecs, uint32_t pid, uint64_t start);

void ecs_exec_fields(const struct ecs *ecs);
void ecs_process(const struct ecs *ecs);
void ecs_file(const struct ecs *ecs);
void ecs_container(const struct ecs *ecs);
void ecs_exact_bytes(const struct ecs *ecs, const struct exact *exact, size_t count);
void ecs_shmexec(const struct ecs *ecs);
void ecs_state_fields(const struct ecs *ecs);

#endif
