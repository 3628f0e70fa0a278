// SPDX-License-Identifier: GPL-2.0
/* The working directory of a task, and its root. */
#include "directories.h"
#include "paths.h"

static void add(struct shmexec_record *record, struct shmexec_str *str,
		const struct shmexec_name *name, u32 cut,
		struct shmexec_scratch *scratch)
{
	if (!name->text)
		return;
	shmexec_scratch_take(scratch, name->text);
	shmexec_record_string(record, str, name->text, name->len);
	if (name->cut)
		record->exec.flags |= cut;
}

/* A quarter of what is left is enough: much of it is for the arguments. */
static char *room(const struct shmexec_scratch *scratch, u32 *size)
{
	return shmexec_scratch_room(scratch, scratch->left - scratch->left / 4,
				    size);
}

/**
 * shmexec_record_directories() - add where the task is
 * @record: the record
 * @scratch: memory for the paths
 *
 * Context: current has executed a program, under rcu_read_lock(); does not
 *	sleep.
 */
void shmexec_record_directories(struct shmexec_record *record,
				struct shmexec_scratch *scratch)
{
	struct shmexec_exec *exec = &record->exec;
	struct shmexec_name name;
	struct path path;
	char *buf;
	u32 size;

	shmexec_path_pwd(&path);
	buf = room(scratch, &size);
	shmexec_path_from_root(&name, &path, buf, size);
	add(record, &exec->cwd, &name, SHMEXEC_F_CWD_CUT, scratch);

	shmexec_path_root(&path);
	buf = room(scratch, &size);
	shmexec_path_inside(&name, path.dentry, buf, size);
	add(record, &exec->root, &name, SHMEXEC_F_ROOT_CUT, scratch);
}
