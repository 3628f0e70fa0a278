/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _OPTIONS_H
#define _OPTIONS_H

#include <stdbool.h>

#define DEVICE	"/dev/shmexec"

/* Exit codes. */
enum { FAILURE = 1, WRONG_USAGE = 2 };

/**
 * struct options - what the command line says
 * @device: where records come from
 * @output: where events go, NULL: standard output
 * @format: as what
 * @syslog: not to @output but to syslogd
 * @cursor: file that the position is kept in, NULL: none
 * @user: whom to run as, NULL: whoever has started it
 * @once: end when there is no more
 * @selftest: do nothing but that
 */
struct options {
	const char *device;
	const char *output;
	enum format { TEXT, ECS, RAW } format;
	bool syslog;
	const char *cursor;
	const char *user;
	bool once;
	bool selftest;
};

int options_parse(struct options *options, int argc, char **argv);

#endif
