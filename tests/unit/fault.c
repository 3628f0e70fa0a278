// SPDX-License-Identifier: GPL-2.0
/*
 * Loaded before the C library: calls of one name on regular files fail with EIO,
 * as FAULT=NAME:FIRST:COUNT says.  A sync that fails has dropped what it was for;
 * NAME cut is a write that does the half of it and is killed, nolock a flock of a
 * kernel that has none.  Any device resolves what the rule names: ASKED has a byte more.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "../../kmod/uapi/shmexec.h"

static int fails(const char *name)
{
	static int calls;
	char which[16];
	int first, count;
	const char *fault = getenv("FAULT");

	if (!fault || sscanf(fault, "%15[a-z]:%d:%d", which, &first, &count) != 3 ||
	    strcmp(which, name))
		return 0;
	calls++;
	if (calls < first || calls >= first + count)
		return 0;
	errno = EIO;
	return 1;
}

static int regular(int fd, struct stat *st)
{
	return !fstat(fd, st) && S_ISREG(st->st_mode);
}

ssize_t write(int fd, const void *p, size_t len)
{
	ssize_t (*real)(int to, const void *from, size_t n) = dlsym(RTLD_NEXT, "write");
	struct stat st;

	if (!regular(fd, &st))
		return real(fd, p, len);
	if (fails("cut")) {
		real(fd, p, len / 2);
		kill(getpid(), SIGKILL);
	}
	return fails("write") ? -1 : real(fd, p, len);
}

int ioctl(int fd, unsigned long request, ...)
{
	int (*real)(int which, unsigned long what, ...) = dlsym(RTLD_NEXT, "ioctl");
	const char *asked = getenv("ASKED");
	int to;

	if (request != SHMEXEC_IOC_RESOLVE || !asked)
		return real(fd, request);
	to = open(asked, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
	if (to < 0 || write(to, "", 1) != 1)
		abort();
	return close(to);
}

int flock(int fd, int how)
{
	int (*real)(int which, int op) = dlsym(RTLD_NEXT, "flock");

	if (fails("nolock")) {
		errno = ENOSYS;
		return -1;
	}
	return fails("flock") ? -1 : real(fd, how);
}

int rename(const char *from, const char *to)
{
	int (*real)(const char *old, const char *new) = dlsym(RTLD_NEXT, "rename");

	return fails("rename") ? -1 : real(from, to);
}

int fdatasync(int fd)
{
	int (*real)(int which) = dlsym(RTLD_NEXT, "fdatasync");
	char path[32], zeros[512] = "";
	struct stat st;
	int again;

	if (!regular(fd, &st) || !fails("fdatasync"))
		return real(fd);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	again = open(path, O_WRONLY | O_CLOEXEC);
	if (again < 0 || pwrite(again, zeros, sizeof(zeros), st.st_size - sizeof(zeros)) < 0)
		abort();
	close(again);
	errno = EIO;
	return -1;
}
