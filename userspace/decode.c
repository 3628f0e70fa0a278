// SPDX-License-Identifier: GPL-2.0
/* From the bytes of a record to an event.  Believes nothing. */
#include <assert.h>
#include <string.h>
#include "decode.h"
#include "layout.h"

static const char *check_header(const struct shmexec_hdr *hdr)
{
	if (hdr->version != SHMEXEC_VERSION_1)
		return "its version is not 1: a newer logger or the other byte order is needed";
	if (hdr->hdr_len < sizeof(*hdr) || hdr->hdr_len % 8)
		return "its header length is wrong";
	if (hdr->len < hdr->hdr_len || hdr->len > SHMEXEC_RECORD_MAX ||
	    hdr->len % 8)
		return "its length is wrong";
	return NULL;
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

static const char *decode_exec(const void *record, struct event *event)
{
	struct shmexec_exec *exec = &event->exec;

	if (exec->hdr.hdr_len < sizeof(*exec))
		return "it is too short for an exec";
	memcpy(exec, record, sizeof(*exec));
	if (!take(&event->comm, &exec->comm, record, &exec->hdr) ||
	    !take(&event->canonical, &exec->canonical, record, &exec->hdr) ||
	    !take(&event->typed, &exec->typed, record, &exec->hdr) ||
	    !take(&event->pattern, &exec->pattern, record, &exec->hdr) ||
	    !take(&event->args, &exec->args, record, &exec->hdr))
		return "a string is not inside it";
	return NULL;
}

static const char *decode_lost(const void *record, struct event *event)
{
	struct shmexec_lost *lost = &event->lost;

	if (lost->hdr.hdr_len < sizeof(*lost))
		return "it is too short for a loss";
	memcpy(lost, record, sizeof(*lost));
	if (!lost->count)
		return "it says that nothing was lost";
	return NULL;
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

	if (event->hdr.type == SHMEXEC_TYPE_EXEC)
		*why = decode_exec(buf, event);
	else if (event->hdr.type == SHMEXEC_TYPE_LOST)
		*why = decode_lost(buf, event);
	return *why ? DECODE_BAD : DECODED;
}

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
