/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _MOUNTS_H
#define _MOUNTS_H

int mounts_open(void);
int mounts_changed(int device);

#endif
