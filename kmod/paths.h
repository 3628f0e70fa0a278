/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SHMEXEC_PATHS_H
#define _SHMEXEC_PATHS_H

#include <linux/path.h>
#include <linux/types.h>

struct dentry;

/**
 * struct shmexec_name - a name of a file
 * @text: bytes, in the buffer that was given; NULL: none, or not known
 * @len: of @text, in bytes
 * @deleted: the file has no name any more, and this was its last
 * @cut: the middle is missing, as the whole did not fit; without @text: all of it
 */
struct shmexec_name {
	const char *text;
	u32 len;
	bool deleted;
	bool cut;
};

void shmexec_path_from_root(struct shmexec_name *name, const struct path *path,
			    char *buf, u32 size);
void shmexec_path_inside(struct shmexec_name *name, struct dentry *dentry,
			 char *buf, u32 size);
void shmexec_path_pwd(struct path *pwd);
void shmexec_path_root(struct path *root);
bool shmexec_path_unreachable(const struct path *path);

#endif /* _SHMEXEC_PATHS_H */
