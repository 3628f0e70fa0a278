/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _HOST_H
#define _HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include "ids.h"

/**
 * struct host - the machine that the events are from
 * @name: its host name; empty, like each of these, where it is not known
 * @kernel: release of its kernel
 * @architecture: as uname(2) has it
 * @boot_id: names this boot
 * @machine_id: names the machine
 * @os_id: ID of os-release(5)
 * @os_family: the first of its ID_LIKE, or ID, as ECS calls it
 * @os_name: its NAME
 * @os_version: its VERSION
 * @os_full: its PRETTY_NAME
 * @users: what users are called; all before it is text
 * @groups: what groups are called
 * @refreshed: the second in which it was looked at last, 0: not yet
 */
struct host {
	char name[65];
	char kernel[65];
	char architecture[65];
	char boot_id[37];
	char machine_id[33];
	char os_id[64];
	char os_family[64];
	char os_name[64];
	char os_version[64];
	char os_full[128];
	struct ids users;
	struct ids groups;
	uint64_t refreshed;
};

/**
 * host_differs() - would two machines be described by different words?
 * @a: one
 * @b: the other
 *
 * Return: true also if they only may
 */
static inline bool host_differs(const struct host *a, const struct host *b)
{
	return memcmp(a, b, offsetof(struct host, users));
}

/**
 * host_changes() - have users and groups still the same names?
 * @host: the machine
 *
 * Return: a number that is another when they may not
 */
static inline unsigned int host_changes(const struct host *host)
{
	return host->users.changes + host->groups.changes;
}

void host_here(struct host *host);
void host_refresh(struct host *host, uint64_t now);

#endif
