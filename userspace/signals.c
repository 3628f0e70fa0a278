// SPDX-License-Identifier: GPL-2.0
/*
 * Signals, read as bytes from a pipe: so none comes at a wrong time, also on a
 * kernel without signalfd(2).
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>
#include "signals.h"

static int handler_end;

static void handler(int signal)
{
	char byte = signal;
	int saved = errno;

	/* A full pipe says enough. */
	if (write(handler_end, &byte, 1) < 0)
		errno = saved;
}

static int catch(int signal)
{
	struct sigaction action = {
		.sa_handler = handler, .sa_flags = SA_RESTART,
	};

	return sigaction(signal, &action, NULL);
}

/**
 * signals_hold() - from here on SIGTERM and SIGINT are read
 * @signals: set
 * @hangup: SIGHUP too; else it is as it was, which ends who has a terminal
 *
 * Return: 0, or -1 with errno
 */
int signals_hold(struct signals *signals, bool hangup)
{
	int fd[2];

	*signals = (struct signals) { .fd = -1, .mounts.fd = -1 };
	if (pipe2(fd, O_CLOEXEC | O_NONBLOCK))
		return -1;
	signals->fd = fd[0];
	handler_end = fd[1];
	signal(SIGPIPE, SIG_IGN);
	/* A write beyond the limit fails with EFBIG then, which can be told. */
	signal(SIGXFSZ, SIG_IGN);
	if (catch(SIGTERM) || catch(SIGINT) || (hangup && catch(SIGHUP)))
		return -1;
	return 0;
}

/**
 * signals_read() - note what came
 * @signals: the signals
 */
void signals_read(struct signals *signals)
{
	char byte;

	while (read(signals->fd, &byte, 1) == 1) {
		if (byte == SIGHUP)
			signals->reopen = true;
		else
			signals->end = true;
	}
}

/**
 * signals_wait() - wait for a file descriptor, and for signals
 * @signals: the signals
 * @fd: for which, -1: for none
 * @events: for what, as for poll(2)
 * @timeout: ms, -1: for ever
 *
 * Return: whether @fd is ready; if not, it may be time to end
 */
bool signals_wait(struct signals *signals, int fd, short events, int timeout)
{
	struct pollfd p[] = {
		{ .fd = signals->fd, .events = POLLIN },
		{ .fd = fd, .events = events },
		{ .fd = signals->mounts.fd, .events = POLLPRI },
	};
	int n = poll(p, 3, timeout);

	if (n > 0 && p[2].revents)
		mounts_changed(&signals->mounts);
	if (n < 0 || p[0].revents)
		signals_read(signals);
	return n > 0 && p[1].revents;
}
