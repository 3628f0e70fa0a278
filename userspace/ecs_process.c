// SPDX-License-Identifier: GPL-2.0
/* The part of a document that tells of a process, and where it comes from. */
#include <string.h>
#include "capabilities.h"
#include "ecs_parts.h"

static void add_args(struct json *j, const struct event *event)
{
	struct bytes args = event->args, arg;
	char line[SHMEXEC_RECORD_MAX];
	size_t len = args.len, i;

	if (!args.len)
		return;
	json_open(j, "args", '[');
	while ((arg = next_arg(&args)).p)
		json_bytes(j, NULL, arg);
	json_close(j, ']');

	len -= !event->args.p[len - 1];
	for (i = 0; i < len; i++)
		line[i] = event->args.p[i] ? event->args.p[i] : ' ';
	if (len)
		json_bytes(j, "command_line", (struct bytes) { line, len });
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
	json_raw(j, key, &list);
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

static void add_owners(const struct ecs *ecs)
{
	const struct shmexec_exec *exec = &ecs->event->exec;
	struct bytes groups = ecs->event->groups;
	uint32_t gid;

	ecs_user(ecs, "user", exec->euid);
	ecs_user(ecs, "real_user", exec->uid);
	ecs_user(ecs, "saved_user", exec->suid);
	ecs_group(ecs, "group", exec->egid);
	ecs_group(ecs, "real_group", exec->gid);
	ecs_group(ecs, "saved_group", exec->sgid);
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
	if (exec->known & SHMEXEC_KNOWN_PARENT) {
		ecs_user(ecs, "user", exec->parent_euid);
		ecs_user(ecs, "real_user", exec->parent_uid);
		ecs_group(ecs, "group", exec->parent_egid);
		ecs_group(ecs, "real_group", exec->parent_gid);
	}
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
