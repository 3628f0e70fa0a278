// SPDX-License-Identifier: GPL-2.0
/* An event as one line for a person, whatever bytes are in its names. */
#include <inttypes.h>
#include <string.h>
#include "container.h"
#include "host.h"
#include "text.h"
#include "utf8.h"

static void escape(struct buffer *out, uint32_t code, bool valid)
{
	static const char letters[] = "n\nt\tr\r\"\"\\\\";
	const char *letter;

	for (letter = letters; *letter; letter += 2)
		if (code == (unsigned char)letter[1]) {
			buffer_printf(out, "\\%c", *letter);
			return;
		}
	buffer_printf(out, valid && code >= 0x80 ? "\\u{%x}" : "\\x%02x", code);
}

static void text_escaped(struct buffer *out, struct bytes bytes)
{
	uint32_t code;
	size_t i, n;
	char *to;

	to = buffer_room(out, bytes.len);
	if (!to)
		return;
	i = utf8_copy_plain(to, bytes.p, bytes.len);
	out->len += i;
	for (; i < bytes.len; i += n ? n : 1) {
		n = utf8_next(bytes.p + i, bytes.len - i, &code);
		if (!n || !utf8_shown(code) || code == '"' || code == '\\')
			escape(out, code, n);
		else
			buffer_add(out, bytes.p + i, n);
	}
}

/**
 * text_quoted() - add a string in quotes, safe for a terminal and on one line
 * @out: where it goes
 * @bytes: the string: printable UTF-8 stays, all else is escaped
 */
void text_quoted(struct buffer *out, struct bytes bytes)
{
	buffer_text(out, "\"");
	text_escaped(out, bytes);
	buffer_text(out, "\"");
}

static void text_key(struct buffer *out, const char *what)
{
	buffer_text(out, " ");
	buffer_text(out, what);
	buffer_text(out, "=");
}

static void text_string(struct buffer *out, const char *what, struct bytes bytes)
{
	if (!bytes.p)
		return;
	text_key(out, what);
	text_quoted(out, bytes);
}

static void text_id(struct buffer *out, const char *what, uint32_t id)
{
	if (id == SHMEXEC_ID_UNSET)
		return;
	text_key(out, what);
	buffer_number(out, id);
}

static void text_args(struct buffer *out, const struct event *event)
{
	struct bytes args = event->args, arg;
	const char *comma = "";

	if (!args.p)
		return;
	buffer_text(out, " args=[");
	while ((arg = next_arg(&args)).p) {
		buffer_text(out, comma);
		text_quoted(out, arg);
		comma = ", ";
	}
	if (event->exec.flags & (SHMEXEC_F_ARGS_CUT | SHMEXEC_F_ARGS_FAULT))
		buffer_printf(out, "%s...", comma);
	buffer_text(out, "]");
}

static void text_flags(struct buffer *out, uint32_t flags)
{
	static const char * const name[] = {
		"deleted", "name-cut", "script", "args-cut", "args-fault",
		"typed-cut", "directory-cut", "unreachable", "secureexec",
		"kthread-parent", "memfd", "detached", "cwd-cut", "root-cut",
	};
	const char *comma = " flags=";
	size_t i;

	for (i = 0; i < sizeof(name) / sizeof(*name); i++) {
		if (!(flags & 1U << i))
			continue;
		buffer_text(out, comma);
		buffer_text(out, name[i]);
		comma = ",";
	}
}

static void text_views(struct buffer *out, uint32_t views)
{
	const char *comma = " views=";
	size_t i;

	for (i = 0; i < VIEWS; i++) {
		if (!(views & 1U << i))
			continue;
		buffer_text(out, comma);
		buffer_text(out, view_name[i]);
		comma = ",";
	}
}

/* What else the file is called. */
static void text_other_names(struct buffer *out, const struct event *event,
			     struct bytes said)
{
	const struct bytes names[VIEWS] = {
		event->canonical, event->typed_path, event->directory,
	};
	size_t i;

