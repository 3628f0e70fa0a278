/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SHMEXEC_STREAM_H
#define _SHMEXEC_STREAM_H

#include <linux/hrtimer.h>
#include <linux/irq_work.h>
#include <linux/spinlock.h>
#include <linux/wait.h>
#include "ring.h"

/**
 * struct shmexec_stream - where the probe and the readers meet
 * @lock: serialises @ring and every reader's cursor; raw, as the probe runs
 *	with preemption off on most kernels, PREEMPT_RT ones included
 * @ring: the records
 * @epoch: hdr.epoch of each
 * @read: the sequence number behind the newest record that a reader has had
 * @wait: readers that wait for a record
 * @wake: wakes them: the probe itself may not take the lock of @wait
 * @later: wakes them too
 * @woken: when they were woken last, or are going to be, ns of the boot clock
 * @armed: whether @later is going to wake them; set under @lock, by who starts it
 * @fresh: bytes put since @wake was queued last
 */
struct shmexec_stream {
	raw_spinlock_t lock;
	struct shmexec_ring ring;
	u64 epoch;
	u64 read;
	wait_queue_head_t wait;
	struct irq_work wake;
	struct hrtimer later;
	u64 woken;
	u32 fresh;
	bool armed;
};

int shmexec_stream_init(struct shmexec_stream *stream, u32 size);
void shmexec_stream_destroy(struct shmexec_stream *stream);

void shmexec_stream_put(struct shmexec_stream *stream, struct shmexec_hdr *hdr,
			const struct shmexec_piece *pieces, u32 nr);

void shmexec_stream_oldest(struct shmexec_stream *stream,
			   struct shmexec_cursor *cursor);
int shmexec_stream_peek(struct shmexec_stream *stream,
			const struct shmexec_cursor *cursor, void *buf,
			u32 size, struct shmexec_cursor *after);
void shmexec_stream_advance(struct shmexec_stream *stream,
			    struct shmexec_cursor *cursor,
			    const struct shmexec_cursor *after);
bool shmexec_stream_ready(struct shmexec_stream *stream,
			  const struct shmexec_cursor *cursor);

#endif /* _SHMEXEC_STREAM_H */
