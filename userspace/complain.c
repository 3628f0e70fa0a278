// SPDX-License-Identifier: GPL-2.0
/* What is said on standard error. */
#include <string.h>
#include <unistd.h>
#include "complain.h"
#include "output.h"
#include "text.h"

static void say(const char *text)
{
	write_all(STDERR_FILENO, text, strlen(text));
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
 * Without memory it says so in the place of the name.
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
		write_all(STDERR_FILENO, text.p, text.len);
	buffer_free(&text);
}
