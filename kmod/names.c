// SPDX-License-Identifier: GPL-2.0
/* The names of an executed file, in the three views of the rule. */
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/string.h>
#include "compat.h"
#include "component.h"
#include "limits.h"
#include "names.h"

/*
 * Of the free memory @keep bytes are left for what comes later.  What a name
 * takes is at the end, so that all before it is free again.
 */
static char *room(const struct shmexec_scratch *scratch, u32 keep, u32 *size)
{
	*size = min_t(u32, scratch->left - min(scratch->left, keep), PATH_MAX);
	return scratch->memory + scratch->left - *size;
}

static void take(struct shmexec_scratch *scratch, const char *from)
{
	scratch->left = from - scratch->memory;
}

/**
 * shmexec_name_canonical() - the path of the file that runs
 * @name: set: from the root of the task, without symlinks
 * @bprm: the exec
 * @scratch: memory for it, up to half
 *
 * Context: current executes @bprm; does not sleep.
 */
void shmexec_name_canonical(struct shmexec_name *name,
			    const struct linux_binprm *bprm,
			    struct shmexec_scratch *scratch)
{
	u32 size;
	char *buf = room(scratch, scratch->size / 2, &size);

	shmexec_path_from_root(name, &bprm->file->f_path, buf, size);
	if (name->text)
		take(scratch, name->text);
}

/* Returns bytes of the working directory at the start of @buf, 0 for "/". */
static u32 working_directory(char *buf, u32 size, bool *cut)
{
	struct shmexec_name dir;
	struct path pwd;

	shmexec_path_pwd(&pwd);
	shmexec_path_from_root(&dir, &pwd, buf, size);
	*cut |= dir.cut;
	if (!dir.text || dir.len == 1)
		return 0;
	memmove(buf, dir.text, dir.len);
	return dir.len;
}

/**
 * shmexec_name_typed() - the path as it was given to execve
 * @name: set: absolute, "//" and "/./" folded; @name->text is NULL if it has
 *	a ".." component
 * @bprm: the exec
 * @scratch: memory for it
 *
 * Context: current executes @bprm, under rcu_read_lock(); does not sleep.
 */
void shmexec_name_typed(struct shmexec_name *name,
			const struct linux_binprm *bprm,
			struct shmexec_scratch *scratch)
{
	const char *typed = bprm->filename;
	u32 typed_len = strnlen(typed, SHMEXEC_TYPED_MAX), size, len = 0;
	char *buf;

	*name = (struct shmexec_name){ .text = typed, .len = typed_len };
	if (shmexec_path_plain(typed, typed_len))
		return;

	buf = room(scratch, scratch->size / 4, &size);
	if (typed[0] != '/')
		len = working_directory(buf, size, &name->cut);
	len = shmexec_path_join(buf, size, len, typed, typed_len, &name->cut);
	name->text = len ? memmove(buf + size - len, buf, len) : NULL;
	name->len = len;
	if (len)
		take(scratch, name->text);
}

/**
 * shmexec_name_inside() - the path of the file inside its filesystem
 * @name: set, with room before it for shmexec_name_spell()
 * @bprm: the exec
 * @scratch: memory for it
 *
 * Context: current executes @bprm; does not sleep.
 */
void shmexec_name_inside(struct shmexec_name *name,
			 const struct linux_binprm *bprm,
			 struct shmexec_scratch *scratch)
{
	u32 keep = scratch->size / 8 + SHMEXEC_PATTERN_MAX, size;
	char *buf = room(scratch, keep, &size);

	shmexec_path_inside(name, bprm->file->f_path.dentry, buf, size);
	if (name->text)
		take(scratch, name->text - SHMEXEC_PATTERN_MAX);
}

/**
 * shmexec_name_below() - does the file lie below a root?
 * @inside: from shmexec_name_inside(), on the filesystem of @root
 * @root: the root
 *
 * Context: any.
 * Return: whether it does
 */
bool shmexec_name_below(const struct shmexec_name *inside,
			const struct shmexec_root *root)
{
	return inside->len > root->inside_len &&
	       inside->text[root->inside_len] == '/' &&
	       !memcmp(inside->text, root->inside, root->inside_len);
}

/**
 * shmexec_name_spell() - name a file by a root that it lies below
 * @name: set: the root as the rule spells it and the path below it
 * @inside: from shmexec_name_inside(), overwritten until
 *	shmexec_name_unspell()
 * @root: the root
 *
 * Context: any.
 */
void shmexec_name_spell(struct shmexec_name *name,
			const struct shmexec_name *inside,
			const struct shmexec_root *root)
{
	char *below = (char *)inside->text + root->inside_len;

	*name = *inside;
	name->text = memcpy(below - root->spelling_len, root->spelling,
			    root->spelling_len);
	name->len = inside->len - root->inside_len + root->spelling_len;
}

/**
 * shmexec_name_unspell() - put back what shmexec_name_spell() has overwritten
 * @inside: as given there
 * @root: likewise
 *
 * Context: any.
 */
void shmexec_name_unspell(const struct shmexec_name *inside,
			  const struct shmexec_root *root)
{
	memcpy((char *)inside->text, root->inside, root->inside_len);
}
