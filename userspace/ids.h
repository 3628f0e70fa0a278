/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _IDS_H
#define _IDS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

#define IDS_NAME	64
#define IDS_KEPT	8

/**
 * struct ids - what users or groups are called
 * @file: /etc/passwd or /etc/group; NULL: nothing is known
 * @seen: the file, as the names below were taken from it
 * @kept: the names last asked for; an empty one is not known
 * @changes: how often the file has changed
 * @next: which of them is replaced next
 */
struct ids {
	const char *file;
	struct stat seen;
	struct id {
		bool used;
		uint32_t id;
		char name[IDS_NAME];
	} kept[IDS_KEPT];
	unsigned int changes;
	unsigned int next;
};

void ids_refresh(struct ids *ids);
const char *ids_name(struct ids *ids, uint32_t id);

#endif
