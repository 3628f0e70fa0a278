// SPDX-License-Identifier: GPL-2.0
/* shmexec-logger: prints what /dev/shmexec says. */
#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>
#include "complain.h"
#include "ecs.h"
#include "host.h"
#include "input.h"
#include "mounts.h"
#include "options.h"
#include "output.h"
#include "parent.h"
#include "text.h"

/*
 * Bytes of output that are written at the latest.  One batch of names that are
 * all escapes would grow the buffer beyond what the logger may take.
 */
#define OUTPUT_MAX	65536

struct logger {
	const struct options *options;
	struct input in;
	int out;
	int signals;
	int mounts;
	struct host host;
	struct parent parent;
	uint64_t lost;
	struct buffer buffer;
};

static int open_input(struct logger *logger)
{
	const char *name = logger->options->device, *why;

	if (!input_open(&logger->in, name))
		return 0;
	why = strerror(errno);
	if (errno == ENOENT && !strcmp(name, DEVICE))
		why = "it is not there: is the module loaded? (modprobe shmexec)";
	else if (errno == EACCES)
		why = "permission denied: run as root";
	complain("cannot read", name, why);
	return FAILURE;
}

/* From here on SIGTERM and SIGINT are read, so none comes at a wrong time. */
static int hold_signals(struct logger *logger)
{
	sigset_t ends;

	signal(SIGPIPE, SIG_IGN);
	sigemptyset(&ends);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGINT);
	sigprocmask(SIG_BLOCK, &ends, NULL);
	logger->signals = signalfd(-1, &ends, SFD_CLOEXEC);
	if (logger->signals >= 0)
		return 0;
	complain("cannot hold", "SIGTERM", strerror(errno));
	return FAILURE;
}

/* A device that is none of ours, or too old, is asked but once. */
static void resolve_mounts(struct logger *logger)
{
	if (logger->mounts < 0 || !mounts_changed(logger->in.fd))
		return;
	close(logger->mounts);
	logger->mounts = -1;
}

static int setup(struct logger *logger)
{
	const struct options *options = logger->options;

	if (open_input(logger))
		return FAILURE;
	logger->out = output_open(options->output);
	if (logger->out < 0) {
		complain("cannot write", options->output, strerror(errno));
		return FAILURE;
	}
	/* Only now: a pipe is opened when its other end is, if that ever is. */
	if (hold_signals(logger))
		return FAILURE;
	logger->mounts = -1;
	if (logger->in.device && !options->once) {
		logger->mounts = mounts_open();
		/* One may have been mounted since the device was opened. */
		resolve_mounts(logger);
	}
	if (logger->in.device)
		host_here(&logger->host);
	return 0;
}

/* What the module does not tell. */
static void complete(struct logger *logger, struct event *event)
{
	if (event->hdr.type == SHMEXEC_TYPE_EXEC) {
		event->lost_before = logger->lost;
		if (logger->in.device)
			parent_find(&logger->parent, event);
	}
	logger->lost = event->hdr.type == SHMEXEC_TYPE_LOST ? event->lost.count : 0;
}

static void format(struct logger *logger, struct event *event,
		   const char *record)
{
	struct host *host = logger->in.device ? &logger->host : NULL;
	struct buffer *buffer = &logger->buffer;

	if (logger->options->format == RAW) {
		buffer_add(buffer, record, event->hdr.len);
		return;
	}
	complete(logger, event);
	if (logger->options->format == ECS)
		ecs_event(buffer, event, host);
	else
		text_event(buffer, event, host);
}

static int flush(struct logger *logger)
{
	const char *name = logger->options->output;
	struct buffer *buffer = &logger->buffer;

	if (buffer->failed) {
		complain("cannot format what was read from",
			 logger->options->device, "out of memory");
		return FAILURE;
	}
	if (output_write(logger->out, buffer->p, buffer->len)) {
		complain("cannot write", name ? name : "standard output",
			 strerror(errno));
		return FAILURE;
	}
	buffer->len = 0;
	return 0;
}

static int input_is_bad(struct logger *logger, const char *why)
{
	char text[128];

	snprintf(text, sizeof(text), "byte %" PRIu64 ": %s",
		 input_offset(&logger->in), why);
	complain("cannot go on in", logger->options->device, text);
	return FAILURE;
}

/* What was read before a record that does not add up is written all the same. */
static int deliver(struct logger *logger)
{
	struct input *in = &logger->in;
	enum decoded decoded;
	struct event event;
	const char *record, *why;
	int ret = 0;

	host_refresh(&logger->host);
	do {
		record = in->buf + in->used;
		decoded = input_next(in, &event, &why);
		if (decoded == DECODED)
			format(logger, &event, record);
		if (decoded != DECODED || logger->buffer.len >= OUTPUT_MAX)
			ret = flush(logger);
	} while (!ret && decoded == DECODED);
	if (!ret && decoded == DECODE_BAD)
		ret = input_is_bad(logger, why);
	return ret;
}

/* Returns whether it is time to go. */
static bool told_to_end(struct logger *logger, int timeout)
{
	struct pollfd p[] = {
		{ .fd = logger->signals, .events = POLLIN },
		{ .fd = logger->in.fd, .events = POLLIN },
		{ .fd = logger->mounts, .events = POLLPRI },
	};

	while (poll(p, 3, timeout) < 0)
		;
	if (p[2].revents)
		resolve_mounts(logger);
	return p[0].revents;
}

/* Returns 0 when told to end, or when there is no more and none is awaited. */
static int run(struct logger *logger)
{
	ssize_t n;
	int ret;

	while (!told_to_end(logger, 0)) {
		n = input_read(&logger->in);
		if (n > 0) {
			ret = deliver(logger);
			if (ret)
				return ret;
		} else if (!n || (errno == EAGAIN && logger->options->once)) {
			if (logger->in.len)
				return input_is_bad(logger,
						    "the input ends within a record");
			return 0;
		} else if (errno != EAGAIN) {
			complain("cannot read", logger->options->device,
				 strerror(errno));
			return FAILURE;
		} else if (told_to_end(logger, -1)) {
			return 0;
		}
	}
	return 0;
}

/* Some filesystems tell only here that they had no room. */
static int finish(struct logger *logger)
{
	const char *name = logger->options->output;

	if (!close(logger->out))
		return 0;
	complain("cannot write", name ? name : "standard output",
		 strerror(errno));
	return FAILURE;
}

int main(int argc, char **argv)
{
	static struct logger logger;
	struct options options;
	int ret;

	ret = options_parse(&options, argc, argv);
	if (ret)
		return ret;
	logger.options = &options;
	ret = setup(&logger);
	if (ret)
		return ret;
	ret = run(&logger);
	return finish(&logger) || ret ? FAILURE : 0;
}
