/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _CONTAINER_H
#define _CONTAINER_H

#include "decode.h"

/**
 * struct container - what a control group's path tells of one
 * @id: its 64 digits, in the path; p is NULL if there is none
 * @runtime: who made it, NULL if that is not told
 */
struct container {
	struct bytes id;
	const char *runtime;
};

struct container container_of_cgroup(struct bytes cgroup);

#endif
