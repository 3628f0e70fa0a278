// SPDX-License-Identifier: GPL-2.0
/*
 * Messages to syslogd.  syslog(3) does not say whether one was taken, and that of
 * musl cuts it after 1,023 bytes.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>
#include "syslog.h"

/* The facility authpriv. */
#define FACILITY	10

/* What is left of a message that is too long is not cut further. */
#define LEAST		1024

/**
 * syslog_init() - begin
 * @syslog: set
 */
void syslog_init(struct syslog *syslog)
{
	syslog->fd = -1;
}

static void disconnect(struct syslog *syslog)
{
	int error = errno;

	close(syslog->fd);
	syslog->fd = -1;
	errno = error;
}

static int connect_to(struct syslog *syslog)
{
	static const struct sockaddr_un name = {
		.sun_family = AF_UNIX, .sun_path = SYSLOG_SOCKET,
	};
	const struct timeval second = { .tv_sec = 1 };
	int most = 1 << 20;

	if (syslog->fd >= 0)
		return 0;
	syslog->fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (syslog->fd < 0)
		return -1;
	/* Who waits longer looks whether it is to end. */
	setsockopt(syslog->fd, SOL_SOCKET, SO_SNDTIMEO, &second, sizeof(second));
	/* As much as is allowed; what is longer than that is cut. */
	setsockopt(syslog->fd, SOL_SOCKET, SO_SNDBUF, &most, sizeof(most));
	if (!connect(syslog->fd, (const struct sockaddr *)&name, sizeof(name)))
		return 0;
	disconnect(syslog);
	return -1;
}

static int send_whole(struct syslog *syslog, struct iovec part[2])
{
	struct msghdr message = { .msg_iov = part, .msg_iovlen = 2 };

	while (sendmsg(syslog->fd, &message, MSG_NOSIGNAL) < 0) {
		if (errno != EMSGSIZE || part[1].iov_len <= LEAST)
			return -1;
		part[1].iov_len /= 2;
	}
	return 0;
}

/**
 * syslog_send() - send a message
 * @syslog: the way
 * @severity: SYSLOG_*
 * @text: the message, on one line
 * @len: bytes of it
 *
 * It waits for up to a second while syslogd has too much to do.
 *
 * Return: 0 if syslogd has it, or -1 with errno
 */
int syslog_send(struct syslog *syslog, int severity, const char *text, size_t len)
{
	struct iovec part[2] = { [1] = { (char *)text, len } };
	time_t now = time(NULL);
	char head[64], when[32];
	struct tm tm;

	strftime(when, sizeof(when), "%b %e %T", localtime_r(&now, &tm));
	part[0].iov_len = snprintf(head, sizeof(head), "<%d>%s shmexec[%d]: ",
				   FACILITY << 3 | severity, when, (int)getpid());
	part[0].iov_base = head;
	if (syslog->fd >= 0) {
		if (!send_whole(syslog, part))
			return 0;
		if (errno == EAGAIN || errno == EINTR)
			return -1;
		/* It may have been started anew since the last one. */
		disconnect(syslog);
	}
	if (connect_to(syslog))
		return -1;
	return send_whole(syslog, part);
}
