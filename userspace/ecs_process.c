// SPDX-License-Identifier: GPL-2.0
/* The part of a document that tells of a process, and where it comes from. */
#include <string.h>
#include "capabilities.h"
#include "ecs_parts.h"

static void add_args(struct json *j, const struct event *event)
{
	struct bytes args = event->args, arg;
	bool first = true;

	if (!args.len)
		return;
	json_open(j, "args", '[');
	while ((arg = next_arg(&args)).p)
		json_bytes(j, NULL, arg);
	json_close(j, ']');

	if (event->args.len == 1 && !*event->args.p)
		return;
	args = event->args;
	json_string(j, "command_line");
	while ((arg = next_arg(&args)).p) {
		if (!first)
			buffer_text(j->out, " ");
		first = false;
		json_part(j, arg);
	}
	json_end_string(j);
}

static void list_capabilities(struct buffer *out, uint64_t set)
{
	struct json j = { .out = out };
	uint32_t i;

	json_open(&j, NULL, '[');
	for (i = 0; i < 64; i++) {
		if (!(set >> i & 1))
			continue;
		json_string(&j, NULL);
		if (i < CAPABILITIES) {
			buffer_text(out, capability_name[i]);
		} else {
			buffer_text(out, "CAP_");
			buffer_number(out, i);
		}
		json_end_string(&j);
	}
	json_close(&j, ']');
}

/* Nearly always root's, who has them all. */
static void add_capabilities(struct json *j, const char *key, uint64_t set)
{
	static struct buffer list;
	static uint64_t listed;

	if (!set)
		return;
	if (set != listed || list.failed) {
		list.len = 0;
		list.failed = false;
		list_capabilities(&list, set);
		listed = set;
	}
	json_made(j, key, &list);
}

static void add_thread(const struct ecs *ecs)
{
	const struct shmexec_exec *exec = &ecs->event->exec;
	struct json *j = ecs->json;

	open_object(j, "thread");
	json_number(j, "id", exec->tid);
	known_bytes(j, "name", ecs->event->comm);
	if (exec->cap_effective | exec->cap_permitted) {
		open_object(j, "capabilities");
		add_capabilities(j, "effective", exec->cap_effective);
		add_capabilities(j, "permitted", exec->cap_permitted);
		close_object(j);
	}
	close_object(j);
}

static void write_owners(const struct ecs *ecs)
{
	const struct shmexec_exec *exec = &ecs->event->exec;

	ecs_user(ecs, "user", exec->euid);
	ecs_user(ecs, "real_user", exec->uid);
	ecs_user(ecs, "saved_user", exec->suid);
	ecs_group(ecs, "group", exec->egid);
	ecs_group(ecs, "real_group", exec->gid);
	ecs_group(ecs, "saved_group", exec->sgid);
}

static void add_owners(const struct ecs *ecs)
{
	const struct shmexec_exec *exec = &ecs->event->exec;
	const uint32_t id[PEOPLE] = {
		exec->euid, exec->uid, exec->suid,
		exec->egid, exec->gid, exec->sgid,
	};
	struct bytes groups = ecs->event->groups;
	static struct people kept;
	uint32_t gid;

	ecs_people(ecs, &kept, id, write_owners);
	if (!groups.len)
		return;
	json_open(ecs->json, "supplemental_groups", '[');
	while (next_group(&groups, &gid))
		ecs_group(ecs, NULL, gid);
	json_close(ecs->json, ']');
}

static void add_terminal(struct json *j, const struct shmexec_exec *exec)
{
	if (!exec->tty_major && !exec->tty_minor)
		return;
	open_object(j, "tty");
	open_object(j, "char_device");
	json_number(j, "major", exec->tty_major);
	json_number(j, "minor", exec->tty_minor);
	close_object(j);
	close_object(j);
}

static void add_leader(const struct ecs *ecs, const char *key, uint32_t pid,
		       uint64_t start)
{
	if (!pid)
		return;
	open_object(ecs->json, key);
	ecs_process_ids(ecs, pid, start);
	close_object(ecs->json);
}

static void write_parent_owners(const struct ecs *ecs)
{
	const struct shmexec_exec *exec = &ecs->event->exec;

	ecs_user(ecs, "user", exec->parent_euid);
	ecs_user(ecs, "real_user", exec->parent_uid);
	ecs_group(ecs, "group", exec->parent_egid);
	ecs_group(ecs, "real_group", exec->parent_gid);
}

static void add_parent_owners(const struct ecs *ecs)
{
	const struct shmexec_exec *exec = &ecs->event->exec;
	const uint32_t id[PEOPLE] = {
		exec->parent_euid, exec->parent_uid,
		exec->parent_egid, exec->parent_gid,
	};
	static struct people kept;

	if (exec->known & SHMEXEC_KNOWN_PARENT)
		ecs_people(ecs, &kept, id, write_parent_owners);
}

static void add_parent(const struct ecs *ecs)
{
	const struct event *event = ecs->event;
	const struct shmexec_exec *exec = &event->exec;
	struct bytes executable = event->parent_executable;
	struct json *j = ecs->json;

	if (!exec->ppid)
		return;
	open_object(j, "parent");
	ecs_process_ids(ecs, exec->ppid, exec->parent_start);
	known_bytes(j, "executable", executable);
	known_bytes(j, "name", executable.p ? last_component(executable) :
					      event->parent_comm);
	add_parent_owners(ecs);
	close_object(j);
}

/**
 * ecs_process() - add the process that executed a file
 * @ecs: the document of an exec
 */
void ecs_process(const struct ecs *ecs)
{
	const struct event *event = ecs->event;
	const struct shmexec_exec *exec = &event->exec;
	struct json *j = ecs->json;

	open_object(j, "process");
	ecs_process_ids(ecs, exec->pid, exec->start);
	if (exec->vpid)
		json_number(j, "vpid", exec->vpid);
	known_bytes(j, "executable", event_executable(event));
	known_bytes(j, "name", last_component(event_executable(event)));
	add_args(j, event);
	json_number(j, "args_count", exec->args_count);
	known_bytes(j, "working_directory", event->cwd);
	add_thread(ecs);
	add_owners(ecs);
	add_terminal(j, exec);
	add_leader(ecs, "group_leader", exec->pgrp, exec->pgrp_start);
	add_leader(ecs, "session_leader", exec->session, exec->session_start);
	add_parent(ecs);
	close_object(j);
}
