// SPDX-License-Identifier: GPL-2.0
/* What can be asked of an event. */
#include <string.h>
#include "decode.h"

/**
 * next_arg() - take one argument off the front
 * @args: what is left of them, shortened
 *
 * Return: the argument without its NUL, which the last may lack; p is NULL if
 *	there was none
 */
struct bytes next_arg(struct bytes *args)
{
	struct bytes arg = { NULL, 0 };
	const char *end;

	if (!args->len)
		return arg;
	arg.p = args->p;
	end = memchr(args->p, '\0', args->len);
	arg.len = end ? (size_t)(end - args->p) : args->len;
	args->p += arg.len + !!end;
	args->len -= arg.len + !!end;
	return arg;
}

/**
 * next_group() - take one supplementary group off the front
 * @groups: what is left of them, shortened
 * @gid: set to its id
 *
 * Return: whether there was one
 */
bool next_group(struct bytes *groups, uint32_t *gid)
{
	if (groups->len < sizeof(*gid))
		return false;
	memcpy(gid, groups->p, sizeof(*gid));
	groups->p += sizeof(*gid);
	groups->len -= sizeof(*gid);
	return true;
}

/**
 * bytes_same() - are two strings the same?
 * @a: one
 * @b: the other
 *
 * Return: whether both are known, and equal
 */
bool bytes_same(struct bytes a, struct bytes b)
{
	return a.p && b.p && a.len == b.len && !memcmp(a.p, b.p, a.len);
}

const char * const view_name[VIEWS] = { "canonical", "typed", "directory" };

/**
 * event_executable() - what to call the file that was executed
 * @event: an exec
 *
 * Return: the first of its names that hit; where that is of a view that is not
 *	known here, or none did, the canonical one, if that is known
 */
struct bytes event_executable(const struct event *event)
{
	const struct bytes names[VIEWS] = {
		event->canonical, event->typed_path, event->directory,
	};
	size_t i;

	for (i = 0; i < VIEWS; i++)
		if (event->exec.views & 1U << i && names[i].p)
			return names[i];
	return event->canonical;
}

/**
 * event_given() - the file name as given to execve
 * @event: an exec
 *
 * Return: that name; p is NULL if it is not known, or is the typed path itself
 */
struct bytes event_given(const struct event *event)
{
	if (bytes_same(event->typed, event->typed_path))
		return (struct bytes) { NULL, 0 };
	return event->typed;
}

/**
 * event_wall_clock() - what a clock on the wall showed
 * @event: the event
 * @boottime: when, before the event, ns of the boot clock; 0: not known
 *
 * Return: ns since 1970, 0: not known
 */
uint64_t event_wall_clock(const struct event *event, uint64_t boottime)
{
	uint64_t before = event->hdr.boottime - boottime;

	if (!boottime || boottime > event->hdr.boottime ||
	    before > event->hdr.realtime)
		return 0;
	return event->hdr.realtime - before;
}
