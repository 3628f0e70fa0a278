// SPDX-License-Identifier: GPL-2.0
/*
 * Where a mount is mounted, told without a lock and without holding anything.
 * The kernel has no call for that, so it is read where the kernel keeps it; but
 * only once that was seen to be what the kernel itself says of some mount.
 */
#include <linux/kernel.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/path.h>
#include "compat.h"
#include "mountpoint.h"

bool shmexec_mountpoint_known __read_mostly;

/**
 * shmexec_mountpoint_learn() - see whether mountpoints can be read
 * @path: held by the caller, on any mount; one mounted on another tells most
 *
 * Context: may sleep.
 */
void shmexec_mountpoint_learn(const struct path *path)
{
	const struct shmexec_mount *mount =
		container_of(path->mnt, struct shmexec_mount, mnt);
	struct path up = { .mnt = path->mnt, .dentry = path->mnt->mnt_root };

	if (!SHMEXEC_MOUNT_PLAIN || READ_ONCE(shmexec_mountpoint_known))
		return;
	path_get(&up);
	if (follow_up(&up) && READ_ONCE(mount->mountpoint) == up.dentry &&
	    &READ_ONCE(mount->parent)->mnt == up.mnt)
		WRITE_ONCE(shmexec_mountpoint_known, true);
	path_put(&up);
}
