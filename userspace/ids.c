// SPDX-License-Identifier: GPL-2.0
/*
 * Names of users and groups, from the files alone: getpwuid(3) of a static
 * program needs the libraries that it was to do without.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "ids.h"

/* A line NAME:PASSWORD:ID and more; false if it is not that of @id. */
static bool take_line(struct id *id, const char *line)
{
	const char *end = strchr(line, ':'), *number = end ? strchr(end + 1, ':') : NULL;
	unsigned long value;
	char *rest;

	if (!number || end == line || end - line >= IDS_NAME)
		return false;
	value = strtoul(number + 1, &rest, 10);
	if (rest == number + 1 || *rest != ':' || value != id->id)
		return false;
	memcpy(id->name, line, end - line);
	id->name[end - line] = '\0';
	return true;
}

static void look_up(struct id *id, const char *file)
{
	FILE *f = fopen(file, "re");
	bool begins = true, found = false;
	char line[256];

	if (!f)
		return;
	/* A group may have more members than fit: what follows is no line. */
	while (!found && fgets(line, sizeof(line), f)) {
		found = begins && take_line(id, line);
		begins = strchr(line, '\n');
	}
	fclose(f);
}

/**
 * ids_refresh() - forget the names if their file has changed
 * @ids: the names
 */
void ids_refresh(struct ids *ids)
{
	struct stat now;

	if (!ids->file)
		return;
	if (stat(ids->file, &now))
		memset(&now, 0, sizeof(now));
	if (now.st_ino != ids->seen.st_ino || now.st_size != ids->seen.st_size ||
	    now.st_mtim.tv_sec != ids->seen.st_mtim.tv_sec ||
	    now.st_mtim.tv_nsec != ids->seen.st_mtim.tv_nsec) {
		memset(ids->kept, 0, sizeof(ids->kept));
		ids->changes++;
	}
	ids->seen = now;
}

/**
 * ids_name() - what a user or group is called
 * @ids: the names
 * @id: the number
 *
 * Return: the name, valid until the next call; NULL if it is not known
 */
const char *ids_name(struct ids *ids, uint32_t id)
{
	struct id *kept = ids->kept;
	unsigned int i;

	if (!ids->file)
		return NULL;
	for (i = 0; i < IDS_KEPT; i++)
		if (kept[i].used && kept[i].id == id)
			return *kept[i].name ? kept[i].name : NULL;
	kept += ids->next++ % IDS_KEPT;
	*kept = (struct id) { .used = true, .id = id };
	look_up(kept, ids->file);
	return *kept->name ? kept->name : NULL;
}
