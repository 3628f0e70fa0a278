// SPDX-License-Identifier: GPL-2.0
/* The part of a document that tells of an exec. */
#include <inttypes.h>
#include <string.h>
#include "ecs_parts.h"
#include "utf8.h"

#define CUT	(SHMEXEC_F_NAME_CUT | SHMEXEC_F_TYPED_CUT |		\
		 SHMEXEC_F_DIRECTORY_CUT | SHMEXEC_F_ARGS_CUT |		\
		 SHMEXEC_F_ARGS_FAULT)

static struct bytes last_component(struct bytes path)
{
	const char *slash = path.p ? memrchr(path.p, '/', path.len) : NULL;

	if (!slash)
		return path;
	return (struct bytes) { slash + 1, path.p + path.len - slash - 1 };
}

static void add_users(struct json *j, const struct shmexec_exec *exec)
{
	open_object(j, "user");
	json_id(j, "id", exec->euid);
	object_with_id(j, "group", exec->egid);
	object_with_id(j, "effective", exec->euid);
	open_object(j, "Ext");
	object_with_id(j, "real", exec->uid);
	close_object(j);
	close_object(j);
	open_object(j, "group");
	json_id(j, "id", exec->egid);
	open_object(j, "Ext");
	object_with_id(j, "real", exec->gid);
	close_object(j);
	close_object(j);
}

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

static void add_process(struct json *j, const struct event *event)
{
	const struct shmexec_exec *exec = &event->exec;

	open_object(j, "process");
	json_number(j, "pid", exec->pid);
	known_bytes(j, "executable", event_executable(event));
	known_bytes(j, "name", last_component(event_executable(event)));
	add_args(j, event);
	json_number(j, "args_count", exec->args_count);
	open_object(j, "thread");
	json_number(j, "id", exec->tid);
	known_bytes(j, "name", event->comm);
	close_object(j);
	object_with_id(j, "user", exec->euid);
	object_with_id(j, "real_user", exec->uid);
	object_with_id(j, "saved_user", exec->suid);
	object_with_id(j, "group", exec->egid);
	object_with_id(j, "real_group", exec->gid);
	object_with_id(j, "saved_group", exec->sgid);
	if (exec->ppid) {
		open_object(j, "parent");
		json_number(j, "pid", exec->ppid);
		close_object(j);
	}
	close_object(j);
}

static void add_file(struct json *j, const struct event *event)
{
	struct bytes path = event->canonical, name = last_component(path);
	struct bytes directory = { path.p, path.len - name.len };

	if (!path.p)
		return;
	/* Without the slash, but for that of the root. */
	directory.len -= directory.len > 1;
	open_object(j, "file");
	json_bytes(j, "path", path);
	if (directory.len)
		json_bytes(j, "directory", directory);
	json_bytes(j, "name", name);
	close_object(j);
}

static void add_match(struct json *j, const struct event *event)
{
	uint32_t known = event->exec.views & ((1U << VIEWS) - 1), i;

	if (!event->exec.views)
		return;
	open_object(j, "match");
	/* A newer module has views that have no name here. */
	if (known) {
		json_text(j, "view", view_name[__builtin_ctz(known)]);
		json_open(j, "views", '[');
		for (i = 0; i < VIEWS; i++)
			if (known & 1U << i)
				json_text(j, NULL, view_name[i]);
		json_close(j, ']');
	}
	known_bytes(j, "pattern", event->pattern);
	close_object(j);
}

static void add_exact_bytes(struct json *j, const struct event *event)
{
	const struct {
		const char *key;
		struct bytes bytes;
	} field[] = {
		{ "canonical", event->canonical },
		{ "typed", event->typed_path },
		{ "directory", event->directory },
		{ "given", event_given(event) },
		{ "interpreter", event->interp },
		{ "args", event->args },
		{ "comm", event->comm },
		{ "pattern", event->pattern },
	};
	bool opened = false;
	size_t i;

	for (i = 0; i < sizeof(field) / sizeof(*field); i++) {
		if (utf8_valid(field[i].bytes))
			continue;
		if (!opened)
			open_object(j, "bytes");
		opened = true;
		json_base64(j, field[i].key, field[i].bytes);
	}
	if (opened)
		close_object(j);
}

static void add_paths(struct json *j, const struct event *event)
{
	if (!event->canonical.p && !event->typed.p)
		return;
	open_object(j, "path");
	known_bytes(j, "canonical", event->canonical);
	known_bytes(j, "typed", event->typed_path);
	known_bytes(j, "directory", event->directory);
	known_bytes(j, "given", event_given(event));
	close_object(j);
}

static void add_shmexec(struct json *j, const struct event *event)
{
	const struct shmexec_exec *exec = &event->exec;

	open_object(j, "shmexec");
	add_match(j, event);
	add_paths(j, event);
	json_bool(j, "truncated", exec->flags & CUT);
	json_bool(j, "script", exec->flags & SHMEXEC_F_SCRIPT);
	known_bytes(j, "interpreter", event->interp);
	json_bool(j, "unreachable", exec->flags & SHMEXEC_F_UNREACHABLE);
	open_object(j, "file");
	json_bool(j, "deleted", exec->flags & SHMEXEC_F_DELETED);
	close_object(j);
	if (exec->loginuid != SHMEXEC_ID_UNSET)
		json_number(j, "loginuid", exec->loginuid);
	if (exec->sessionid != SHMEXEC_ID_UNSET)
		json_number(j, "sessionid", exec->sessionid);
	json_number(j, "old_tid", exec->old_tid);
	add_exact_bytes(j, event);
	close_object(j);
}

static void add_message(struct json *j, const struct event *event)
{
	struct buffer text = {};
	struct bytes path = event_executable(event);

	if (event->exec.euid)
		buffer_printf(&text, "uid %" PRIu32, event->exec.euid);
	else
		buffer_text(&text, "root");
	buffer_text(&text, " executed ");
	if (path.p)
		buffer_add(&text, path.p, path.len);
	else
		buffer_text(&text, "a file whose path cannot be known");
	buffer_printf(&text, " (pid %" PRIu32 ")", event->exec.pid);
	if (event->exec.views)
		buffer_text(&text, " from a shared memory directory");
	json_bytes(j, "message", (struct bytes) { text.p, text.len });
	j->out->failed |= text.failed;
	buffer_free(&text);
}

/**
 * ecs_exec_fields() - add who executed what
 * @j: the document
 * @event: an exec
 */
void ecs_exec_fields(struct json *j, const struct event *event)
{
	add_message(j, event);
	add_users(j, &event->exec);
	add_process(j, event);
	add_file(j, event);
	add_shmexec(j, event);
}
