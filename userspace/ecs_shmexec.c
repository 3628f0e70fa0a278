// SPDX-License-Identifier: GPL-2.0
/* The part of a document that ECS has no fields for. */
#include <string.h>
#include <sys/stat.h>
#include "ecs_parts.h"
#include "utf8.h"

#define CUT	(SHMEXEC_F_NAME_CUT | SHMEXEC_F_TYPED_CUT |		\
		 SHMEXEC_F_DIRECTORY_CUT | SHMEXEC_F_ARGS_CUT |		\
		 SHMEXEC_F_ARGS_FAULT | SHMEXEC_F_CWD_CUT |		\
		 SHMEXEC_F_ROOT_CUT)

static void add_match(struct json *j, const struct event *event)
{
	uint32_t known = event->exec.views & ((1U << VIEWS) - 1), i;

	if (!event->exec.views)
		return;
	open_object(j, "match");
	/* A newer module has views that have no name here. */
	if (known) {
		json_word(j, "view", view_name[__builtin_ctz(known)]);
		json_open(j, "views", '[');
		for (i = 0; i < VIEWS; i++)
			if (known & 1U << i)
				json_word(j, NULL, view_name[i]);
		json_close(j, ']');
	}
	known_bytes(j, "pattern", event->pattern);
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

/**
 * ecs_exact_bytes() - add, of strings that are no text, what they are
 * @ecs: the document, in its object "shmexec"
 * @exact: strings
 * @count: how many
 */
void ecs_exact_bytes(const struct ecs *ecs, const struct exact *exact, size_t count)
{
	struct json *j = ecs->json;
	bool opened = false;
	size_t i;

	for (i = 0; i < count; i++) {
		if (utf8_valid(exact[i].bytes))
			continue;
		if (!opened)
			open_object(j, "bytes");
		opened = true;
		json_base64(j, exact[i].key, exact[i].bytes);
	}
	if (opened)
		close_object(j);
}

/* All of them but one have been written, and nothing was odd. */
static bool all_are_text(const struct ecs *ecs)
{
	const struct event *event = ecs->event;

	return !ecs->json->odd && event->exec.views && event->exec.ppid &&
	       (event->canonical.p || event->typed.p) &&
	       utf8_valid(event->parent_comm);
}

static void add_exact_bytes(const struct ecs *ecs)
{
	const struct event *event = ecs->event;
	const struct exact exact[] = {
		{ "canonical", event->canonical },
		{ "typed", event->typed_path },
		{ "directory", event->directory },
		{ "given", event_given(event) },
		{ "interpreter", event->interp },
		{ "args", event->args },
		{ "comm", event->comm },
		{ "pattern", event->pattern },
		{ "working_directory", event->cwd },
		{ "fs_root", event->root },
		{ "cgroup", event->cgroup },
		{ "parent_name", event->parent_comm },
		{ "parent_executable", event->parent_executable },
	};

	if (!all_are_text(ecs))
		ecs_exact_bytes(ecs, exact, sizeof(exact) / sizeof(*exact));
}

static void add_file(struct json *j, const struct event *event)
{
	const struct shmexec_exec *exec = &event->exec;

	open_object(j, "file");
	json_bool(j, "deleted", exec->flags & SHMEXEC_F_DELETED);
	if (exec->known & SHMEXEC_KNOWN_FILE) {
		json_number(j, "nlink", exec->file_nlink);
		known_bytes(j, "fs_type", event->fs_type);
		json_string(j, "fs_magic");
		buffer_text(j->out, "0x");
		buffer_hex(j->out, exec->fs_magic, 1);
		json_end_string(j);
		if (exec->file_generation)
			json_number(j, "generation", exec->file_generation);
		json_bool(j, "memfd", exec->flags & SHMEXEC_F_MEMFD);
		json_bool(j, "detached_mount", exec->flags & SHMEXEC_F_DETACHED);
		json_bool(j, "setuid", exec->file_mode & S_ISUID);
		json_bool(j, "setgid", exec->file_mode & S_ISGID);
	}
	close_object(j);
}

struct namespaces {
	uint32_t mnt, pid, user, net, cgroup, uts, ipc;
};

static void list_namespaces(struct buffer *out, const struct namespaces *ns)
{
	const struct {
		const char *key;
		uint32_t number;
	} all[] = {
		{ "mnt", ns->mnt }, { "pid", ns->pid }, { "user", ns->user },
		{ "net", ns->net }, { "cgroup", ns->cgroup }, { "uts", ns->uts },
		{ "ipc", ns->ipc },
	};
	struct json j = { .out = out };
	size_t i;

	for (i = 0; i < sizeof(all) / sizeof(*all); i++) {
		if (!all[i].number)
			continue;
		if (!out->len)
			open_object(&j, "ns");
		json_number(&j, all[i].key, all[i].number);
	}
	if (out->len)
		close_object(&j);
}

/* Nearly always those of the event before. */
static void add_namespaces(struct json *j, const struct shmexec_exec *exec)
{
	const struct namespaces ns = {
		exec->ns_mnt, exec->ns_pid, exec->ns_user, exec->ns_net,
		exec->ns_cgroup, exec->ns_uts, exec->ns_ipc,
	};
	static struct namespaces listed;
	static struct buffer list;

	if (memcmp(&ns, &listed, sizeof(ns)) || list.failed) {
		list.len = 0;
		list.failed = false;
		list_namespaces(&list, &ns);
		listed = ns;
	}
	json_made(j, NULL, &list);
}

static void add_process(struct json *j, const struct shmexec_exec *exec)
{
	if (exec->loginuid != SHMEXEC_ID_UNSET)
		json_number(j, "loginuid", exec->loginuid);
	if (exec->sessionid != SHMEXEC_ID_UNSET)
		json_number(j, "sessionid", exec->sessionid);
	if (exec->known & SHMEXEC_KNOWN_PROCESS)
		json_bool(j, "secureexec", exec->flags & SHMEXEC_F_SECUREEXEC);
	if (exec->known & SHMEXEC_KNOWN_PARENT)
		json_bool(j, "kthread_parent",
			  exec->flags & SHMEXEC_F_KTHREAD_PARENT);
	json_number(j, "old_tid", exec->old_tid);
}

/**
 * ecs_shmexec() - add how the rule hit, and what else is known
 * @ecs: the document of an exec
 */
void ecs_shmexec(const struct ecs *ecs)
{
	const struct event *event = ecs->event;
	const struct shmexec_exec *exec = &event->exec;
	struct json *j = ecs->json;

	open_object(j, "shmexec");
	add_match(j, event);
	add_paths(j, event);
	json_bool(j, "truncated", exec->flags & CUT);
	json_bool(j, "script", exec->flags & SHMEXEC_F_SCRIPT);
	known_bytes(j, "interpreter", event->interp);
	json_bool(j, "unreachable", exec->flags & SHMEXEC_F_UNREACHABLE);
	add_file(j, event);
	add_namespaces(j, exec);
	known_bytes(j, "fs_root", event->root);
	known_bytes(j, "cgroup", event->cgroup);
	add_process(j, exec);
	json_number(j, "lost_before", event->lost_before);
	add_exact_bytes(ecs);
	close_object(j);
}
