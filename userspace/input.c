// SPDX-License-Identifier: GPL-2.0
/* Records from the device, or from a file or pipe of recorded ones. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "input.h"

/**
 * input_open() - open a device, file or pipe
 * @in: set
 * @name: which; waits for the other end of a pipe
 *
 * Return: 0, or -1 with errno
 */
int input_open(struct input *in, const char *name)
{
	struct stat st;

	in->fd = open(name, O_RDONLY | O_CLOEXEC);
	if (in->fd < 0 || fstat(in->fd, &st) ||
	    fcntl(in->fd, F_SETFL, O_NONBLOCK))
		return -1;
	in->device = S_ISCHR(st.st_mode);
	in->drained = false;
	in->start = 0;
	in->used = 0;
	in->len = 0;
	return 0;
}

/**
 * input_read() - read on
 * @in: the input; what has been taken is dropped, what is left stays
 *
 * Return: bytes, 0 at the end, or -1 with errno, EAGAIN if there is nothing yet
 */
ssize_t input_read(struct input *in)
{
	size_t room;
	ssize_t n;

	in->start += in->used;
	in->len -= in->used;
	memmove(in->buf, in->buf + in->used, in->len);
	in->used = 0;
	room = sizeof(in->buf) - in->len;
	do {
		n = read(in->fd, in->buf + in->len, room);
	} while (n < 0 && errno == EINTR);
	/* The device gives all that fits. */
	in->drained = n < 0 ||
		      (in->device && (size_t)n + SHMEXEC_RECORD_MAX <= room);
	if (n > 0)
		in->len += n;
	return n;
}

/**
 * input_next() - take the next record of what was read
 * @in: the input
 * @event: set, valid until input_read()
 * @why: as for decode()
 *
 * Return: as for decode()
 */
enum decoded input_next(struct input *in, struct event *event, const char **why)
{
	enum decoded ret = decode(in->buf + in->used, in->len - in->used,
				  event, why);

	if (ret == DECODED)
		in->used += event->hdr.len;
	return ret;
}

/**
 * input_offset() - where in the input the next record starts
 * @in: the input
 *
 * Return: bytes from its start
 */
uint64_t input_offset(const struct input *in)
{
	return in->start + in->used;
}
