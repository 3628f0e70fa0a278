// SPDX-License-Identifier: GPL-2.0
/*
 * The way of an event, tried with a real one: a copy of the logger is executed
 * in /dev/shm, as root, and the module has to tell of it.
 */
#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "buffer.h"
#include "complain.h"
#include "copy.h"
#include "input.h"
#include "module.h"
#include "options.h"
#include "output.h"
#include "selftest.h"
#include "signals.h"
#include "silence.h"

/* Seconds after which it gives up. */
#define LIMIT	10

/**
 * struct selftest - one try
 * @in: the device
 * @signals: what may end it early
 * @end: when it gives up, ns of the boot clock
 * @copy: name of the file that is executed
 * @words: what that says; at its end it has ended
 */
struct selftest {
	struct input in;
	struct signals signals;
	uint64_t end;
	char copy[COPY_NAME];
	int words;
};

enum found { FAILED = -1, SILENT, REPORTED };

static uint64_t boot_clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_BOOTTIME, &now);
	return now.tv_sec * UINT64_C(1000000000) + now.tv_nsec;
}

static int refuse(const char *what, const char *name, const char *why)
{
	complain(what, name, why);
	return FAILURE;
}

static int open_device(struct selftest *test)
{
	const char *why;

	if (!input_open(&test->in, DEVICE))
		return test->in.device ? 0 :
		       refuse("cannot test", DEVICE, "it is no device");
	why = strerror(errno);
	if (errno == ENOENT && module_loaded())
		why = "it is not there, though the module is loaded: mount a devtmpfs on /dev";
	else if (errno == ENOENT)
		why = "it is not there: the module is not loaded (modprobe shmexec)";
	else if (errno == EACCES || errno == EPERM)
		why = "permission denied: run it as root, outside of any container";
	return refuse("cannot read", DEVICE, why);
}

/* What root executes is what it can try. */
static int check_user(void)
{
	char uid[PARAMETER_MAX];

	if (geteuid())
		return refuse("cannot test", DEVICE,
			      "what root executes is watched: run it as root");
	if (!module_parameter("uid", uid) || !strcmp(uid, "0") || !strcmp(uid, "any"))
		return 0;
	return refuse("root is not watched but user", uid,
		      "to change that, write 0 or any to /sys/module/shmexec/parameters/uid");
}

/* Tells of a success, and how long after the exec the event was read. */
static enum found report(const struct selftest *test, const struct event *event)
{
	uint64_t us = (boot_clock() - event->hdr.boottime) / 1000;
	struct buffer text = {};
	uint32_t i;

	buffer_printf(&text, "OK: %s was reported %" PRIu64 " us after it was executed",
		      test->copy, us);
	for (i = 0; i < VIEWS; i++)
		if (event->exec.views & 1U << i)
			buffer_printf(&text, ", %s", view_name[i]);
	buffer_text(&text, "\n");
	write_all(STDOUT_FILENO, text.p, text.len);
	buffer_free(&text);
	return REPORTED;
}

static bool is_own(const struct selftest *test, const struct event *event)
{
	struct bytes copy = { test->copy, strlen(test->copy) };

	return event->hdr.type == SHMEXEC_TYPE_EXEC &&
	       bytes_same(event->typed, copy);
}

static enum found cannot_read(const char *why)
{
	complain("cannot read", DEVICE, why);
	return FAILED;
}

/* Reads what is there, for as long as there is time; passes over what is others'. */
static enum found look(struct selftest *test)
{
	enum decoded decoded = DECODE_MORE;
	struct event event;
	const char *why;
	ssize_t n = 1;

	while (decoded != DECODE_BAD && boot_clock() < test->end) {
		n = input_read(&test->in);
		if (n <= 0)
			break;
		while ((decoded = input_next(&test->in, &event, &why)) == DECODED)
			if (is_own(test, &event))
				return report(test, &event);
	}
	if (!n || decoded == DECODE_BAD)
		return cannot_read("it is another device");
	return n > 0 || errno == EAGAIN ? SILENT : cannot_read(strerror(errno));
}

/* If it has not been reported by then it never will be. */
static bool copy_ended(const struct selftest *test)
{
	char words[64];
	ssize_t n = read(test->words, words, sizeof(words));

	return !n || (n < 0 && errno != EAGAIN && errno != EINTR);
}

/* Returns false when it is over before there is an event. */
static bool wait_for_news(struct selftest *test, bool *ended)
{
	struct pollfd p[] = {
		{ .fd = test->signals.fd, .events = POLLIN },
		{ .fd = test->in.fd, .events = POLLIN },
		{ .fd = test->words, .events = POLLIN },
	};
	uint64_t now = boot_clock();

	if (now >= test->end || !poll(p, 3, (test->end - now) / 1000000 + 1)) {
		complain("there was no event of", test->copy,
			 "not in 10 s: is the machine too busy?");
		return false;
	}
	signals_read(&test->signals);
	if (test->signals.end) {
		complain("there was no event yet of", test->copy,
			 "it was told to end");
		return false;
	}
	*ended = copy_ended(test);
	return true;
}

static enum found await(struct selftest *test)
{
	enum found found = SILENT;
	bool ended = false;

	while (!ended && found == SILENT) {
		if (!wait_for_news(test, &ended))
			return FAILED;
		found = look(test);
	}
	return found;
}

/**
 * selftest() - does the module report what root executes in /dev/shm?
 *
 * Return: 0 if it does, else FAILURE; it has been told why
 */
int selftest(void)
{
	static struct selftest test;
	enum found found;
	uint64_t excluded;
	pid_t child;

	if (check_user() || open_device(&test))
		return FAILURE;
	if (signals_hold(&test.signals, true))
		return refuse("cannot hold", "SIGTERM", strerror(errno));
	test.end = boot_clock() + LIMIT * UINT64_C(1000000000);
	if (look(&test) != SILENT || copy_make(test.copy))
		return FAILURE;
	excluded = module_counter("excluded");
	child = copy_run(test.copy, &test.words);
	if (child < 0)
		return FAILURE;
	found = await(&test);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	if (found == SILENT)
		silence_explain(test.copy, excluded);
	return found == REPORTED ? 0 : FAILURE;
}
