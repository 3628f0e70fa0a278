// SPDX-License-Identifier: GPL-2.0
/* Paths and their components: pure, the host's tests build this as it is. */
#include <linux/string.h>
#include "component.h"

static u32 component_len(const char *text, u32 left)
{
	u32 len = 0;

	while (len < left && text[len] != '/')
		len++;
	return len;
}

static bool is_up(const char *text, u32 len)
{
	return len == 2 && text[0] == '.' && text[1] == '.';
}

static bool is_name(const char *text, u32 len)
{
	return len && !(len == 1 && text[0] == '.') && !is_up(text, len);
}

/**
 * shmexec_component_odd() - is the first component none that names a file?
 * @text: what follows a '/'
 * @left: of @text, in bytes
 *
 * Context: any.
 * Return: whether it is empty, "." or ".."
 */
bool shmexec_component_odd(const char *text, u32 left)
{
	return !is_name(text, component_len(text, left));
}

/**
 * shmexec_path_plain() - is a path absolute and without odd components?
 * @path: bytes
 * @len: of @path
 *
 * Context: any.
 * Return: whether shmexec_path_join() would leave it as it is
 */
bool shmexec_path_plain(const char *path, u32 len)
{
	u32 i, n;

	if (!len || path[0] != '/')
		return false;
	for (i = 1; i <= len; i += n + 1) {
		n = component_len(path + i, len - i);
		if (!is_name(path + i, n))
			return false;
	}
	return true;
}

static u32 append(char *buf, u32 len, const char *component, u32 n)
{
	buf[len] = '/';
	memcpy(buf + len + 1, component, n);
	return len + 1 + n;
}

/**
 * shmexec_path_join() - add a path to that of a directory
 * @buf: holds the directory, is given the result
 * @size: of @buf, in bytes; no NUL is written
 * @len: bytes of the directory, 0 if it is the root or @path is absolute
 * @path: bytes; empty and "." components are left out
 * @path_len: of @path
 * @cut: set if not all of it fits: then the head and the last component are
 *	there, or nothing is; else left as it is
 *
 * Context: any.
 * Return: bytes in @buf; 0 if @path names no file or has a ".." component,
 *	which is whatever the directory before it was when it was looked up
 */
u32 shmexec_path_join(char *buf, u32 size, u32 len, const char *path,
		      u32 path_len, bool *cut)
{
	u32 leaf = 0, leaf_len = 0, room, i, n;

	for (i = 0; i < path_len; i += n + 1) {
		n = component_len(path + i, path_len - i);
		if (is_up(path + i, n))
			return 0;
		if (is_name(path + i, n)) {
			leaf = i;
			leaf_len = n;
		}
	}
	if (leaf_len >= size)
		*cut = true;
	if (!leaf_len || leaf_len >= size)
		return 0;

	room = size - leaf_len - 1;
	if (len > room) {
		/* Not in the middle of a name: that would be another one. */
		for (len = room; len && buf[len] != '/';)
			len--;
		*cut = true;
	}
	for (i = 0; i < leaf; i += n + 1) {
		n = component_len(path + i, path_len - i);
		if (!is_name(path + i, n))
			continue;
		if (n >= room - len) {
			*cut = true;
			break;
		}
		len = append(buf, len, path + i, n);
	}
	return append(buf, len, path + leaf, leaf_len);
}
