// SPDX-License-Identifier: GPL-2.0
/*
 * How far events have been delivered.  Before a write to a file begins, the
 * cursor says what it is going to be and where: whoever finds the file longer
 * by that later knows that all of it is there, else takes it back and does it
 * again.  So each event is in the file once, whenever the logger is killed.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>
#include "complain.h"
#include "options.h"
#include "position.h"

static int refuse(const char *name, const char *why)
{
	complain("cannot use the cursor", name, why);
	return FAILURE;
}

/* Held until the end: it is not the file itself, as that is replaced. */
static int lock_cursor(const char *name)
{
	char path[4096];
	int fd;

	snprintf(path, sizeof(path), "%s.lock", name);
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		return refuse(path, strerror(errno));
	if (flock(fd, LOCK_EX | LOCK_NB))
		return refuse(name, "another logger has it");
	return 0;
}

/**
 * position_open() - read the cursor
 * @position: set
 * @name: of its file, must stay; NULL: no position is kept
 *
 * Return: 0; FAILURE if it cannot be used, which standard error has been told
 */
int position_open(struct position *position, const char *name)
{
	char text[CURSOR_MAX + 1];
	const char *why;
	ssize_t n;
	int fd;

	*position = (struct position) { .name = name };
	if (!name)
		return 0;
	if (lock_cursor(name))
		return FAILURE;
	fd = open(name, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOENT ? 0 : refuse(name, strerror(errno));
	n = read(fd, text, CURSOR_MAX);
	close(fd);
	if (n < 0)
		return refuse(name, strerror(errno));
	text[n] = '\0';
	why = n == CURSOR_MAX ? "it is too long" :
				cursor_parse(&position->cursor, text, n);
	if (!why)
		return 0;
	complain("cannot use the cursor", name, why);
	complain("to begin with the oldest event, remove", name, "");
	return FAILURE;
}

static int sync_directory(const char *name)
{
	char path[4096] = ".";
	const char *slash = strrchr(name, '/');
	int fd, ret;

	if (slash)
		snprintf(path, sizeof(path), "%.*s",
			 (int)(slash - name + 1), name);
	fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	ret = fsync(fd);
	close(fd);
	return ret;
}

/* The old one is there until the new one is there in full. */
static int save(struct position *position)
{
	char text[CURSOR_MAX], path[4096];
	size_t len = cursor_format(&position->cursor, text);
	int fd, ret;

	snprintf(path, sizeof(path), "%s.new", position->name);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		return -1;
	ret = write_all(fd, text, len) || fsync(fd);
	ret = close(fd) || ret;
	if (ret || rename(path, position->name) || sync_directory(position->name))
		return -1;
	position->saved = true;
	return 0;
}

/* Bytes of whole lines that are there of a write that was cut. */
static off_t whole_lines(const struct output *output, const struct cursor *cursor,
			 off_t size, uint64_t *lines)
{
	off_t at, end = cursor->offset;
	char byte;

	*lines = 0;
	for (at = end; at < size && output_read(output, &byte, 1, at); at++)
		if (byte == '\n') {
			end = at + 1;
			++*lines;
		}
	return end;
}

/*
 * What was cut is taken back, and comes again.  After a reboot it does not:
 * then what is there in whole lines stays, and the rest is lost.
 */
static int repair(struct position *position, const struct output *output,
		  bool again, uint64_t *lost)
{
	struct cursor *cursor = &position->cursor;
	uint64_t lines = 0;
	off_t keep = cursor->offset;
	struct stat st;

	if (!cursor->length || !output->file)
		return 0;
	if (output_state(output, &st))
		return -1;
	if (st.st_dev == cursor->dev && st.st_ino == cursor->inode) {
		if ((uint64_t)st.st_size >= cursor->offset + cursor->length) {
			cursor->done = cursor->to;
			return 0;
		}
		if (!again)
			keep = whole_lines(output, cursor, st.st_size, &lines);
		if (st.st_size > keep && output_cut(output, keep))
			return -1;
	}
	if (!again && cursor->to - cursor->done > lines)
		*lost = cursor->to - cursor->done - lines;
	return 0;
}

/**
 * position_begin() - find out where to go on, once there is a first event
 * @position: from position_open(); or of an epoch that is over
 * @boot: boot id, "-" if it is not known
 * @epoch: that of the event
 * @output: where events go; what was cut there is taken back
 * @lost: set to how many of an earlier boot or epoch are lost by that
 *
 * Return: 0, or -1 with errno
 */
int position_begin(struct position *position, const char *boot, uint64_t epoch,
		   const struct output *output, uint64_t *lost)
{
	struct cursor *cursor = &position->cursor;
	bool same = !strcmp(cursor->boot, boot) && cursor->epoch == epoch;

	*lost = 0;
	if (repair(position, output, same, lost))
		return -1;
	if (!same) {
		snprintf(cursor->boot, sizeof(cursor->boot), "%s", boot);
		cursor->epoch = epoch;
		cursor->done = 0;
	}
	cursor->to = cursor->done;
	cursor->length = 0;
	position->seen = cursor->done;
	position->begun = true;
	position->saved = false;
	return 0;
}

/* Some of a loss may have been told before. */
static void shorten_loss(struct shmexec_lost *lost, uint64_t seen)
{
	uint64_t told = seen + 1 - lost->hdr.seq;

	if (lost->hdr.seq > seen)
		return;
	lost->hdr.seq += told;
	lost->count -= told;
}

/**
 * position_take() - is an event new, and the next one?
 * @position: from position_begin()
 * @event: the event; a loss is shortened by what was told of it before
 * @missed: set to how many events that are not there should be before it
 *
 * Return: false if it has been delivered
 */
bool position_take(struct position *position, struct event *event,
		   uint64_t *missed)
{
	uint64_t last = event->hdr.seq;

	if (event->hdr.type == SHMEXEC_TYPE_LOST)
		last += event->lost.count - 1;
	*missed = 0;
	if (last <= position->seen)
		return false;
	if (event->hdr.seq > position->seen + 1)
		*missed = event->hdr.seq - position->seen - 1;
	else if (event->hdr.type == SHMEXEC_TYPE_LOST)
		shorten_loss(&event->lost, position->seen);
	position->seen = last;
	return true;
}

/**
 * position_intend() - say what is going to be written
 * @position: the position
 * @output: where
 * @len: bytes, up to the event seen last
 *
 * Return: 0, or -1 with errno: nothing must be written then
 */
int position_intend(struct position *position, const struct output *output,
		    size_t len)
{
	struct cursor *cursor = &position->cursor;
	struct stat st;

	if (!position->name || !output->file)
		return 0;
	/* What this settles has to be there first. */
	if (fdatasync(output->fd) || output_state(output, &st))
		return -1;
	cursor->to = position->seen;
	cursor->dev = st.st_dev;
	cursor->inode = st.st_ino;
	cursor->offset = st.st_size;
	cursor->length = cursor->to == cursor->done ? 0 : len;
	return save(position);
}

/**
 * position_delivered() - note that what was seen has been written
 * @position: the position
 */
void position_delivered(struct position *position)
{
	struct cursor *cursor = &position->cursor;

	if (!position->begun || position->seen == cursor->done)
		return;
	cursor->done = position->seen;
	cursor->to = position->seen;
	cursor->length = 0;
	position->saved = false;
}

/**
 * position_settle() - keep what has been delivered
 * @position: the position
 * @output: where it went
 *
 * Return: 0, or -1 with errno
 */
int position_settle(struct position *position, const struct output *output)
{
	if (!position->name || !position->begun || position->saved)
		return 0;
	if (output->file && fdatasync(output->fd))
		return -1;
	return save(position);
}
