/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _MOUNTS_H
#define _MOUNTS_H

/**
 * struct mounts - the mount table, and who wants to know of its changes
 * @fd: has POLLPRI once for each change, without being read; -1: it is not watched
 * @device: /dev/shmexec
 */
struct mounts {
	int fd;
	int device;
};

void mounts_watch(struct mounts *mounts, int device);
void mounts_changed(struct mounts *mounts);

#endif
