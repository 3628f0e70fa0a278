/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _POSITION_H
#define _POSITION_H

#include <stdbool.h>
#include "cursor.h"
#include "decode.h"
#include "output.h"

/**
 * struct position - how far events have been delivered, kept over restarts
 * @name: the file that it is kept in, NULL: it is not kept
 * @cursor: as the file has it, but for what was delivered since
 * @seen: the last event that was taken, delivered or not yet
 * @begun: whether the first event has been seen, so that the cursor is of its
 *	boot and epoch
 * @saved: the file has it as it is
 */
struct position {
	const char *name;
	struct cursor cursor;
	uint64_t seen;
	bool begun;
	bool saved;
};

int position_open(struct position *position, const char *name);
int position_repair(struct position *position, const struct output *output);
void position_gave_up(struct position *position, uint64_t events);
uint64_t position_owed(struct position *position, const char *boot, uint64_t epoch);
void position_begin(struct position *position, const char *boot, uint64_t epoch);
uint64_t position_missed(const struct position *position, uint64_t seq);
bool position_take(struct position *position, struct event *event);
void position_pass(struct position *position, uint64_t seq);
int position_intend(struct position *position, const struct output *output,
		    size_t len);
void position_delivered(struct position *position, uint64_t last);
int position_settle(struct position *position);

#endif
