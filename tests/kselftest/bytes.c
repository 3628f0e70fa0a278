// SPDX-License-Identifier: GPL-2.0
/*
 * Every byte that leaves the module is meant to: what read() returns is a fixed
 * part without holes, strings next to each other, and zeros up to the next
 * multiple of 8; nothing else in the buffer is touched.  Where the kernel fills
 * its stack with 0xfe, as the debug kernel does, none of that is in a record,
 * and nowhere is there an address of the kernel's.
 */
#include "params.h"

#define HIT	"/dev/shm/bytes"

FIXTURE(bytes)
{
	struct batch *batch;
	int fd;
};

FIXTURE_SETUP(bytes)
{
	copy_file(PAYLOAD, HIT, 0755);
	self->batch = malloc(sizeof(*self->batch));
	self->fd = open_reader();
	drain(self->fd);
}

FIXTURE_TEARDOWN(bytes)
{
	close(self->fd);
	free(self->batch);
}

/* Of each type, the strings of its fixed part. */
static size_t strings_of(const struct shmexec_hdr *rec,
			 const struct shmexec_str *str[16])
{
	const struct shmexec_exec *exec = (const void *)rec;
	const struct shmexec_change *change = (const void *)rec;
	size_t n = 0;

	if (rec->type == SHMEXEC_TYPE_LOST)
		return 0;
	if (rec->type != SHMEXEC_TYPE_EXEC) {
		for (; n < 4; n++)
			str[n] = &change->comm + n;
		return n;
	}
	for (; n < 8; n++)
		str[n] = &exec->comm + n;
	for (; n < 14; n++)
		str[n] = &exec->cwd + n - 8;
	return n;
}

/* Marks what belongs to a string: each byte to at most one. */
static void mark_strings(struct __test_metadata *_metadata,
			 const struct shmexec_hdr *rec, unsigned char *mark)
{
	const struct shmexec_str *str[16];
	size_t n = strings_of(rec, str);

	for (size_t i = 0; i < n; i++) {
		if (!str[i]->off) {
			ASSERT_EQ(0, str[i]->len);
			continue;
		}
		ASSERT_LE(rec->hdr_len, str[i]->off);
		ASSERT_LE(str[i]->off + str[i]->len, rec->len);
		for (size_t at = 0; at < str[i]->len; at++)
			ASSERT_EQ(0, mark[str[i]->off + at]++);
	}
}

static void check_strings(struct __test_metadata *_metadata,
			  const struct shmexec_hdr *rec)
{
	static unsigned char mark[SHMEXEC_RECORD_MAX];
	const unsigned char *byte = (const void *)rec;
	size_t end = rec->hdr_len;

	memset(mark, 0, sizeof(mark));
	mark_strings(_metadata, rec, mark);
	while (end < rec->len && mark[end])
		end++;
	/* No hole between them, and what is left is filled up. */
	ASSERT_GT(8, rec->len - end);
	for (; end < rec->len; end++) {
		ASSERT_EQ(0, mark[end]);
		ASSERT_EQ(0, byte[end]);
	}
}

static bool is_address(__u64 value)
{
	/* -1, and small negative numbers, are none. */
	return value >> 47 == 0x1ffff && value < -4096ULL &&
	       value >> 32 != 0xffffffff;
}

static void check_fixed_part(struct __test_metadata *_metadata,
			     const struct shmexec_hdr *rec)
{
	const char *at = (const void *)rec;
	__u64 eight;
	__u32 four;

	for (size_t i = 0; i < rec->hdr_len; i += 4) {
		memcpy(&four, at + i, sizeof(four));
		ASSERT_NE(0xfefefefe, four)
			TH_LOG("at byte %zu of type %u", i, rec->type);
	}
	for (size_t i = 0; i < rec->hdr_len; i += 8) {
		memcpy(&eight, at + i, sizeof(eight));
		ASSERT_FALSE(is_address(eight))
			TH_LOG("%llx at byte %zu of type %u",
			       (unsigned long long)eight, i, rec->type);
	}
}

/* How many records of @type there are among those that wait. */
static int check_records(struct __test_metadata *_metadata, int fd,
			 struct batch *batch, __u8 type)
{
	const struct shmexec_hdr *rec = NULL;
	int found = 0;

	EXPECT_LT(0, read_batch(fd, batch));
	for (size_t i = batch->len < 0 ? 0 : batch->len; i < sizeof(batch->buf); i++)
		ASSERT_EQ(0xcc, batch->buf[i]);
	while ((rec = next(batch, rec))) {
		check_fixed_part(_metadata, rec);
		check_strings(_metadata, rec);
		found += rec->type == type;
	}
	return found;
}

TEST_F(bytes, exec)
{
	char long_arg[5000];

	memset(long_arg, 'x', sizeof(long_arg));
	/* Ends at each byte of a multiple of 8. */
	for (int n = 1; n < 20; n++) {
		char *argv[] = { HIT, long_arg + sizeof(long_arg) - n, NULL };

		long_arg[sizeof(long_arg) - 1] = '\0';
		EXPECT_EQ(0, run_argv(HIT, argv));
		EXPECT_EQ(1, check_records(_metadata, self->fd, self->batch,
					   SHMEXEC_TYPE_EXEC));
	}
}

TEST_F(bytes, exec_of_much)
{
	static char large[5000];
	char *argv[] = { HIT, large, large, NULL };

	memset(large, 'y', sizeof(large) - 1);
	EXPECT_EQ(0, run_argv(HIT, argv));
	EXPECT_EQ(1, check_records(_metadata, self->fd, self->batch,
				   SHMEXEC_TYPE_EXEC));
}

TEST_F(bytes, script)
{
	write_file("/dev/shm/bytes.sh", "#!/bin/sh\nexit 0\n", 0755);
	EXPECT_EQ(0, run("/dev/shm/bytes.sh"));
	EXPECT_EQ(1, check_records(_metadata, self->fd, self->batch,
				   SHMEXEC_TYPE_EXEC));
}

TEST_F(bytes, change)
{
	EXPECT_EQ(0, set_param("exclude", "/dev/shm/z"));
	EXPECT_EQ(1, check_records(_metadata, self->fd, self->batch,
				   SHMEXEC_TYPE_RULE_CHANGED));
	set_defaults();
}

TEST_F(bytes, lost)
{
	static char large[4000];
	char *argv[] = { HIT, large, NULL };

	memset(large, 'z', sizeof(large) - 1);
	for (int i = 0; i < 100; i++)
		EXPECT_EQ(0, run_argv(HIT, argv));
	EXPECT_EQ(1, check_records(_metadata, self->fd, self->batch,
				   SHMEXEC_TYPE_LOST));
}

TEST_HARNESS_MAIN
