// SPDX-License-Identifier: GPL-2.0
/*
 * The logger's way from bytes to lines: no record is longer than what there
 * is, and whatever is in it becomes one line of text that a terminal may see.
 */
#include <string.h>
#include "decode.h"
#include "ecs.h"
#include "fuzz.h"
#include "host.h"
#include "text.h"
#include "utf8.h"

static struct host host = { .name = "h", .boot_id = "b" };

static void check_line(const struct event *event, const struct buffer *out)
{
	HOLDS(!out->failed);
	HOLDS(event_known(event) == !!out->len);
	if (!out->len)
		return;
	HOLDS(memchr(out->p, '\n', out->len) == out->p + out->len - 1);
	HOLDS(utf8_valid((struct bytes) { out->p, out->len }));
	for (size_t i = 0; i + 1 < out->len; i++)
		HOLDS((unsigned char)out->p[i] >= ' ' && out->p[i] != 0x7f);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct buffer out;
	const char *why = NULL;
	struct event event;
	enum decoded decoded;

	while ((decoded = decode(data, size, &event, &why)) == DECODED) {
		HOLDS(event.hdr.len && event.hdr.len <= size);
		out.len = 0;
		text_event(&out, &event, &host);
		check_line(&event, &out);
		out.len = 0;
		ecs_event(&out, &event, &host);
		check_line(&event, &out);
		data += event.hdr.len;
		size -= event.hdr.len;
	}
	HOLDS(decoded == DECODE_MORE || (why && *why));
	return 0;
}
