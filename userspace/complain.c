// SPDX-License-Identifier: GPL-2.0
/* What is said on standard error. */
#include <errno.h>
#include <linux/limits.h>
#include <poll.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>
#include "complain.h"
#include "text.h"

/* How long a message waits for whoever reads, in ms. */
#define PATIENCE	100

/* A pipe that has POLLOUT takes PIPE_BUF bytes and does not block. */
static bool can_be_written(void)
{
	struct pollfd p = { .fd = STDERR_FILENO, .events = POLLOUT };
	int n;

	do {
		n = poll(&p, 1, PATIENCE);
	} while (n < 0 && errno == EINTR);
	return n > 0;
}

/*
 * Where nobody reads the rest is dropped: events are worth more than what is
 * said of them.  Others have the descriptor too, so it stays blocking.
 */
static void say_bytes(const char *p, size_t len)
{
	ssize_t n;

	while (len && can_be_written()) {
		n = write(STDERR_FILENO, p, len < PIPE_BUF ? len : PIPE_BUF);
		if (n < 0 && errno != EINTR && errno != EAGAIN)
			return;
		if (n > 0) {
			p += n;
			len -= n;
		}
	}
}

static void say(const char *text)
{
	say_bytes(text, strlen(text));
}

/* Where there is no memory to escape the name in. */
static void complain_without_name(const char *what, const char *why)
{
	say("shmexec-logger: ");
	say(what);
	say(" (no memory for its name)");
	say(*why ? ": " : "");
	say(why);
	say("\n");
}

/**
 * complain() - say what is wrong: shmexec-logger: WHAT "NAME": WHY
 * @what: could not be done
 * @name: with what; any bytes, which are escaped
 * @why: the reason, "": there is no more to say
 *
 * Without memory it says so in the place of the name.  What nobody reads is
 * dropped after a short time.
 */
void complain(const char *what, const char *name, const char *why)
{
	struct buffer text = {};

	buffer_text(&text, "shmexec-logger: ");
	buffer_text(&text, what);
	buffer_text(&text, " ");
	text_quoted(&text, (struct bytes) { name, strlen(name) });
	buffer_text(&text, *why ? ": " : "");
	buffer_text(&text, why);
	buffer_text(&text, "\n");
	if (text.failed)
		complain_without_name(what, why);
	else
		say_bytes(text.p, text.len);
	buffer_free(&text);
}
