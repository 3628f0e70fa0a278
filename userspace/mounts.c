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

/**
 * mounts_changed() - have the module look for the rule's directories anew
 * @device: /dev/shmexec
 *
 * Return: 0, or -1 where it cannot be asked, and standard error has been told
 */
int mounts_changed(int device)
{
	if (!ioctl(device, SHMEXEC_IOC_RESOLVE))
		return 0;
	complain("cannot follow the mounts of", "/dev/shmexec",
		 errno == ENOTTY ? "the module is older than the logger" :
				   strerror(errno));
	return -1;
}
