// SPDX-License-Identifier: GPL-2.0
/*
 * The mount table.  A directory that the rule names may be on another
 * filesystem after a mount; the module cannot notice that by itself.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include "complain.h"
#include "mounts.h"
#include "uapi/shmexec.h"

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
 * @mounts: from mounts_watch(); a device that is none of ours, or too old, is not
 *	asked again
 *
 * Where that fails standard error has been told.
 */
void mounts_changed(struct mounts *mounts)
{
	int error;

	if (mounts->fd < 0 || !ioctl(mounts->device, SHMEXEC_IOC_RESOLVE))
		return;
	error = errno;
	complain("cannot follow the mounts of", "/dev/shmexec", reason(error));
	if (error == ENOMEM || error == ETIMEDOUT)
		return;
	close(mounts->fd);
	mounts->fd = -1;
}

/**
 * mounts_watch() - begin to watch the mount table, where there is a /proc
 * @mounts: set
 * @device: /dev/shmexec, which is asked at once: one may have been mounted since
 *	it was opened
 */
void mounts_watch(struct mounts *mounts, int device)
{
	mounts->device = device;
	mounts->fd = open("/proc/self/mountinfo", O_RDONLY | O_CLOEXEC);
	mounts_changed(mounts);
}