	for (i = 0; i < VIEWS; i++)
		if (!bytes_same(names[i], said))
			text_string(out, view_name[i], names[i]);
	if (!bytes_same(event->typed, said))
		text_string(out, "given", event_given(event));
	text_string(out, "interp", event->interp);
}

/* What a person asks first: as whom, and who that was before. */
static void text_who(struct buffer *out, const struct shmexec_exec *exec,
		     struct host *host)
{
	const char *login = host ? ids_name(&host->users, exec->loginuid) : NULL;

	if (exec->euid)
		buffer_printf(out, " uid %" PRIu32, exec->euid);
	else
		buffer_text(out, " root");
	if (exec->loginuid == SHMEXEC_ID_UNSET)
		return;
	buffer_text(out, " (login ");
	if (login)
		text_escaped(out, (struct bytes) { login, strlen(login) });
	else
		buffer_number(out, exec->loginuid);
	buffer_text(out, ")");
}

static void text_parent(struct buffer *out, const struct event *event)
{
	if (!event->exec.ppid)
		return;
	text_string(out, "parent", event->parent_executable.p ?
				   event->parent_executable :
				   event->parent_comm);
	text_id(out, "ppid", event->exec.ppid);
}

static void text_where(struct buffer *out, const struct event *event)
{
	const struct shmexec_exec *exec = &event->exec;
	static const struct bytes top = { "/", 1 };

	text_string(out, "cwd", event->cwd);
	if (exec->tty_major || exec->tty_minor)
		buffer_printf(out, " tty=%" PRIu32 ":%" PRIu32, exec->tty_major,
			      exec->tty_minor);
	text_string(out, "container", container_of_cgroup(event->cgroup).id);
	if (!bytes_same(event->root, top))
		text_string(out, "root", event->root);
}

static void text_exec(struct buffer *out, const struct event *event,
		      struct host *host)
{
	const struct shmexec_exec *exec = &event->exec;
	struct bytes executable = event_executable(event);

	text_who(out, exec, host);
	buffer_text(out, " executed ");
	if (executable.p)
		text_quoted(out, executable);
	else
		buffer_text(out, "a file whose path cannot be known");
	text_args(out, event);
	text_parent(out, event);
	text_where(out, event);
	text_views(out, exec->views);
	text_other_names(out, event, executable);
	text_string(out, "pattern", event->pattern);
	text_id(out, "pid", exec->pid);
	text_id(out, "uid", exec->uid);
	text_id(out, "gid", exec->gid);
	text_id(out, "session", exec->sessionid);
	text_string(out, "comm", event->comm);
	text_flags(out, exec->flags);
}

static void text_change(struct buffer *out, const struct event *event)
{
	const struct shmexec_change *change = &event->change;

	if (event->hdr.type == SHMEXEC_TYPE_LOCKED) {
		buffer_text(out, " the rule was locked until reboot");
	} else {
		buffer_text(out, " the rule was changed:");
		text_string(out, "parameter", event->parameter);
		text_string(out, "old", event->old_value);
		text_string(out, "new", event->new_value);
	}
	text_id(out, "pid", change->pid);
	if (change->ppid)
		text_id(out, "ppid", change->ppid);
	text_id(out, "uid", change->uid);
	text_id(out, "euid", change->euid);
	text_id(out, "login", change->loginuid);
	text_id(out, "session", change->sessionid);
	text_string(out, "comm", event->comm);
}

/**
 * text_event() - add an event as one line
 * @out: where it goes; nothing is added for a type that is not known
 * @event: the event
 * @host: the machine that it is from, NULL: not known
 */
void text_event(struct buffer *out, const struct event *event,
		struct host *host)
{
	if (!event_known(event))
		return;

	buffer_time(out, event->hdr.realtime, 6);
	if (event->hdr.type == SHMEXEC_TYPE_EXEC)
		text_exec(out, event, host);
	else if (event->hdr.type == SHMEXEC_TYPE_LOST)
		buffer_printf(out, " %" PRIu64 " events were lost",
			      (uint64_t)event->lost.count);
	else
		text_change(out, event);
	text_key(out, "seq");
	buffer_number(out, event->hdr.seq);
	buffer_text(out, "\n");
}
