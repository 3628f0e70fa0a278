/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SHMEXEC_COMPONENT_H
#define _SHMEXEC_COMPONENT_H

#include <linux/types.h>

bool shmexec_component_odd(const char *text, u32 left);
bool shmexec_path_plain(const char *path, u32 len);
u32 shmexec_path_join(char *buf, u32 size, u32 len, const char *path,
		      u32 path_len, bool *cut);

#endif /* _SHMEXEC_COMPONENT_H */
