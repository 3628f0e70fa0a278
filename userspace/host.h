/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _HOST_H
#define _HOST_H

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
 * @users: what users are called
 * @groups: what groups are called
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
};

void host_here(struct host *host);
void host_refresh(struct host *host);

#endif
