// SPDX-License-Identifier: GPL-2.0
/* The stream: the ring, its lock, and the waking of who waits for it. */
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include "compat.h"
#include "counters.h"
#include "limits.h"
#include "stream.h"

static void wake_readers(struct irq_work *work)
{
	struct shmexec_stream *stream =
		container_of(work, struct shmexec_stream, wake);

	wake_up_interruptible(&stream->wait);
}

static enum hrtimer_restart wake_later(struct hrtimer *timer)
{
	struct shmexec_stream *stream =
		container_of(timer, struct shmexec_stream, later);

	WRITE_ONCE(stream->armed, false);
	/* Before they look: what they do not see any more arms it again. */
	smp_mb();
	wake_up_interruptible(&stream->wait);
	return HRTIMER_NORESTART;
}

/**
 * shmexec_stream_init() - make an empty stream
 * @stream: the stream, to be destroyed with shmexec_stream_destroy()
 * @size: of its ring, in bytes, see &struct shmexec_ring
 *
 * Context: may sleep.
 * Return: 0, -ENOMEM
 */
int shmexec_stream_init(struct shmexec_stream *stream, u32 size)
{
	void *buf = shmexec_try_vzalloc(size);

	if (!buf)
		return -ENOMEM;
	raw_spin_lock_init(&stream->lock);
	init_waitqueue_head(&stream->wait);
	init_irq_work(&stream->wake, wake_readers);
	shmexec_hrtimer_setup(&stream->later, wake_later);
	shmexec_ring_init(&stream->ring, buf, size);
	stream->read = 0;
	stream->woken = 0;
	stream->fresh = 0;
	stream->armed = false;
	stream->epoch = ktime_get_boottime_ns();
	return 0;
}

/**
 * shmexec_stream_destroy() - free a stream that nobody uses any more
 * @stream: the stream
 *
 * Context: may sleep; no probe and no reader is left.
 */
void shmexec_stream_destroy(struct shmexec_stream *stream)
{
	hrtimer_cancel(&stream->later);
	irq_work_sync(&stream->wake);
	vfree(stream->ring.buf);
}

static void stamp(const struct shmexec_stream *stream, struct shmexec_hdr *hdr)
{
	hdr->version = SHMEXEC_VERSION_1;
	hdr->epoch = stream->epoch;
	hdr->realtime = ktime_get_real_ns();
	hdr->boottime = ktime_get_boottime_ns();
}

/* What is to be done, once the lock is free, for who waits. */
enum wake { WAKE_NOBODY, WAKE_NOW, WAKE_LATER };

/*
 * To be woken costs a reader more than a record does: so of many in a row the
 * first wakes it, and those behind gather for a while, or until they are much.
 */
static enum wake decide_wake(struct shmexec_stream *stream, u64 now, u32 len)
{
	lockdep_assert_held(&stream->lock);

	stream->fresh += len;
	/* Who begins to wait looks again for a record then, under the lock. */
	if (!waitqueue_active(&stream->wait))
		return WAKE_NOBODY;
	if (now >= stream->woken + SHMEXEC_WAKE_NS) {
		stream->woken = now;
	} else if (stream->fresh < stream->ring.size / SHMEXEC_WAKE_PART) {
		if (READ_ONCE(stream->armed))
			return WAKE_NOBODY;
		WRITE_ONCE(stream->armed, true);
		stream->woken += SHMEXEC_WAKE_NS;
		return WAKE_LATER;
	}
	stream->fresh = 0;
	return WAKE_NOW;
}

/**
 * shmexec_stream_put() - add a record and wake the readers
 * @stream: the stream
 * @hdr: the start of the record's fixed part; type and hdr_len are the
 *	caller's, the rest of the header is filled in here
 * @pieces: its strings, see shmexec_ring_put()
 * @nr: how many
 *
 * Context: any but hard interrupts and NMI; takes @stream->lock.
 */
