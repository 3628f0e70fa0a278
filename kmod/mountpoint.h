/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SHMEXEC_MOUNTPOINT_H
#define _SHMEXEC_MOUNTPOINT_H

#include <linux/kernel.h>
#include <linux/path.h>
#include <linux/types.h>
#include "compat.h"

extern bool shmexec_mountpoint_known;

/* Where it is known that it is known. */
static inline bool __shmexec_mountpoint_above(struct path *path)
{
	const struct shmexec_mount *mount =
		container_of(path->mnt, struct shmexec_mount, mnt);
	struct shmexec_mount *parent = READ_ONCE(mount->parent);

	if (parent == mount)
		return false;
	path->dentry = READ_ONCE(mount->mountpoint);
	path->mnt = &parent->mnt;
	return true;
}

/**
 * shmexec_mountpoint_above() - go from a mount to where it is mounted
 * @path: set to the directory that its mount covers; not held, valid until
 *	rcu_read_unlock()
 *
 * Context: under rcu_read_lock().
 * Return: false if that is not known, or if the mount is on no other
 */
static inline bool shmexec_mountpoint_above(struct path *path)
{
	return READ_ONCE(shmexec_mountpoint_known) && __shmexec_mountpoint_above(path);
}

void shmexec_mountpoint_learn(const struct path *path);

#endif /* _SHMEXEC_MOUNTPOINT_H */
