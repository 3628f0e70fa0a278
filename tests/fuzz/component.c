// SPDX-License-Identifier: GPL-2.0
/*
 * Paths made absolute: in their place, plain, and with the last component
 * whatever happens.  Input: room, length of the directory, path.
 */
#include <string.h>
#include "component.h"
#include "fuzz.h"

static const char directory[] = "/a/bcd/efghij/klmnopqrstuvwxyz";

/* The last component that names a file. */
static const char *leaf(const char *path, size_t len, size_t *leaf_len)
{
	size_t end = len, start;

	for (;;) {
		while (end && (path[end - 1] == '/' ||
			       (path[end - 1] == '.' &&
				(end == 1 || path[end - 2] == '/'))))
			end--;
		start = end;
		while (start && path[start - 1] != '/')
			start--;
		*leaf_len = end - start;
		return path + start;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *path = (const char *)data + 2, *name;
	uint32_t room, dir_len, len;
	size_t path_len, name_len;
	bool cut = false;
	char *buf;

	if (size < 2)
		return 0;
	path_len = size - 2;
	dir_len = data[1] % sizeof(directory);
	if (dir_len && directory[dir_len - 1] == '/')
		dir_len--;
	room = data[0] < dir_len ? dir_len : data[0];
	buf = malloc(room + 1);
	memcpy(buf, directory, dir_len);
	len = shmexec_path_join(buf, room, dir_len, path, path_len, &cut);
	HOLDS(len <= room);
	HOLDS(!len || shmexec_path_plain(buf, len));
	name = leaf(path, path_len, &name_len);
	HOLDS(!len || (len > name_len &&
		       !memcmp(buf + len - name_len, name, name_len) &&
		       buf[len - name_len - 1] == '/'));
	HOLDS(!len || cut || !memcmp(buf, directory, dir_len));
	/* What is plain is left as it is. */
	if (len && !cut && !dir_len && shmexec_path_plain(path, path_len))
		HOLDS(len == path_len && !memcmp(buf, path, len));
	free(buf);
	return 0;
}
