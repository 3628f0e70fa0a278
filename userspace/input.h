/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _INPUT_H
#define _INPUT_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include "decode.h"

/**
 * struct input - where records come from
 * @fd: open and non-blocking
 * @device: it is the device itself, so the records are of this machine
 * @drained: there was no more when it was read last
 * @start: where in the input @buf starts, in bytes
 * @used: bytes of @buf that have been taken
 * @len: bytes in @buf
 * @buf: a device refuses a read that might not hold a record: so there is
 *	always room for one behind what is left of another
 */
struct input {
	int fd;
	bool device;
	bool drained;
	uint64_t start;
	size_t used;
	size_t len;
	char buf[2 * SHMEXEC_RECORD_MAX];
};

int input_open(struct input *in, const char *name);
ssize_t input_read(struct input *in);
enum decoded input_next(struct input *in, struct event *event,
			const char **why);
uint64_t input_offset(const struct input *in);

#endif
