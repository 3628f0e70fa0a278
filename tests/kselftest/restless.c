// SPDX-License-Identifier: GPL-2.0
/*
 * Renames directories and mounts filesystems for ever, in mounts of its own: the
 * kernel's locks of names and mounts are everybody's.  It rests between, so that
 * others get on.
 */
#include "case.h"

#define TOP	"/mnt/restless"

enum { AT_A_TIME = 50, REST_US = 2000 };

int main(void)
{
	own_mounts();
	mount_on("tmpfs", "/mnt");
	payload_at(TOP "/a/dir/p");
	must(mkdir(TOP "/b", 0755) || mkdir(TOP "/mount", 0755), TOP);
	for (;;) {
		for (int i = 0; i < AT_A_TIME; i++) {
			must(rename(TOP "/a/dir", TOP "/b/dir"), "rename");
			must(rename(TOP "/b/dir", TOP "/a/dir"), "rename back");
		}
		mount_on("tmpfs", TOP "/mount");
		must(umount(TOP "/mount"), "umount");
		usleep(REST_US);
	}
}
