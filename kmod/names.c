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
	char *buf = shmexec_scratch_room(scratch, scratch->size / 2, &size);

	shmexec_path_from_root(name, &shmexec_exec_file(bprm)->f_path, buf, size);
	if (name->text)
		shmexec_scratch_take(scratch, name->text);
}

/* Puts the working directory at the start of @buf, "" for "/". */
static struct shmexec_name working_directory(char *buf, u32 size)
{
	struct shmexec_name dir;
	struct path pwd;

	shmexec_path_pwd(&pwd);
	shmexec_path_from_root(&dir, &pwd, buf, size);
	if (dir.len == 1)
		dir.len = 0;
	if (dir.text)
		dir.text = memmove(buf, dir.text, dir.len);
	return dir;
}

/* Joins a path to the directory in @buf; what there is of it goes to the end. */
static void join(struct shmexec_name *name, char *buf, u32 size, u32 len,
		 const char *path, u32 path_len)
{
	bool cut = false;

	len = shmexec_path_join(buf, size, len, path, path_len, &cut);
	name->text = len ? memmove(buf + size - len, buf, len) : NULL;
	name->len = len;
	name->cut = cut || (len && name->cut);
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
	u32 typed_len = strnlen(typed, SHMEXEC_TYPED_MAX), size;
	struct shmexec_name dir = { .text = "" };
	char *buf;

	*name = (struct shmexec_name){ .text = typed, .len = typed_len };
	if (shmexec_path_plain(typed, typed_len))
		return;

	buf = shmexec_scratch_room(scratch, scratch->size / 4, &size);
	if (typed[0] != '/')
		dir = working_directory(buf, size);
	name->cut = dir.cut;
	if (dir.text)
		join(name, buf, size, dir.len, typed, typed_len);
	else
		name->text = NULL;
	if (name->text)
		shmexec_scratch_take(scratch, name->text);
}

/* Takes a name, and room before it for how the rule spells its directory. */
static void take_to_spell(struct shmexec_scratch *scratch,
			  const struct shmexec_name *name)
{
	if (name->text)
		shmexec_scratch_take(scratch, name->text - SHMEXEC_PATTERN_MAX);
}

static char *room_to_spell(const struct shmexec_scratch *scratch, u32 *size)
{
	return shmexec_scratch_room(scratch, scratch->size / 8 +
				    SHMEXEC_PATTERN_MAX, size);
}

/**
 * shmexec_name_inside() - the path of the file inside its filesystem
 * @name: set, to be spelled
 * @bprm: the exec
 * @scratch: memory for it
 *
 * Context: current executes @bprm; does not sleep.
 */
void shmexec_name_inside(struct shmexec_name *name,
			 const struct linux_binprm *bprm,
			 struct shmexec_scratch *scratch)
{
	u32 size;
	char *buf = room_to_spell(scratch, &size);

	shmexec_path_inside(name, shmexec_exec_file(bprm)->f_path.dentry, buf, size);
	take_to_spell(scratch, name);
}

/**
 * shmexec_name_copy() - copy a name
 * @copy: set, to be spelled
 * @name: the name, which is known
 * @scratch: memory for it
 *
 * Context: any.
 */
void shmexec_name_copy(struct shmexec_name *copy,
		       const struct shmexec_name *name,
		       struct shmexec_scratch *scratch)
{
	u32 size;
	char *buf = room_to_spell(scratch, &size);

	*copy = *name;
	join(copy, buf, size, 0, name->text, name->len);
	take_to_spell(scratch, copy);
}

/**
 * shmexec_name_below() - does a file lie below a directory?
 * @name: its path
 * @place: that of the directory, from the same root
 *
 * Context: any.
 * Return: whether it does; false if the place is not known
 */
bool shmexec_name_below(const struct shmexec_name *name,
			const struct shmexec_place *place)
{
	return place->path && name->len > place->len &&
	       name->text[place->len] == '/' &&
	       !memcmp(name->text, place->path, place->len);
}

/**
 * shmexec_name_spell() - name a file by a root that it lies below
 * @spelled: set: the root as the rule spells it and the path below it
 * @name: from shmexec_name_inside() or shmexec_name_copy(), overwritten until
 *	shmexec_name_unspell()
 * @place: of the root, above @name
 * @root: the root
 *
 * Context: any.
 */
void shmexec_name_spell(struct shmexec_name *spelled,
			const struct shmexec_name *name,
			const struct shmexec_place *place,
			const struct shmexec_root *root)
{
	char *below = (char *)name->text + place->len;

	*spelled = *name;
	spelled->text = memcpy(below - root->spelling_len, root->spelling,
			       root->spelling_len);
	spelled->len = name->len - place->len + root->spelling_len;
}

/**
 * shmexec_name_unspell() - put back what shmexec_name_spell() has overwritten
 * @name: as given there
 * @place: likewise
 *
 * Context: any.
 */
void shmexec_name_unspell(const struct shmexec_name *name,
			  const struct shmexec_place *place)
{
	memcpy((char *)name->text, place->path, place->len);
}
