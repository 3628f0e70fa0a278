/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SHMEXEC_INODE_H
#define _SHMEXEC_INODE_H

#include "record.h"

struct file;

void shmexec_record_inode(struct shmexec_record *record, struct file *file);

#endif /* _SHMEXEC_INODE_H */
