/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SHMEXEC_NAMES_H
#define _SHMEXEC_NAMES_H

#include <linux/path.h>
#include <linux/types.h>

/**
 * struct shmexec_name - what an executed file is called
 * @text: bytes, in the buffer that was given; NULL: it cannot be known
 * @len: of @text, in bytes
 * @deleted: the file has no name any more, and this was its last
 * @cut: the middle is missing, as the whole did not fit
 */
struct shmexec_name {
	const char *text;
	u32 len;
	bool deleted;
	bool cut;
};

void shmexec_name_canonical(struct shmexec_name *name, const struct path *path,
			    char *buf, u32 size);

#endif /* _SHMEXEC_NAMES_H */
