/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SYSLOG_H
#define _SYSLOG_H

#include <stddef.h>

#define SYSLOG_SOCKET	"/dev/log"

/* Severities of RFC 3164. */
enum { SYSLOG_ALERT = 1, SYSLOG_ERR = 3, SYSLOG_NOTICE = 5 };

/**
 * struct syslog - the way to syslogd
 * @fd: connected, -1: not yet, or not any more
 */
struct syslog {
	int fd;
};

void syslog_init(struct syslog *syslog);
int syslog_send(struct syslog *syslog, int severity, const char *text, size_t len);

#endif
