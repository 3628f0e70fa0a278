// SPDX-License-Identifier: GPL-2.0
/* Events to a file, a pipe or syslog: all of them, however long that takes. */
#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>
#include "complain.h"
#include "delivery.h"
#include "ecs.h"
#include "text.h"

/*
 * Bytes of output that are written at the latest.  One batch of names that are
 * all escapes would grow the buffer beyond what the logger may take.
 */
#define OUTPUT_MAX	65536

/**
 * delivery_open() - open what the options say
 * @delivery: set
 * @options: the command line
 * @signals: held later, before anything is written
 *
 * Return: 0, or FAILURE, which standard error has been told
 */
int delivery_open(struct delivery *delivery, const struct options *options,
		  struct signals *signals)
{
	*delivery = (struct delivery) { .options = options, .signals = signals };
	if (options->syslog)
		openlog("shmexec", LOG_PID, LOG_AUTHPRIV);
	if (output_open(&delivery->output, options->output)) {
		complain("cannot write", options->output, strerror(errno));
		return FAILURE;
	}
	return position_open(&delivery->position, options->cursor);
}

static time_t seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	/* Never 0. */
	return now.tv_sec + 1;
}

/*
 * Whether to try again, after a while: a file has room again once somebody has
 * seen to that, a pipe without a reader is at its end.
 */
static bool try_again(struct delivery *delivery)
{
	const char *name = output_name(&delivery->output);
	char why[160];

	if (!delivery->output.file || delivery->options->once) {
		complain("cannot write", name, strerror(errno));
		return false;
	}
	if (!delivery->stuck) {
		snprintf(why, sizeof(why), "%s: it is tried again each second",
			 strerror(errno));
		complain("cannot write", name, why);
		delivery->stuck = seconds();
	}
	signals_wait(delivery->signals, -1, 0, 1000);
	return !delivery->signals->end;
}

static void unstuck(struct delivery *delivery)
{
	char text[64];

	if (!delivery->stuck)
		return;
	snprintf(text, sizeof(text), "there was no room for %lld s",
		 (long long)(seconds() - delivery->stuck));
	complain("goes on to write", output_name(&delivery->output), text);
	delivery->stuck = 0;
}

/* No line stays cut: what was not written in whole comes again, or is told. */
static int give_up(struct delivery *delivery, size_t done)
{
	struct buffer *buffer = &delivery->buffer;
	size_t whole = done;
	struct stat st;
	char text[64];

	while (whole && buffer->p[whole - 1] != '\n')
		whole--;
	if (delivery->output.file && delivery->options->format != RAW &&
	    !output_state(&delivery->output, &st))
		output_cut(&delivery->output, st.st_size - (done - whole));
	snprintf(text, sizeof(text), "%zu bytes were not written",
		 buffer->len - whole);
	complain("ends before all is in", output_name(&delivery->output), text);
	return FAILURE;
}

/* Before a write: where it begins, and that it is going to be. */
static int prepare(struct delivery *delivery)
{
	const struct output *output = &delivery->output;

	if (!delivery->begun && delivery->options->format != RAW &&
	    output_end_line(output))
		return -1;
	delivery->begun = true;
	return position_intend(&delivery->position, output, delivery->buffer.len);
}

static int write_buffer(struct delivery *delivery)
{
	const struct output *output = &delivery->output;
	struct buffer *buffer = &delivery->buffer;
	size_t done = 0;
	ssize_t n;

	while (prepare(delivery))
		if (!try_again(delivery))
			return give_up(delivery, 0);
	while (done < buffer->len) {
		if (!output->file &&
		    !signals_wait(delivery->signals, output->fd, POLLOUT, -1) &&
		    delivery->signals->end)
			return give_up(delivery, done);
		n = output_write(output, buffer->p + done, buffer->len - done);
		if (n > 0)
			done += n;
		else if (n < 0 && !try_again(delivery))
			return give_up(delivery, done);
	}
	unstuck(delivery);
	return 0;
}

/**
 * delivery_flush() - write what has been added
 * @delivery: the delivery
 *
 * Return: 0, or FAILURE, which standard error has been told
 */
int delivery_flush(struct delivery *delivery)
{
	struct buffer *buffer = &delivery->buffer;

	if (buffer->failed) {
		complain("cannot format what was read from",
			 delivery->options->device, "out of memory");
		return FAILURE;
	}
	if (buffer->len && write_buffer(delivery))
		return FAILURE;
	buffer->len = 0;
	position_delivered(&delivery->position);
	/* Of a file the next write says that this one is done. */
	return delivery->output.file ? 0 : delivery_settle(delivery);
}

/**
 * delivery_settle() - keep the position, now that there is nothing to do
 * @delivery: the delivery, flushed
 *
 * Return: 0, or FAILURE, which standard error has been told
 */
int delivery_settle(struct delivery *delivery)
{
	while (position_settle(&delivery->position, &delivery->output))
		if (!try_again(delivery))
			return FAILURE;
	unstuck(delivery);
	return 0;
}

/**
 * delivery_reopen() - go on in the file that has the name now
 * @delivery: the delivery, flushed; it stays at the old one, and tries again
 *	when called again, if the new one cannot be opened
 *
 * Return: 0, or FAILURE, which standard error has been told
 */
int delivery_reopen(struct delivery *delivery)
{
	if (delivery_settle(delivery))
		return FAILURE;
	if (!output_reopen(&delivery->output)) {
		delivery->signals->reopen = false;
		delivery->stale = false;
		delivery->begun = false;
	} else if (!delivery->stale) {
		complain("cannot open anew", delivery->output.name,
			 strerror(errno));
		delivery->stale = true;
	}
	return 0;
}

/**
 * delivery_close() - keep the position, and end
 * @delivery: the delivery, flushed unless it has failed
 *
 * Return: 0, or FAILURE, which standard error has been told
 */
int delivery_close(struct delivery *delivery)
{
	int ret = delivery_settle(delivery);

	/* Some filesystems tell only here that they had no room. */
	if (!close(delivery->output.fd))
		return ret;
	complain("cannot write", output_name(&delivery->output),
		 strerror(errno));
	return FAILURE;
}

static void send_to_syslog(struct buffer *buffer, const struct event *event)
{
	int priority = LOG_NOTICE;

	if (event->hdr.type == SHMEXEC_TYPE_EXEC)
		priority = LOG_ALERT;
	else if (event->hdr.type == SHMEXEC_TYPE_LOST)
		priority = LOG_ERR;
	if (buffer->len && !buffer->failed)
		syslog(priority, "%.*s", (int)buffer->len - 1, buffer->p);
	buffer->len = 0;
}

/**
 * delivery_add() - take an event to be written
 * @delivery: the delivery
 * @event: the event
 * @record: its bytes
 * @host: the machine that it is from, NULL: not known
 *
 * Return: 0, or FAILURE, which standard error has been told
 */
int delivery_add(struct delivery *delivery, const struct event *event,
		 const void *record, struct host *host)
{
	struct buffer *buffer = &delivery->buffer;

	if (delivery->options->format == RAW)
		buffer_add(buffer, record, event->hdr.len);
	else if (delivery->options->format == ECS)
		ecs_event(buffer, event, host);
	else
		text_event(buffer, event, host);
	if (delivery->options->syslog)
		send_to_syslog(buffer, event);
	return buffer->len < OUTPUT_MAX ? 0 : delivery_flush(delivery);
}
