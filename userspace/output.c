// SPDX-License-Identifier: GPL-2.0
/* Where events go.  What is not written in full is not written. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>
#include "output.h"

/**
 * output_open() - open a file to add to, or make one for its owner alone
 * @name: which; NULL: standard output
 *
 * Return: a descriptor, or -1 with errno
 */
int output_open(const char *name)
{
	if (!name)
		return STDOUT_FILENO;
	return open(name, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
}

/**
 * output_write() - write all of it
 * @fd: where; waits if it does not block but is full
 * @p: bytes
 * @len: how many
 *
 * Return: 0, or -1 with errno
 */
int output_write(int fd, const char *p, size_t len)
{
	struct pollfd full = { .fd = fd, .events = POLLOUT };
	ssize_t n;

	while (len) {
		n = write(fd, p, len);
		if (n < 0 && errno == EAGAIN)
			poll(&full, 1, -1);
		else if (n < 0 && errno != EINTR)
			return -1;
		if (n > 0) {
			p += n;
			len -= n;
		}
	}
	return 0;
}
