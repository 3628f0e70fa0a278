// SPDX-License-Identifier: GPL-2.0
/*
 * Lines or records on their way into a file or a pipe.  A file can be written
 * again once somebody has seen to that: until then it is tried.  A pipe without a
 * reader is at its end.
 */
#include <poll.h>
#include <stdio.h>
#include "complain.h"
#include "delivery.h"
#include "tail.h"

/* Nothing of what was to be written is there, and it has to be tried again. */
#define AGAIN	(-1)

static bool try_output_again(struct delivery *delivery)
{
	return delivery_try_again(delivery, output_name(&delivery->output),
				  delivery->output.file);
}

/* Nothing stays cut: what was not written in whole comes again, or is told. */
static int give_up(struct delivery *delivery, size_t done)
{
	struct buffer *buffer = &delivery->buffer;
	struct position *position = &delivery->position;
	struct output *output = &delivery->output;
	uint64_t events;
	char text[64];
	size_t whole = tail_whole(buffer->p, done, output->records, &events);

	if (!output_take_back(output, done, whole) || !output->file)
		position_gave_up(position, events);
	snprintf(text, sizeof(text), "%zu bytes were not written",
		 buffer->len - whole);
	complain("ends before all is in", output_name(output), text);
	return FAILURE;
}

/* Says what is going to be written, however long that takes; sets @waited. */
static int intend(struct delivery *delivery, bool *waited)
{
	const char *at;

	for (*waited = false;; *waited = true) {
		if (output_begin(&delivery->output))
			at = output_name(&delivery->output);
		else if (position_intend(&delivery->position, &delivery->output,
					 delivery->buffer.len))
			at = delivery->position.name;
		else
			return 0;
		if (!delivery_try_again(delivery, at, true))
			return give_up(delivery, 0);
	}
}

/* Before a write: where it begins, and that it is going to be. */
static int prepare(struct delivery *delivery)
{
	struct output *output = &delivery->output;
	bool waited;

	while (!delivery->begun && !output->records && output_end_line(output))
		if (!try_output_again(delivery))
			return give_up(delivery, 0);
	delivery->begun = true;
	if (intend(delivery, &waited))
		return FAILURE;
	if (!waited || !delivery->signals->reopen)
		return 0;
	return delivery_reopen(delivery) ? FAILURE : AGAIN;
}

/* All that was written is taken back, and goes to the file of that name now. */
static int start_over(struct delivery *delivery, size_t done)
{
	while (output_take_back(&delivery->output, done, 0))
		if (!try_output_again(delivery))
			return give_up(delivery, done);
	if (delivery->signals->reopen && delivery_reopen(delivery))
		return FAILURE;
	return AGAIN;
}

/* Without a cursor nobody asks, after a crash, what is there. */
static int see_that_it_stays(struct delivery *delivery)
{
	struct output *output = &delivery->output;
	size_t len = delivery->buffer.len;

	if (!delivery->position.name || !output->file || !output_sync(output))
		return 0;
	/* What could not be put on disk is dropped, and the next sync succeeds. */
	if (try_output_again(delivery))
		return start_over(delivery, len);
	return output_take_back(output, len, 0) ? FAILURE : give_up(delivery, 0);
}

static int write_once(struct delivery *delivery)
{
	struct output *output = &delivery->output;
	struct buffer *buffer = &delivery->buffer;
	size_t done = 0;
	ssize_t n;

	while (done < buffer->len) {
		if (!output->file &&
		    !signals_wait(delivery->signals, output->fd, POLLOUT, -1) &&
		    delivery->signals->end)
			return give_up(delivery, done);
		n = output_write(output, buffer->p + done, buffer->len - done);
		if (n > 0)
			done += n;
		else if (n < 0 && !try_output_again(delivery))
			return give_up(delivery, done);
		else if (n < 0 && (delivery->signals->reopen ||
				   output_was_cut(output, done)))
			return start_over(delivery, done);
	}
	return see_that_it_stays(delivery);
}

/**
 * delivery_write() - write what has been added, however long that takes
 * @delivery: the delivery
 *
 * Return: 0, or FAILURE, which standard error has been told
 */
int delivery_write(struct delivery *delivery)
{
	int ret;

	do {
		ret = prepare(delivery);
		if (!ret)
			ret = write_once(delivery);
	} while (ret == AGAIN);
	if (!ret)
		stuck_over(&delivery->stuck);
	return ret;
}
