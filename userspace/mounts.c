// SPDX-License-Identifier: GPL-2.0
/*
 * The mount table.  A directory that the rule names may be on another
 * filesystem after a mount; the module cannot notice that by itself.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include "complain.h"
#include "mounts.h"
#include "uapi/shmexec.h"

/**
 * mounts_open() - begin to watch the mount table
 *
 * Return: a descriptor that has POLLPRI once for each change, without being
 *	read; -1 where there is no /proc
 */
int mounts_open(void)
{
	return open("/proc/self/mountinfo", O_RDONLY | O_CLOEXEC);
}

static const char *reason(int error)
{
	switch (error) {
	case ENOTTY:
		return "the module is older than the logger";
	case ETIMEDOUT:
		return "the filesystem of a directory of the rule does not answer; "
		       "until it does, hits are judged by the mounts of before";
	default:
		return strerror(error);
	}
}

/**
 * mounts_changed() - have the module look for the rule's directories anew
 * @device: /dev/shmexec
 *
 * Where that fails standard error has been told.
 *
 * Return: 0, or -1 where it need not be asked again
 */
int mounts_changed(int device)
{
	int error;

	if (!ioctl(device, SHMEXEC_IOC_RESOLVE))
		return 0;
	error = errno;
	complain("cannot follow the mounts of", "/dev/shmexec", reason(error));
	return error == ENOMEM || error == ETIMEDOUT ? 0 : -1;
}
