// SPDX-License-Identifier: GPL-2.0
/* Events to a file, a pipe or syslog, and how far they are. */
#include <errno.h>
#include <string.h>
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
	struct output *output = &delivery->output;

	*delivery = (struct delivery) { .options = options, .signals = signals };
	syslog_init(&delivery->syslog);
	if (output_open(output, options->output, options->format == RAW)) {
		complain("cannot write", options->output, strerror(errno));
		return FAILURE;
	}
	if (position_open(&delivery->position, options->cursor))
		return FAILURE;
	if (position_repair(&delivery->position, output)) {
		complain("cannot repair", output_name(output), strerror(errno));
		return FAILURE;
	}
	return 0;
}

/**
 * delivery_try_again() - wait before it is tried again
 * @delivery: the delivery
 * @at: where it could not be written, must stay; errno says why
 * @ever: whether it makes sense to try again
 *
 * Return: as for stuck_wait()
 */
bool delivery_try_again(struct delivery *delivery, const char *at, bool ever)
{
	return stuck_wait(&delivery->stuck, at,
			  ever && !delivery->options->once, delivery->signals);
}

/**
 * delivery_flush() - write what has been added
 * @delivery: the delivery
 *
 * Return: 0, or FAILURE, which standard error has been told
 */
int delivery_flush(struct delivery *delivery)
{
	struct position *position = &delivery->position;
	struct buffer *buffer = &delivery->buffer;

	if (buffer->failed) {
		complain("cannot format what was read from",
			 delivery->options->device, "out of memory");
		return FAILURE;
	}
	if (buffer->len && delivery_write(delivery))
		return FAILURE;
	buffer->len = 0;
	position_delivered(position, position->seen);
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
	struct position *position = &delivery->position;

	while (position_settle(position))
		if (!delivery_try_again(delivery, position->name, true))
			return FAILURE;
	stuck_over(&delivery->stuck);
	return 0;
}

/**
 * delivery_reopen() - go on in the file that has the name now
 * @delivery: the delivery, with nothing half written; it stays at the old one,
 *	and tries again when called again, if the new one cannot be opened
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

static int send_to_syslog(struct delivery *delivery, const struct event *event)
{
	struct buffer *buffer = &delivery->buffer;
	int severity = SYSLOG_NOTICE;

	if (event->hdr.type == SHMEXEC_TYPE_EXEC)
		severity = SYSLOG_ALERT;
	else if (event->hdr.type == SHMEXEC_TYPE_LOST)
		severity = SYSLOG_ERR;
	while (buffer->len && !buffer->failed &&
	       syslog_send(&delivery->syslog, severity, buffer->p, buffer->len - 1))
		if (!delivery_try_again(delivery, SYSLOG_SOCKET, true)) {
			/* Those before it were sent. */
			position_delivered(&delivery->position, event->hdr.seq - 1);
			return FAILURE;
		}
	stuck_over(&delivery->stuck);
	buffer->len = 0;
	return 0;
}

/**
 * delivery_is_one() - is it one line, for one number?
 * @event: an event
 *
 * What of a write was cut is told by how many lines are there.
 *
 * Return: false if it has to be written by itself
 */
bool delivery_is_one(const struct event *event)
{
	return event->hdr.type != SHMEXEC_TYPE_LOST && event_known(event);
}

/**
 * delivery_add() - take an event to be written
 * @delivery: the delivery; flushed if @event is to be written by itself
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
	if (delivery->options->syslog && send_to_syslog(delivery, event))
		return FAILURE;
	return buffer->len < OUTPUT_MAX && delivery_is_one(event) ?
		0 : delivery_flush(delivery);
}
