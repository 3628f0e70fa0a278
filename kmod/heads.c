// SPDX-License-Identifier: GPL-2.0
/*
 * The heads: nearly no exec is of a file that the rule could name, and this
 * tells by a few bytes of it.  Pure, the host's tests build this as it is.
 */
#include <linux/string.h>
#include "heads.h"

static bool alike(char a, char b)
{
	return (a & 31) == (b & 31);
}

/*
 * All but the last five bits of a byte: so case makes no difference either.  But an
 * 'o' may be a '/' then, and an 'n' a '.': of a path in which an odd component could
 * be taken for this head nothing is known from there on.
 */
static void set_alive(struct shmexec_heads *heads, const char *text, u32 len)
{
	u64 bit = 1ULL << heads->nr;
	bool any = false;
	u32 i, c;

	for (i = 0; i < SHMEXEC_HEADS_DEPTH; i++) {
		any |= i + 1 >= len;
		for (c = 0; c < 32; c++)
			if (any || alike(text[i + 1], c))
				heads->alive[i][c] |= bit;
		any = any || (alike(text[i], '/') &&
			      (alike(text[i + 1], '/') || alike(text[i + 1], '.')));
	}
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

	while (literal < len && text[literal] != '*' && text[literal] != '?')
		literal++;
	if (literal < 2)
		heads->any = true;
	set_alive(heads, text, literal);
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

/* At a glance: false if there is certainly no head that @path begins with. */
static bool glance_at_path(const struct shmexec_heads *heads, const char *path)
{
	u64 alive = ~0ULL;
	u32 i;

	for (i = 0; i < SHMEXEC_HEADS_DEPTH && path[i + 1]; i++) {
		alive &= shmexec_heads_alive(heads, i, path[i + 1]);
		if (!alive)
			return shmexec_heads_odd(path[i + 1]);
	}
	return true;
}

/**
 * shmexec_heads_path() - may a path begin with a head?
 * @heads: the heads
 * @path: absolute, with a NUL; odd components may be in it
 *
 * Context: any.
 * Return: false if shmexec_path_join() of it begins with none
 */
bool shmexec_heads_path(const struct shmexec_heads *heads, const char *path)
{
	u32 i;

	if (heads->any)
		return true;
	if (!glance_at_path(heads, path))
		return false;
	for (i = 0; i < heads->nr; i++)
		if (path_begins(&heads->head[i], heads->ignore_case, path))
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

static bool glance_at_components(const struct shmexec_heads *heads,
				 const char *first, const char *second)
{
	const char *next = second, *p = first;
	u64 alive = ~0ULL;
	u32 i;

	for (i = 0; i < SHMEXEC_HEADS_DEPTH; i++) {
		char c = *p++;

		if (!c) {
			if (!next)
				break;
			c = '/';
			p = next;
			next = NULL;
		}
		alive &= shmexec_heads_alive(heads, i, c);
		if (!alive)
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
	u32 i;

	if (heads->any)
		return true;
	if (!glance_at_components(heads, first, second))
		return false;
	for (i = 0; i < heads->nr; i++)
		if (shmexec_head_components(&heads->head[i],
					    heads->ignore_case, first, second))
			return true;
	return false;
}
