// SPDX-License-Identifier: GPL-2.0
/* Ids of events, users, groups and processes, and what they are called. */
#include <string.h>
#include "ecs_parts.h"

/* The inode number of the initial user namespace, on every kernel. */
#define INITIAL_USER_NS	4026531837U

/**
 * ecs_event_ids() - add what tells the event from all others
 * @ecs: the document, in its object "event"
 */
void ecs_event_ids(const struct ecs *ecs)
{
	const struct event *event = ecs->event;
	struct json *j = ecs->json;

	json_word(j, "module", "shmexec");
	json_word(j, "provider", "kernel:sched_process_exec");
	/* That of a loss is the number of an event that others may have. */
	if (ecs->host && *ecs->host->boot_id &&
	    event->hdr.type != SHMEXEC_TYPE_LOST) {
		/* A sequence number alone begins again with each load. */
		json_string(j, "id");
		buffer_text(j->out, ecs->host->boot_id);
		buffer_text(j->out, ":");
		buffer_hex(j->out, event->hdr.epoch, 16);
		buffer_text(j->out, ":");
		buffer_hex(j->out, event->hdr.seq, 16);
		json_end_string(j);
	}
	json_number(j, "sequence", event->hdr.seq);
	json_time(j, "created", event->hdr.realtime);
}

/* In a user namespace of its own a process has other names for the same ids. */
static bool has_names(const struct ecs *ecs)
{
	const struct shmexec_exec *exec = &ecs->event->exec;

	return ecs->host && (exec->hdr.type != SHMEXEC_TYPE_EXEC ||
			     !exec->ns_user || exec->ns_user == INITIAL_USER_NS);
}

/**
 * ecs_user_name() - what a user is called
 * @ecs: the document
 * @id: the user's id
 *
 * Return: the name, valid until the next call; NULL if it is not known, or is
 *	not that of the event's process
 */
const char *ecs_user_name(const struct ecs *ecs, uint32_t id)
{
	return has_names(ecs) ? ids_name(&ecs->host->users, id) : NULL;
}

/**
 * ecs_group_name() - what a group is called
 * @ecs: the document
 * @id: the group's id
 *
 * Return: as for ecs_user_name()
 */
const char *ecs_group_name(const struct ecs *ecs, uint32_t id)
{
	return has_names(ecs) ? ids_name(&ecs->host->groups, id) : NULL;
}

/**
 * ecs_user_ids() - add a user, in an object that is open
 * @ecs: the document
 * @id: the user's id
 */
void ecs_user_ids(const struct ecs *ecs, uint32_t id)
{
	json_id(ecs->json, "id", id);
	known_text(ecs->json, "name", ecs_user_name(ecs, id));
}

/**
 * ecs_group_ids() - add a group, likewise
 * @ecs: the document
 * @id: the group's id
 */
void ecs_group_ids(const struct ecs *ecs, uint32_t id)
{
	json_id(ecs->json, "id", id);
	known_text(ecs->json, "name", ecs_group_name(ecs, id));
}

/**
 * ecs_user() - add a user as an object
 * @ecs: the document
 * @key: of the object, NULL in an array
 * @id: the user's id
 */
void ecs_user(const struct ecs *ecs, const char *key, uint32_t id)
{
	open_object(ecs->json, key);
	ecs_user_ids(ecs, id);
	close_object(ecs->json);
}

/**
 * ecs_group() - add a group, likewise
 * @ecs: the document
 * @key: of the object, NULL in an array
 * @id: the group's id
 */
void ecs_group(const struct ecs *ecs, const char *key, uint32_t id)
{
	open_object(ecs->json, key);
	ecs_group_ids(ecs, id);
	close_object(ecs->json);
}

/* Whether @kept is of these ids, and what they are called is still true. */
static bool is_of(const struct ecs *ecs, const struct people *kept,
		  const uint32_t id[PEOPLE])
{
	return kept->len && kept->host == ecs->host && kept->named == has_names(ecs) &&
	       (!ecs->host || kept->changes == host_changes(ecs->host)) &&
	       !memcmp(kept->id, id, sizeof(kept->id));
}

/**
 * ecs_people() - add users and groups, as they were written before if they were
 * @ecs: the document of an exec
 * @kept: how they were
 * @id: all ids of which @add writes
 * @add: writes them
 */
void ecs_people(const struct ecs *ecs, struct people *kept,
		const uint32_t id[PEOPLE], void (*add)(const struct ecs *ecs))
{
	struct buffer *out = ecs->json->out;
	size_t start = out->len;

	if (is_of(ecs, kept, id)) {
		buffer_add(out, kept->text, kept->len);
		return;
	}
	add(ecs);
	kept->len = 0;
	if (out->failed || out->len - start > sizeof(kept->text))
		return;
	kept->host = ecs->host;
	kept->named = has_names(ecs);
	kept->changes = ecs->host ? host_changes(ecs->host) : 0;
	memcpy(kept->id, id, sizeof(kept->id));
	kept->len = out->len - start;
	memcpy(kept->text, out->p + start, kept->len);
}

/**
 * ecs_process_ids() - add what tells a process from all others
 * @ecs: the document, in the object of the process
 * @pid: its id
 * @start: when it was forked, ns of the boot clock; 0: not known
 */
void ecs_process_ids(const struct ecs *ecs, uint32_t pid, uint64_t start)
{
	struct json *j = ecs->json;

	json_number(j, "pid", pid);
	if (start && ecs->host && *ecs->host->boot_id) {
		json_string(j, "entity_id");
		buffer_text(j->out, ecs->host->boot_id);
		buffer_text(j->out, "-");
		buffer_number(j->out, pid);
		buffer_text(j->out, "-");
		buffer_number(j->out, start);
		json_end_string(j);
	}
	known_time(j, "start", event_wall_clock(ecs->event, start));
}
