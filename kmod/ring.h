/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SHMEXEC_RING_H
#define _SHMEXEC_RING_H

#include <linux/types.h>
#include "uapi/shmexec.h"

/**
 * struct shmexec_ring - the newest records, whole, oldest first
 * @buf: where they are; one may begin at the end and go on at the start
 * @size: of @buf, in bytes, a multiple of 8, at least SHMEXEC_RECORD_MAX
 * @head: where the next record goes, bytes from @buf
 * @tail: where the oldest one kept is, likewise
 * @used: bytes taken
 * @first: sequence number of the oldest record kept, @next if there is none
 * @next: sequence number of the next record
 *
 * It has no lock of its own: its owner serialises all calls.
 */
struct shmexec_ring {
	u8 *buf;
	u32 size;
	u32 head;
	u32 tail;
	u32 used;
	u64 first;
	u64 next;
};

/**
 * struct shmexec_cursor - where a reader is
 * @seq: sequence number of the record that it wants next
 * @off: where that is in the ring, if it is still kept
 */
struct shmexec_cursor {
	u64 seq;
	u32 off;
};

/**
 * struct shmexec_piece - one string of a record
 * @data: bytes
 * @len: how many
 */
struct shmexec_piece {
	const void *data;
	u32 len;
};

void shmexec_ring_init(struct shmexec_ring *ring, void *buf, u32 size);
void shmexec_ring_put(struct shmexec_ring *ring, struct shmexec_hdr *hdr,
		      const struct shmexec_piece *pieces, u32 nr);
void shmexec_ring_oldest(const struct shmexec_ring *ring,
			 struct shmexec_cursor *cursor);
u64 shmexec_ring_missed(const struct shmexec_ring *ring,
			const struct shmexec_cursor *cursor);
u32 shmexec_ring_len(const struct shmexec_ring *ring,
		     const struct shmexec_cursor *cursor);
void shmexec_ring_get(const struct shmexec_ring *ring,
		      struct shmexec_cursor *cursor, void *buf);

#endif /* _SHMEXEC_RING_H */
