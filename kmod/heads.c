// SPDX-License-Identifier: GPL-2.0
/*
 * The heads: nearly no exec is of a file that the rule could name, and this
 * tells by a few bytes of it.  Pure, the host's tests build this as it is.
 */
#include <linux/string.h>
#include "heads.h"

static void set_first(struct shmexec_heads *heads, char c)
{
	unsigned char byte = c;

	heads->first[byte / 64] |= 1ULL << byte % 64;
}

/**
 * shmexec_heads_init() - there are no heads yet
 * @heads: the heads
 * @ignore_case: 'A' to 'Z' equal 'a' to 'z'
 */
void shmexec_heads_init(struct shmexec_heads *heads, bool ignore_case)
{
	memset(heads, 0, sizeof(*heads));
	heads->ignore_case = ignore_case;
	/* Of an odd component nobody knows what follows it. */
	set_first(heads, '/');
	set_first(heads, '.');
}

/**
 * shmexec_heads_add() - names may begin like this
 * @heads: the heads, of at most 2 * SHMEXEC_PATTERNS_MAX texts
 * @text: a pattern or a path, alive as long as @heads
 * @len: of @text, in bytes
 */
void shmexec_heads_add(struct shmexec_heads *heads, const char *text, u32 len)
{
	u32 literal = 0;
	char c;

	while (literal < len && text[literal] != '*' && text[literal] != '?')
		literal++;
	if (literal < 2) {
		heads->any = true;
		memset(heads->first, 0xff, sizeof(heads->first));
		return;
	}
	c = heads->ignore_case ? shmexec_fold(text[1]) : text[1];
	set_first(heads, c);
	if (heads->ignore_case && c >= 'a' && c <= 'z')
		set_first(heads, c - 'a' + 'A');
	heads->key[heads->nr] = c;
	heads->head[heads->nr++] = (struct shmexec_pattern){ text, literal };
}

/*
 * Where they differ, an odd component of @path may be all that does: the path
 * without it could go on like the head.
 */
static bool path_begins(const struct shmexec_pattern *head, bool ignore_case,
			const char *path)
{
	u32 i;

	for (i = 1; i < head->len; i++)
		if (!shmexec_same(path[i], head->text[i], ignore_case))
			return path[i] == '/' || path[i] == '.';
	return true;
}

/**
 * shmexec_heads_path() - may a path begin with a head?
 * @heads: the heads
 * @path: absolute, with a NUL; odd components may be in it; a closer look than
 *	shmexec_heads_first()
 *
 * Context: any.
 * Return: false if shmexec_path_join() of it begins with none
 */
bool shmexec_heads_path(const struct shmexec_heads *heads, const char *path)
{
	char key = heads->ignore_case ? shmexec_fold(path[1]) : path[1];
	u32 i;

	if (heads->any || key == '/' || key == '.')
		return true;
	for (i = 0; i < heads->nr; i++)
		if (heads->key[i] == key &&
		    path_begins(&heads->head[i], heads->ignore_case, path))
			return true;
	return false;
}

/**
 * shmexec_head_components() - may a path begin with this head?
 * @head: the head
 * @ignore_case: as in &struct shmexec_heads
 * @first: first component of the path, with a NUL
 * @second: the next one, NULL if there is none
 *
 * Context: any.
 * Return: false if the path does not
 */
bool shmexec_head_components(const struct shmexec_pattern *head,
			     bool ignore_case, const char *first,
			     const char *second)
{
	const char * const name[] = { first, second };
	u32 i = 1, n;

	for (n = 0; n < 2 && i < head->len; n++, i++) {
		const char *p = name[n];

		if (!p)
			return false;
		for (; i < head->len && head->text[i] != '/'; i++, p++)
			if (!shmexec_same(*p, head->text[i], ignore_case))
				return false;
		if (i < head->len && *p)
			return false;
	}
	return true;
}

/**
 * shmexec_heads_components() - may a path begin with a head?
 * @heads: the heads
 * @first: first component of the path, with a NUL
 * @second: the next one, NULL if there is none
 *
 * Context: any.
 * Return: false if the path begins with none
 */
bool shmexec_heads_components(const struct shmexec_heads *heads,
			      const char *first, const char *second)
{
	char key = heads->ignore_case ? shmexec_fold(*first) : *first;
	u32 i;

	if (heads->any)
		return true;
	for (i = 0; i < heads->nr; i++)
		if (heads->key[i] == key &&
		    shmexec_head_components(&heads->head[i], heads->ignore_case,
					    first, second))
			return true;
	return false;
}
