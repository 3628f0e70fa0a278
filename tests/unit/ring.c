// SPDX-License-Identifier: GPL-2.0
/* The ring against a model that keeps every record. */
#include "kselftest_harness.h"
#include "ring.h"

#define SIZE	SHMEXEC_RECORD_MAX
#define POISON	0xcc

FIXTURE(ring) {
	struct shmexec_ring ring;
	u8 *buf;
};

FIXTURE_SETUP(ring)
{
	self->buf = malloc(SIZE);
	memset(self->buf, POISON, SIZE);
	shmexec_ring_init(&self->ring, self->buf, SIZE);
}

FIXTURE_TEARDOWN(ring)
{
	free(self->buf);
}

/* Every byte of record @seq's string follows from its number. */
static u8 byte_of(u64 seq, u32 i)
{
	return seq * 31 + i * 7 + 1;
}

static void put(struct shmexec_ring *ring, u32 bytes)
{
	struct shmexec_hdr hdr = { .hdr_len = sizeof(hdr), .type = 1 };
	u8 *data = malloc(bytes + 1);
	u32 half = bytes / 2;
	struct shmexec_piece pieces[] = {
		{ data, half }, { data + half, bytes - half },
	};

	for (u32 i = 0; i < bytes; i++)
		data[i] = byte_of(ring->next, i);
	shmexec_ring_put(ring, &hdr, pieces, 2);
	free(data);
}

static u32 record_len(u32 bytes)
{
	return (sizeof(struct shmexec_hdr) + bytes + 7) / 8 * 8;
}

/* Whether the cursor's record is number @seq, of @bytes, and whole. */
static bool get(struct shmexec_ring *ring, struct shmexec_cursor *cursor,
		u64 seq, u32 bytes)
{
	u32 len = record_len(bytes);
	struct shmexec_hdr hdr;
	bool same;
	u8 *buf;

	if (shmexec_ring_missed(ring, cursor) ||
	    shmexec_ring_len(ring, cursor) != len)
		return false;
	buf = malloc(len);
	shmexec_ring_get(ring, cursor, buf);
	memcpy(&hdr, buf, sizeof(hdr));
	same = hdr.seq == seq && hdr.len == len && cursor->seq == seq + 1;
	for (u32 i = 0; i < len - sizeof(hdr); i++)
		same &= buf[sizeof(hdr) + i] == (i < bytes ? byte_of(seq, i) : 0);
	free(buf);
	return same;
}

TEST_F(ring, empty)
{
	struct shmexec_cursor cursor;

	shmexec_ring_oldest(&self->ring, &cursor);
	EXPECT_EQ(1, cursor.seq);
	EXPECT_EQ(0, shmexec_ring_missed(&self->ring, &cursor));
	EXPECT_EQ(0, shmexec_ring_len(&self->ring, &cursor));
}

TEST_F(ring, order_and_padding)
{
	struct shmexec_cursor cursor;

	shmexec_ring_oldest(&self->ring, &cursor);
	for (u32 i = 0; i <= 17; i++)
		put(&self->ring, i);
	for (u32 i = 0; i <= 17; i++) {
		EXPECT_TRUE(get(&self->ring, &cursor, i + 1, i));
	}
	EXPECT_EQ(0, shmexec_ring_len(&self->ring, &cursor));
	put(&self->ring, 5);
	EXPECT_TRUE(get(&self->ring, &cursor, 19, 5));
}

TEST_F(ring, a_record_as_large_as_the_ring)
{
	u32 all = SIZE - sizeof(struct shmexec_hdr);
	struct shmexec_cursor cursor;

	put(&self->ring, 0);
	shmexec_ring_oldest(&self->ring, &cursor);
	put(&self->ring, all);
	EXPECT_EQ(1, shmexec_ring_missed(&self->ring, &cursor));
	shmexec_ring_oldest(&self->ring, &cursor);
	EXPECT_TRUE(get(&self->ring, &cursor, 2, all));
	put(&self->ring, 8);
	EXPECT_TRUE(get(&self->ring, &cursor, 3, 8));
}

/* Full to the last byte loses nothing, one byte more loses exactly one. */
TEST_F(ring, exactly_full)
{
	u32 each = 1024, string = each - sizeof(struct shmexec_hdr);
	struct shmexec_cursor start, cursor;

	shmexec_ring_oldest(&self->ring, &start);
	for (u32 i = 0; i < SIZE / each; i++)
		put(&self->ring, string);
	cursor = start;
	EXPECT_EQ(0, shmexec_ring_missed(&self->ring, &cursor));
	for (u32 i = 0; i < SIZE / each; i++) {
		EXPECT_TRUE(get(&self->ring, &cursor, i + 1, string));
	}

	put(&self->ring, 0);
	EXPECT_EQ(1, shmexec_ring_missed(&self->ring, &start));
	shmexec_ring_oldest(&self->ring, &start);
	EXPECT_EQ(2, start.seq);
	EXPECT_TRUE(get(&self->ring, &start, 2, string));
}

/*
 * Many sizes and two readers of different speed: what a reader gets, and what
 * it is told that it missed, is every record once.
 */
TEST_F(ring, readers_get_or_miss_every_record_once)
{
	enum { PUTS = 200000, READERS = 2 };
	struct shmexec_cursor cursor[READERS];
	u64 seen[READERS] = {}, missed[READERS] = {};
	u32 *bytes = calloc(PUTS + 2, sizeof(*bytes));

	srand(1);
	for (int r = 0; r < READERS; r++)
		shmexec_ring_oldest(&self->ring, &cursor[r]);
	for (u64 seq = 1; seq <= PUTS; seq++) {
		bytes[seq] = rand() % 16 ? rand() % 200 : rand() % 9000;
		put(&self->ring, bytes[seq]);
		for (int r = 0; r < READERS; r++) {
			u64 lost = shmexec_ring_missed(&self->ring, &cursor[r]);

			if (rand() % (r ? 400 : 1))
				continue;
			if (lost)
				shmexec_ring_oldest(&self->ring, &cursor[r]);
			missed[r] += lost;
			while (shmexec_ring_len(&self->ring, &cursor[r])) {
				ASSERT_TRUE(get(&self->ring, &cursor[r],
						seen[r] + missed[r] + 1,
						bytes[cursor[r].seq]));
				seen[r]++;
			}
			ASSERT_EQ(seq, seen[r] + missed[r]);
		}
	}
	EXPECT_EQ(0, missed[0]);
	EXPECT_LT(1000, missed[1]);
	EXPECT_LT(1000, seen[1]);
	free(bytes);
}

TEST_HARNESS_MAIN
