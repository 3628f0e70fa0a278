/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _COPY_H
#define _COPY_H

#include <sys/types.h>

#define COPY_DIRECTORY	"/dev/shm"
#define COPY_NAME	sizeof(COPY_DIRECTORY "/shmexec-selftest-XXXXXX")

int copy_make(char name[COPY_NAME]);
pid_t copy_run(char *name, int *words);

#endif
