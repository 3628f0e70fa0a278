/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _HOST_H
#define _HOST_H

/**
 * struct host - the machine that the events are from
 * @name: its host name; empty, like each of these, where it is not known
 * @kernel: release of its kernel
 * @architecture: as uname(2) has it
 * @boot_id: names this boot
 * @machine_id: names the machine
 * @os_id: NAME, VERSION, PRETTY_NAME and ID of os-release(5)
 * @os_name: likewise
 * @os_version: likewise
 * @os_full: likewise
 */
struct host {
	char name[65];
	char kernel[65];
	char architecture[65];
	char boot_id[37];
	char machine_id[33];
	char os_id[64];
	char os_name[64];
	char os_version[64];
	char os_full[128];
};

void host_here(struct host *host);

#endif
