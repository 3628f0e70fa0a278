// SPDX-License-Identifier: GPL-2.0
/* The ring: pure, so that the host's tests build this file as it is. */
#include <linux/string.h>
#include "ring.h"

/* Records begin at multiples of 8, so that their len never wraps around. */
#define ALIGNMENT	8

static u32 len_at(const struct shmexec_ring *ring, u32 off)
{
	u32 len;

	memcpy(&len, ring->buf + off, sizeof(len));
	return len;
}

static u32 wrap(const struct shmexec_ring *ring, u32 off)
{
	return off < ring->size ? off : off - ring->size;
}

/* Returns where the byte after the last one goes. */
static u32 copy_in(struct shmexec_ring *ring, u32 off, const void *data, u32 len)
{
	u32 room = ring->size - off;

	if (len < room) {
		memcpy(ring->buf + off, data, len);
		return off + len;
	}
	memcpy(ring->buf + off, data, room);
	memcpy(ring->buf, (const u8 *)data + room, len - room);
	return len - room;
}

static void drop_oldest(struct shmexec_ring *ring)
{
	u32 len = len_at(ring, ring->tail);

	ring->tail = wrap(ring, ring->tail + len);
	ring->used -= len;
	ring->first++;
}

/**
 * shmexec_ring_init() - make an empty ring
 * @ring: the ring
 * @buf: stays the caller's; no reader sees a byte that was not put
 * @size: of @buf, in bytes, a multiple of 8, at least SHMEXEC_RECORD_MAX
 */
void shmexec_ring_init(struct shmexec_ring *ring, void *buf, u32 size)
{
	*ring = (struct shmexec_ring) {
		.buf = buf,
		.size = size,
		.first = 1,
		.next = 1,
	};
}

/**
 * shmexec_ring_put() - add a record, at the cost of the oldest ones
 * @ring: the ring
 * @hdr: the start of the record's fixed part: hdr_len says how long that is;
 *	seq and len are filled in here
 * @pieces: the strings, in the order in which they follow
 * @nr: how many
 *
 * All together are at most SHMEXEC_RECORD_MAX bytes.
 *
 * Context: any; calls are serialised by the owner.
 */
void shmexec_ring_put(struct shmexec_ring *ring, struct shmexec_hdr *hdr,
		      const struct shmexec_piece *pieces, u32 nr)
{
	static const u8 zeros[ALIGNMENT];
	u32 len = hdr->hdr_len, off, pad, i;

	for (i = 0; i < nr; i++)
		len += pieces[i].len;
	pad = -len & (ALIGNMENT - 1);
	len += pad;

	while (ring->size - ring->used < len)
		drop_oldest(ring);

	hdr->seq = ring->next++;
	hdr->len = len;
	off = copy_in(ring, ring->head, hdr, hdr->hdr_len);
	for (i = 0; i < nr; i++)
		off = copy_in(ring, off, pieces[i].data, pieces[i].len);
	ring->head = copy_in(ring, off, zeros, pad);
	ring->used += len;
}

/**
 * shmexec_ring_oldest() - set a cursor to the oldest record kept
 * @ring: the ring
 * @cursor: the cursor
 */
void shmexec_ring_oldest(const struct shmexec_ring *ring,
			 struct shmexec_cursor *cursor)
{
	cursor->seq = ring->first;
	cursor->off = ring->tail;
}

/**
 * shmexec_ring_missed() - how many records were dropped before they were read
 * @ring: the ring
 * @cursor: the reader's cursor
 *
 * Return: the number of records from the cursor's to the oldest one kept
 */
u64 shmexec_ring_missed(const struct shmexec_ring *ring,
			const struct shmexec_cursor *cursor)
{
	return cursor->seq < ring->first ? ring->first - cursor->seq : 0;
}

/**
 * shmexec_ring_len() - how long the next record is
 * @ring: the ring
 * @cursor: the reader's cursor, with no record missed
 *
 * Return: bytes, 0 if there is no record yet
 */
u32 shmexec_ring_len(const struct shmexec_ring *ring,
		     const struct shmexec_cursor *cursor)
{
	return cursor->seq < ring->next ? len_at(ring, cursor->off) : 0;
}

/**
 * shmexec_ring_get() - copy the next record and step over it
 * @ring: the ring
 * @cursor: the reader's cursor, with no record missed and one there
 * @buf: room for shmexec_ring_len() bytes
 */
void shmexec_ring_get(const struct shmexec_ring *ring,
		      struct shmexec_cursor *cursor, void *buf)
{
	u32 len = len_at(ring, cursor->off);
	u32 room = ring->size - cursor->off;
	u32 part = len < room ? len : room;

	memcpy(buf, ring->buf + cursor->off, part);
	memcpy((u8 *)buf + part, ring->buf, len - part);
	cursor->off = wrap(ring, cursor->off + len);
	cursor->seq++;
}
