/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SHMEXEC_CHARDEV_H
#define _SHMEXEC_CHARDEV_H

struct attribute_group;
struct shmexec_stream;

int shmexec_chardev_register(struct shmexec_stream *stream,
			     const struct attribute_group **groups);
void shmexec_chardev_unregister(void);

#endif /* _SHMEXEC_CHARDEV_H */
