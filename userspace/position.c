// SPDX-License-Identifier: GPL-2.0
/*
 * How far events have been delivered.  Before a write to a file begins, the
 * cursor says what it is going to be and where: whoever finds the file longer
 * by that later knows that all of it is there, else takes back what is not whole
 * and goes on behind the rest.  So each event is in the file once, whenever the
 * logger is killed.
 */
#include <stdio.h>
#include <string.h>
#include "keeper.h"
#include "position.h"
#include "tail.h"

/**
 * position_open() - find out how far it was
 * @position: set
 * @name: of the file that it is kept in, must stay; NULL: none
 *
 * Return: 0; FAILURE if it cannot be used, which standard error has been told
 */
int position_open(struct position *position, const char *name)
{
	*position = (struct position) { .name = name, .saved = true };
	return name ? keeper_open(&position->cursor, name) : 0;
}

static int save(struct position *position)
{
	if (keeper_save(&position->cursor, position->name))
		return -1;
	position->saved = true;
	return 0;
}

/**
 * position_repair() - make a file whole again in which a write was cut
 * @position: from position_open()
 * @output: the file, or where else events go
 *
 * What is there in whole events stays, and is done; the rest is taken back.
 *
 * Return: 0, or -1 with errno
 */
int position_repair(struct position *position, const struct output *output)
{
	struct cursor *cursor = &position->cursor;
	uint64_t events = 0;
	struct stat st;

	if (!cursor->length)
		return 0;
	if (output_state(output, &st))
		return -1;
	if (output->file && st.st_dev == cursor->dev && st.st_ino == cursor->inode) {
		if ((uint64_t)st.st_size >= cursor->offset + cursor->length)
			events = cursor->to - cursor->done;
		else if ((uint64_t)st.st_size > cursor->offset &&
			 tail_repair(output, cursor->offset, &events))
			return -1;
	}
	position_gave_up(position, events);
	return 0;
}

/**
 * position_gave_up() - note how much of a write that was begun is there
 * @position: the position
 * @events: how many, in whole; the others come again, or are lost
 */
void position_gave_up(struct position *position, uint64_t events)
{
	struct cursor *cursor = &position->cursor;
	uint64_t all = cursor->to - cursor->done;

	cursor->done += events < all ? events : all;
	cursor->length = 0;
	position->saved = false;
}

static bool is_of(const struct cursor *cursor, const char *boot, uint64_t epoch)
{
	return !strcmp(cursor->boot, boot) && cursor->epoch == epoch;
}

/**
 * position_owed() - how many events were not written, and do not come again?
 * @position: from position_open(), or of an epoch that is over; still of that
 *	one, and at its end, so that the loss can be delivered as its last event
 * @boot: boot id of the first event that there is, "-" if it is not known
 * @epoch: its epoch
 *
 * Return: how many of an earlier boot or epoch
 */
uint64_t position_owed(struct position *position, const char *boot, uint64_t epoch)
{
	const struct cursor *cursor = &position->cursor;

	if (is_of(cursor, boot, epoch))
		return 0;
	position->seen = cursor->to;
	position->begun = true;
	return cursor->to - cursor->done;
}

/**
 * position_begin() - find out where to go on, once there is a first event
 * @position: from position_open(), or of an epoch that is over and owes nothing
 * @boot: boot id, "-" if it is not known
 * @epoch: that of the event
 */
void position_begin(struct position *position, const char *boot, uint64_t epoch)
{
	struct cursor *cursor = &position->cursor;

	if (!is_of(cursor, boot, epoch)) {
		snprintf(cursor->boot, sizeof(cursor->boot), "%s", boot);
		cursor->epoch = epoch;
		cursor->done = 0;
	}
	cursor->to = cursor->done;
	cursor->length = 0;
	position->seen = cursor->done;
	position->begun = true;
	position->saved = false;
}

/**
 * position_missed() - how many events should be before this one, and are not?
 * @position: from position_begin()
 * @seq: its number, or that of the first one of a loss
 *
 * Return: how many
 */
uint64_t position_missed(const struct position *position, uint64_t seq)
{
	return seq > position->seen ? seq - position->seen - 1 : 0;
}

/**
 * position_pass() - note that there is no more to come up to an event
 * @position: from position_begin()
 * @seq: number of that event
 */
void position_pass(struct position *position, uint64_t seq)
{
	position->seen = seq;
}

/**
 * position_take() - is an event new?
 * @position: from position_begin(); the event is the last one seen then
 * @event: the event; a loss is shortened by what was told of it before
 *
 * Return: false if it has been delivered
 */
bool position_take(struct position *position, struct event *event)
{
	uint64_t seq = event->hdr.seq, last = seq, told;

	if (event->hdr.type == SHMEXEC_TYPE_LOST)
		last += event->lost.count - 1;
	if (last <= position->seen)
		return false;
	if (event->hdr.type == SHMEXEC_TYPE_LOST && seq <= position->seen) {
		told = position->seen + 1 - seq;
		event->hdr.seq += told;
		event->lost.count -= told;
	}
	position->seen = last;
	return true;
}

/**
 * position_intend() - say what is going to be written
 * @position: the position
 * @output: where, from output_begin()
 * @len: bytes, up to the event seen last
 *
 * Return: 0, or -1 with errno: nothing must be written then
 */
int position_intend(struct position *position, const struct output *output,
		    size_t len)
{
	struct cursor *cursor = &position->cursor;

	cursor->to = position->seen;
	if (!position->name || !output->file)
		return 0;
	cursor->dev = output->begin.st_dev;
	cursor->inode = output->begin.st_ino;
	cursor->offset = output->begin.st_size;
	cursor->length = cursor->to == cursor->done ? 0 : len;
	return save(position);
}

/**
 * position_delivered() - note what has been written, and is there to stay
 * @position: the position
 * @last: number of the last event that is
 */
void position_delivered(struct position *position, uint64_t last)
{
	struct cursor *cursor = &position->cursor;

	if (!position->begun || (last == cursor->done && !cursor->length))
		return;
	cursor->done = last;
	cursor->to = last;
	cursor->length = 0;
	position->saved = false;
}

/**
 * position_settle() - keep what has been delivered
 * @position: the position
 *
 * Return: 0, or -1 with errno
 */
int position_settle(struct position *position)
{
	return !position->name || position->saved ? 0 : save(position);
}
