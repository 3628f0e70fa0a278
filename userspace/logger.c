// SPDX-License-Identifier: GPL-2.0
/* shmexec-logger: tells what /dev/shmexec says. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "complain.h"
#include "delivery.h"
#include "host.h"
#include "input.h"
#include "options.h"
#include "parent.h"
#include "privileges.h"
#include "selftest.h"

struct logger {
	const struct options *options;
	struct input in;
	struct signals signals;
	struct host host;
	struct parents parents;
	struct delivery delivery;
	uint64_t lost;
};

/*
 * What is opened takes the lowest number that is free: where a standard one is
 * closed, complaints would go to the events or to the lock.  A closed standard
 * output still is one that cannot be written.
 */
static int fill_standard(void)
{
	static const int mode[] = { O_RDONLY, O_RDONLY, O_WRONLY };
	int fd;

	for (fd = 0; fd < 3; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", mode[fd]) < 0) {
			complain("cannot open", "/dev/null", strerror(errno));
			return FAILURE;
		}
	return 0;
}

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

/*
 * Events on standard output are for somebody: a logger does not outlive its
 * terminal.  A service is sent SIGHUP at a rotation, also where it has no file.
 */
static int hold_signals(struct logger *logger)
{
	const struct options *options = logger->options;

	if (!signals_hold(&logger->signals, options->output || options->syslog))
		return 0;
	complain("cannot hold", "SIGTERM", strerror(errno));
	return FAILURE;
}

static int setup(struct logger *logger)
{
	const struct options *options = logger->options;

	if (open_input(logger))
		return FAILURE;
	if (options->user && privileges_drop(options->user))
		return FAILURE;
	if (delivery_open(&logger->delivery, options, &logger->signals))
		return FAILURE;
	/* Only now: a pipe is opened when its other end is, if that ever is. */
	if (hold_signals(logger))
		return FAILURE;
	if (!logger->in.device)
		return 0;
	if (!options->once)
		mounts_watch(&logger->signals.mounts, logger->in.fd);
	host_here(&logger->host);
	return 0;
}

/* Adds what the module does not tell. */
static int tell(struct logger *logger, struct event *event, const void *record)
{
	struct host *host = logger->in.device ? &logger->host : NULL;

	if (host)
		host_refresh(host, event->hdr.boottime);
	if (event->hdr.type == SHMEXEC_TYPE_EXEC) {
		event->lost_before = logger->lost;
		if (host && logger->options->format != RAW)
			parents_find(&logger->parents, event);
	}
	if (event->hdr.type == SHMEXEC_TYPE_LOST) {
		/* One that the cursor misses may be right before the module's. */
		logger->lost += event->lost.count;
		/* It may be another than the module has told. */
		event->hdr.len = sizeof(event->lost);
		event->hdr.hdr_len = sizeof(event->lost);
		record = &event->lost;
	} else {
		logger->lost = 0;
	}
	return delivery_add(&logger->delivery, event, record, host);
}

/* A loss as the module would tell it, found out before @next, up to the last seen. */
static int tell_loss(struct logger *logger, const struct event *next, uint64_t count)
{
	const struct position *position = &logger->delivery.position;
	struct event loss = { .lost = { .hdr = next->hdr, .count = count } };

	if (!count)
		return 0;
	loss.hdr.type = SHMEXEC_TYPE_LOST;
	loss.hdr.epoch = position->cursor.epoch;
	loss.hdr.seq = position->seen + 1 - count;
	return tell(logger, &loss, NULL);
}

/* Before the first event, and where a module was loaded anew. */
static int begin(struct logger *logger, const struct event *first)
{
	struct position *position = &logger->delivery.position;
	const char *boot = *logger->host.boot_id ? logger->host.boot_id : "-";
	uint64_t epoch = first->hdr.epoch;

	if (delivery_flush(&logger->delivery) ||
	    tell_loss(logger, first, position_owed(position, boot, epoch)))
		return FAILURE;
	position_begin(position, boot, epoch);
	return 0;
}

/* What should be before an event, and is not: the ring has dropped it. */
static int tell_missed(struct logger *logger, const struct event *event)
{
	struct position *position = &logger->delivery.position;
	uint64_t seq = event->hdr.seq, missed = position_missed(position, seq);

	if (!missed)
		return 0;
	if (delivery_flush(&logger->delivery))
		return FAILURE;
	position_pass(position, seq - 1);
	return tell_loss(logger, event, missed);
}

static int take(struct logger *logger, struct event *event, const void *record)
{
	struct position *position = &logger->delivery.position;

	if (!position->name)
		return tell(logger, event, record);
	if ((!position->begun || position->cursor.epoch != event->hdr.epoch) &&
	    begin(logger, event))
		return FAILURE;
	if (tell_missed(logger, event))
		return FAILURE;
	if (!delivery_is_one(event) && delivery_flush(&logger->delivery))
		return FAILURE;
	return position_take(position, event) ? tell(logger, event, record) : 0;
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

	parents_forget(&logger->parents);
	do {
		record = in->buf + in->used;
		decoded = input_next(in, &event, &why);
		if (decoded == DECODED)
			ret = take(logger, &event, record);
	} while (!ret && decoded == DECODED);
	if (!ret)
		ret = delivery_flush(&logger->delivery);
	if (!ret && decoded == DECODE_BAD)
		ret = input_is_bad(logger, why);
	return ret;
}

/* Returns 0, or FAILURE; signals.end says whether it is time to go. */
static int wait_for_more(struct logger *logger, int timeout)
{
	signals_wait(&logger->signals, logger->in.fd, POLLIN, timeout);
	return logger->signals.reopen ? delivery_reopen(&logger->delivery) : 0;
}

/* Before each read: as long as there is more it does not wait. */
static int look_around(struct logger *logger)
{
	/* Noticed while it was writing: nobody says it again. */
	if (logger->signals.end)
		return 0;
	if (logger->options->once || !logger->in.drained)
		return wait_for_more(logger, 0);
	/* Now that nothing is to be done, all that was done is kept. */
	if (delivery_settle(&logger->delivery))
		return FAILURE;
	return wait_for_more(logger, logger->signals.reopen ? 1000 : -1);
}

/* Returns 0 when told to end, or when there is no more and none is awaited. */
static int run(struct logger *logger)
{
	bool once = logger->options->once;
	ssize_t n;
	int ret;

	for (;;) {
		ret = look_around(logger);
		if (ret || logger->signals.end)
			return ret;
		n = input_read(&logger->in);
		if (n > 0) {
			ret = deliver(logger);
		} else if (!n || (errno == EAGAIN && once)) {
			return logger->in.len ? input_is_bad(logger,
				"the input ends within a record") : 0;
		} else if (errno != EAGAIN) {
			complain("cannot read", logger->options->device,
				 strerror(errno));
			return FAILURE;
		}
		if (ret)
			return ret;
	}
}

int main(int argc, char **argv)
{
	static struct logger logger;
	struct options options;
	int ret;

	ret = fill_standard();
	if (!ret)
		ret = options_parse(&options, argc, argv);
	if (ret)
		return ret;
	if (options.selftest)
		return selftest();
	logger.options = &options;
	ret = setup(&logger);
	if (ret)
		return ret;
	ret = run(&logger);
	return delivery_close(&logger.delivery) || ret ? FAILURE : 0;
}
