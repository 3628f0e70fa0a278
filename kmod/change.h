/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SHMEXEC_CHANGE_H
#define _SHMEXEC_CHANGE_H

#include <linux/types.h>

struct shmexec_stream;

void shmexec_change_report(struct shmexec_stream *stream, u8 type,
			   const char *parameter, const char *old_value,
			   const char *new_value);

#endif /* _SHMEXEC_CHANGE_H */
