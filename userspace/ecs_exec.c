// SPDX-License-Identifier: GPL-2.0
/* The part of a document that tells of an exec. */
#include <string.h>
#include "ecs_parts.h"

static void write_users(const struct ecs *ecs)
{
	const struct shmexec_exec *exec = &ecs->event->exec;
	struct json *j = ecs->json;

	open_object(j, "user");
	ecs_user_ids(ecs, exec->euid);
	ecs_group(ecs, "group", exec->egid);
	ecs_user(ecs, "effective", exec->euid);
	open_object(j, "Ext");
	ecs_user(ecs, "real", exec->uid);
	close_object(j);
	close_object(j);
	open_object(j, "group");
	ecs_group_ids(ecs, exec->egid);
	open_object(j, "Ext");
	ecs_group(ecs, "real", exec->gid);
	close_object(j);
	close_object(j);
}

static void add_users(const struct ecs *ecs)
{
	const struct shmexec_exec *exec = &ecs->event->exec;
	const uint32_t id[PEOPLE] = {
		exec->euid, exec->uid, exec->egid, exec->gid,
	};
	static struct people kept;

	ecs_people(ecs, &kept, id, write_users);
}

/* Each name once: who it runs as, who started it, who logged in. */
static void add_related_users(const struct ecs *ecs)
{
	const struct shmexec_exec *exec = &ecs->event->exec;
	const uint32_t id[] = { exec->euid, exec->uid, exec->suid, exec->loginuid };
	struct json *j = ecs->json;
	bool opened = false;
	const char *name;
	size_t i, k;

	for (i = 0; i < sizeof(id) / sizeof(*id); i++) {
		for (k = 0; k < i && id[k] != id[i]; k++)
			;
		name = k < i ? NULL : ecs_user_name(ecs, id[i]);
		if (!name)
			continue;
		if (!opened)
			json_open(j, "user", '[');
		opened = true;
		json_text(j, NULL, name);
	}
	if (opened)
		json_close(j, ']');
}

static void add_related(const struct ecs *ecs)
{
	if (!ecs->host || !*ecs->host->name)
		return;
	open_object(ecs->json, "related");
	add_related_users(ecs);
	json_open(ecs->json, "hosts", '[');
	json_text(ecs->json, NULL, ecs->host->name);
	json_close(ecs->json, ']');
	close_object(ecs->json);
}

static void add_message(const struct ecs *ecs)
{
	const struct event *event = ecs->event;
	struct bytes path = event_executable(event);
	struct json *j = ecs->json;

	json_string(j, "message");
	if (event->exec.euid) {
		buffer_text(j->out, "uid ");
		buffer_number(j->out, event->exec.euid);
	} else {
		buffer_text(j->out, "root");
	}
	buffer_text(j->out, " executed ");
	if (path.p)
		json_part(j, path);
	else
		buffer_text(j->out, "a file whose path cannot be known");
	buffer_text(j->out, " (pid ");
	buffer_number(j->out, event->exec.pid);
	buffer_text(j->out, ")");
	if (event->exec.views)
		buffer_text(j->out, " from a shared memory directory");
	json_end_string(j);
}

/**
 * ecs_exec_fields() - add who executed what
 * @ecs: the document of an exec
 */
void ecs_exec_fields(const struct ecs *ecs)
{
	add_message(ecs);
	add_users(ecs);
	ecs_process(ecs);
	ecs_file(ecs);
	ecs_container(ecs);
	add_related(ecs);
	ecs_shmexec(ecs);
}