void shmexec_stream_put(struct shmexec_stream *stream, struct shmexec_hdr *hdr,
			const struct shmexec_piece *pieces, u32 nr)
{
	enum wake wake;
	u64 unread, at;

	raw_spin_lock(&stream->lock);
	unread = max(stream->ring.first, stream->read);
	/* Under the lock, so that the times grow with the sequence numbers. */
	stamp(stream, hdr);
	shmexec_ring_put(&stream->ring, hdr, pieces, nr);
	if (stream->ring.first > unread)
		shmexec_count(SHMEXEC_LOST, stream->ring.first - unread);
	wake = decide_wake(stream, hdr->boottime, hdr->len);
	at = stream->woken;
	raw_spin_unlock(&stream->lock);
	if (wake == WAKE_NOW)
		irq_work_queue(&stream->wake);
	else if (wake == WAKE_LATER)
		hrtimer_start(&stream->later, ns_to_ktime(at - hdr->boottime),
			      HRTIMER_MODE_REL);
}

/**
 * shmexec_stream_oldest() - set a cursor to the oldest record kept
 * @stream: the stream
 * @cursor: the cursor
 *
 * Context: as shmexec_stream_put().
 */
void shmexec_stream_oldest(struct shmexec_stream *stream,
			   struct shmexec_cursor *cursor)
{
	raw_spin_lock(&stream->lock);
	shmexec_ring_oldest(&stream->ring, cursor);
	raw_spin_unlock(&stream->lock);
}

static int put_lost(const struct shmexec_stream *stream,
		    const struct shmexec_cursor *cursor, u64 count, void *buf,
		    u32 size)
{
	struct shmexec_lost lost = {
		.hdr.len = sizeof(lost),
		.hdr.hdr_len = sizeof(lost),
		.hdr.type = SHMEXEC_TYPE_LOST,
		.hdr.seq = cursor->seq,
		.count = count,
	};

	if (sizeof(lost) > size)
		return -EINVAL;
	stamp(stream, &lost.hdr);
	memcpy(buf, &lost, sizeof(lost));
	return sizeof(lost);
}

/**
 * shmexec_stream_peek() - copy the next record of a reader
 * @stream: the stream
 * @cursor: where the reader is; not moved
 * @buf: where the record goes, a SHMEXEC_TYPE_LOST one if some were missed
 * @size: of @buf, in bytes
 * @after: set to where the reader is once it has the record
 *
 * Context: as shmexec_stream_put().
 * Return: bytes, 0 if there is no record, -EINVAL if it is longer than @size
 */
int shmexec_stream_peek(struct shmexec_stream *stream,
			const struct shmexec_cursor *cursor, void *buf,
			u32 size, struct shmexec_cursor *after)
{
	const struct shmexec_ring *ring = &stream->ring;
	u64 missed;
	int ret;

	raw_spin_lock(&stream->lock);
	*after = *cursor;
	missed = shmexec_ring_missed(ring, cursor);
	if (missed) {
		ret = put_lost(stream, cursor, missed, buf, size);
		shmexec_ring_oldest(ring, after);
	} else {
		ret = shmexec_ring_len(ring, cursor);
		if (ret > size)
			ret = -EINVAL;
		else if (ret)
			shmexec_ring_get(ring, after, buf);
	}
	raw_spin_unlock(&stream->lock);
	return ret;
}

/**
 * shmexec_stream_advance() - a reader has its record
 * @stream: the stream
 * @cursor: the reader's cursor
 * @after: what shmexec_stream_peek() said
 *
 * Context: as shmexec_stream_put().
 */
void shmexec_stream_advance(struct shmexec_stream *stream,
			    struct shmexec_cursor *cursor,
			    const struct shmexec_cursor *after)
{
	raw_spin_lock(&stream->lock);
	*cursor = *after;
	stream->read = max(stream->read, after->seq);
	raw_spin_unlock(&stream->lock);
}

/**
 * shmexec_stream_ready() - is there something to read?
 * @stream: the stream
 * @cursor: the reader's cursor
 *
 * Context: as shmexec_stream_put().
 * Return: whether shmexec_stream_peek() would find a record
 */
bool shmexec_stream_ready(struct shmexec_stream *stream,
			  const struct shmexec_cursor *cursor)
{
	bool ready;

	raw_spin_lock(&stream->lock);
	ready = cursor->seq < stream->ring.next;
	raw_spin_unlock(&stream->lock);
	return ready;
}
