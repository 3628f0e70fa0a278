// SPDX-License-Identifier: GPL-2.0
/* From the bytes of a record to an event.  Believes nothing. */
#include <assert.h>
#include <byteswap.h>
#include <stddef.h>
#include <string.h>
#include "decode.h"
#include "layout.h"

static const char *check_lengths(uint32_t len, uint16_t hdr_len)
{
	if (hdr_len < sizeof(struct shmexec_hdr) || hdr_len % 8)
		return "its header length is wrong";
	if (len < hdr_len || len > SHMEXEC_RECORD_MAX || len % 8)
		return "its length is wrong";
	return NULL;
}

static const char *check_header(const struct shmexec_hdr *hdr)
{
	const char *why = check_lengths(hdr->len, hdr->hdr_len);

	/* The version is one byte, which is the same in each order. */
	if (hdr->version != SHMEXEC_VERSION_1)
		return "its version is not 1: it is no record, or a newer logger is needed";
	if (why && !check_lengths(bswap_32(hdr->len), bswap_16(hdr->hdr_len)))
		return "it is of the other byte order: read it on a machine of that one";
	return why;
}

/* Whether @str is not known or lies behind the fixed part, in the record. */
static int take(struct bytes *bytes, const struct shmexec_str *str,
		const void *record, const struct shmexec_hdr *hdr)
{
	if (!str->off) {
		*bytes = (struct bytes) { NULL, 0 };
		return !str->len;
	}
	*bytes = (struct bytes) { (const char *)record + str->off, str->len };
	return str->off >= hdr->hdr_len && str->off <= hdr->len &&
	       str->len <= hdr->len - str->off;
}

/* Where a string is in the fixed part, and where it goes. */
struct place {
	const struct shmexec_str *str;
	struct bytes *bytes;
};

static const char *take_all(const struct place *place, size_t count,
			    const void *record, const struct shmexec_hdr *hdr)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (!take(place[i].bytes, place[i].str, record, hdr))
			return "a string is not inside it";
	return NULL;
}

static const char *take_exec(struct event *event, const void *record)
{
	const struct shmexec_exec *exec = &event->exec;
	const struct place places[] = {
		{ &exec->comm, &event->comm },
		{ &exec->canonical, &event->canonical },
		{ &exec->typed, &event->typed },
		{ &exec->pattern, &event->pattern },
		{ &exec->args, &event->args },
		{ &exec->typed_path, &event->typed_path },
		{ &exec->directory, &event->directory },
		{ &exec->interp, &event->interp },
		{ &exec->cwd, &event->cwd },
		{ &exec->root, &event->root },
		{ &exec->parent_comm, &event->parent_comm },
		{ &exec->fs_type, &event->fs_type },
		{ &exec->cgroup, &event->cgroup },
		{ &exec->groups, &event->groups },
	};

	return take_all(places, sizeof(places) / sizeof(*places), record,
			&event->hdr);
}

static const char *take_lost(struct event *event, const void *record)
{
	(void)record;
	return event->lost.count ? NULL : "it says that nothing was lost";
}

static const char *take_change(struct event *event, const void *record)
{
	const struct shmexec_change *change = &event->change;
	const struct place places[] = {
		{ &change->comm, &event->comm },
		{ &change->parameter, &event->parameter },
		{ &change->old_value, &event->old_value },
		{ &change->new_value, &event->new_value },
	};

	return take_all(places, sizeof(places) / sizeof(*places), record,
			&event->hdr);
}

/*
 * The fixed part of each type: as short as the first module made it, and as
 * much of it as is known here.
 */
static const struct type {
	size_t least;
	size_t known;
	const char *too_short;
	const char *(*take)(struct event *event, const void *record);
} types[] = {
	[SHMEXEC_TYPE_EXEC] = {
		offsetof(struct shmexec_exec, typed_path),
		sizeof(struct shmexec_exec),
		"it is too short for an exec", take_exec,
	},
	[SHMEXEC_TYPE_LOST] = {
		sizeof(struct shmexec_lost), sizeof(struct shmexec_lost),
		"it is too short for a loss", take_lost,
	},
	[SHMEXEC_TYPE_RULE_CHANGED] = {
		sizeof(struct shmexec_change), sizeof(struct shmexec_change),
		"it is too short for a change", take_change,
	},
	[SHMEXEC_TYPE_LOCKED] = {
		sizeof(struct shmexec_change), sizeof(struct shmexec_change),
		"it is too short for a lock", take_change,
	},
};

/**
 * event_known() - is there more to say of an event than its number?
 * @event: the event
 *
 * Return: false for a type that only a newer logger knows
 */
bool event_known(const struct event *event)
{
	return event->hdr.type < sizeof(types) / sizeof(*types) &&
	       types[event->hdr.type].take;
}

/* What an older module does not say stays 0: not known. */
static const char *decode_body(const void *record, struct event *event)
{
	size_t len = event->hdr.hdr_len;
	const struct type *type;

	if (!event_known(event))
		return NULL;
	type = &types[event->hdr.type];
	if (len < type->least)
		return type->too_short;
	memcpy(event, record, len < type->known ? len : type->known);
	return type->take(event, record);
}

/**
 * decode() - take the first record of a buffer apart
 * @buf: bytes, not aligned to anything
 * @len: how many
 * @event: set if DECODED: valid as long as @buf is; of a type that is not
 *	known only the header
 * @why: set if DECODE_BAD: what is wrong with it
 *
 * Return: DECODED; the record is event->hdr.len bytes long.  DECODE_MORE: read
 *	on.  DECODE_BAD: these bytes are no record.
 */
enum decoded decode(const void *buf, size_t len, struct event *event,
		    const char **why)
{
	memset(event, 0, sizeof(*event));
	if (len < sizeof(event->hdr))
		return DECODE_MORE;
	memcpy(&event->hdr, buf, sizeof(event->hdr));
	*why = check_header(&event->hdr);
	if (*why)
		return DECODE_BAD;
	if (len < event->hdr.len)
		return DECODE_MORE;

	*why = decode_body(buf, event);
	return *why ? DECODE_BAD : DECODED;
}
