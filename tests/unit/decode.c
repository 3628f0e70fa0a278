// SPDX-License-Identifier: GPL-2.0
/* Good records with one thing changed: what adds up is taken, all else is not. */
#include "kselftest_harness.h"
#include "decode.h"

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))

/* The strings follow each other, and the last ends with the record. */
#define FIXED		((uint32_t)sizeof(struct shmexec_exec))
#define STRINGS		40
#define END		(FIXED + STRINGS)
/* What the first module made. */
#define OLDEST		152U

struct exec_record {
	struct shmexec_exec exec;
	char strings[STRINGS];
};

static const struct exec_record good_exec = {
	.exec = {
		.hdr = {
			.len = END, .hdr_len = FIXED,
			.version = SHMEXEC_VERSION_1,
			.type = SHMEXEC_TYPE_EXEC,
			.seq = 0x0102030405060708, .epoch = 0x1112131415161718,
			.realtime = 0x2122232425262728,
			.boottime = 0x3132333435363738,
		},
		.flags = 1, .views = 2, .pid = 3, .tid = 4, .old_tid = 5,
		.ppid = 6, .uid = 7, .euid = 8, .suid = 9, .fsuid = 10,
		.gid = 11, .egid = 12, .sgid = 13, .fsgid = 14, .loginuid = 15,
		.sessionid = 16, .args_count = 17, .args_size = 18,
		.comm = { FIXED, 3 }, .canonical = { FIXED + 3, 10 },
		.typed = { FIXED + 13, 3 }, .pattern = { FIXED + 16, 10 },
		.args = { FIXED + 26, 14 }, .typed_path = { FIXED + 3, 10 },
		.directory = { FIXED + 2, 11 }, .interp = { FIXED, 2 },
	},
	.strings = "p\377x/dev/shm/p./p/dev/shm/*p\0--init\0\0\0\0\0",
};

static const struct shmexec_lost good_lost = {
	.hdr = {
		.len = sizeof(good_lost), .hdr_len = sizeof(good_lost),
		.version = SHMEXEC_VERSION_1, .type = SHMEXEC_TYPE_LOST,
		.seq = 24,
	},
	.count = 17,
};

struct change_record {
	struct shmexec_change change;
	char strings[16];
};

static const struct change_record good_change = {
	.change = {
		.hdr = {
			.len = sizeof(good_change),
			.hdr_len = sizeof(good_change.change),
			.version = SHMEXEC_VERSION_1,
			.type = SHMEXEC_TYPE_RULE_CHANGED, .seq = 25,
		},
		.pid = 1, .ppid = 2, .uid = 3, .euid = 4, .loginuid = 5,
		.sessionid = 6,
		.comm = { sizeof(good_change.change), 2 },
		.parameter = { sizeof(good_change.change) + 2, 3 },
		.old_value = { sizeof(good_change.change) + 5, 1 },
		.new_value = { sizeof(good_change.change) + 6, 3 },
	},
	.strings = "shuid0any",
};

/* What decode() says of memory that ends with @len bytes, @shift off alignment. */
struct attempt {
	char *memory;
	char *record;
	struct event event;
	const char *why;
	enum decoded ret;
};

static void try(struct attempt *attempt, const void *record, size_t have,
		size_t len, size_t shift)
{
	attempt->memory = calloc(1, len + shift);
	attempt->record = attempt->memory + shift;
	memcpy(attempt->record, record, have < len ? have : len);
	attempt->why = NULL;
	memset(&attempt->event, 0xcc, sizeof(attempt->event));
	attempt->ret = decode(attempt->record, len, &attempt->event,
			      &attempt->why);
}

static bool inside(const struct attempt *attempt, struct bytes bytes)
{
	const char *end = attempt->record + attempt->event.hdr.len;
	const char *start = attempt->record + attempt->event.hdr.hdr_len;

	if (!bytes.p)
		return !bytes.len;
	return bytes.p >= start && bytes.p <= end &&
	       bytes.len <= (size_t)(end - bytes.p);
}

static bool all_inside(const struct attempt *attempt)
{
	const struct event *event = &attempt->event;

	return inside(attempt, event->comm) && inside(attempt, event->typed) &&
	       inside(attempt, event->canonical) &&
	       inside(attempt, event->pattern) && inside(attempt, event->args) &&
	       inside(attempt, event->typed_path) &&
	       inside(attempt, event->directory) &&
	       inside(attempt, event->interp) &&
	       inside(attempt, event->parameter) &&
	       inside(attempt, event->old_value) &&
	       inside(attempt, event->new_value);
}

enum field { LEN, HDR_LEN, VERSION, TYPE, LOST_COUNT };

/* One field set to a value, and what decode() says then. */
struct change {
	enum field field;
	uint64_t value;
	enum decoded want;
};

static void set(void *record, const struct change *change)
{
	struct shmexec_lost start;

	memcpy(&start, record, sizeof(start));
	switch (change->field) {
	case LEN:
		start.hdr.len = change->value;
		break;
	case HDR_LEN:
		start.hdr.hdr_len = change->value;
		break;
	case VERSION:
		start.hdr.version = change->value;
		break;
	case TYPE:
		start.hdr.type = change->value;
		break;
	case LOST_COUNT:
		start.count = change->value;
		break;
	}
	memcpy(record, &start, sizeof(start));
}

/* As much memory as the record claims, so that only the claim is at fault. */
static bool holds(const void *good, size_t size, const struct change *change)
{
	char record[sizeof(struct exec_record)];
	struct shmexec_hdr hdr;
	struct attempt attempt;
	size_t len = size;
	bool ok;

	memcpy(record, good, size);
	set(record, change);
	memcpy(&hdr, record, sizeof(hdr));
	if (hdr.len > len && hdr.len <= SHMEXEC_RECORD_MAX + 8)
		len = hdr.len;
	try(&attempt, record, size, len, 0);
	ok = attempt.ret == change->want;
	if (ok && attempt.ret == DECODED)
		ok = attempt.event.hdr.len == hdr.len && all_inside(&attempt);
	if (ok && attempt.ret == DECODE_BAD)
		ok = attempt.why && *attempt.why;
	free(attempt.memory);
	return ok;
}

TEST(exec_with_one_field_changed)
{
	static const struct change changes[] = {
		{ VERSION, 0, DECODE_BAD },
		{ VERSION, 1, DECODED },
		{ VERSION, 2, DECODE_BAD },
		{ VERSION, 255, DECODE_BAD },
		{ HDR_LEN, 0, DECODE_BAD },
		{ HDR_LEN, sizeof(struct shmexec_hdr) - 8, DECODE_BAD },
		{ HDR_LEN, sizeof(struct shmexec_hdr), DECODE_BAD },
		{ HDR_LEN, OLDEST - 8, DECODE_BAD },
		{ HDR_LEN, OLDEST, DECODED },
		{ HDR_LEN, OLDEST + 8, DECODED },
		{ HDR_LEN, FIXED - 8, DECODED },
		{ HDR_LEN, FIXED - 1, DECODE_BAD },
		{ HDR_LEN, FIXED + 1, DECODE_BAD },
		{ HDR_LEN, FIXED + 4, DECODE_BAD },
		/* The first string lies in the fixed part then. */
		{ HDR_LEN, FIXED + 8, DECODE_BAD },
		{ HDR_LEN, 65528, DECODE_BAD },
		{ HDR_LEN, 65535, DECODE_BAD },
		{ LEN, 0, DECODE_BAD },
		{ LEN, FIXED - 8, DECODE_BAD },
		/* The last string ends behind the record then. */
		{ LEN, FIXED, DECODE_BAD },
		{ LEN, END - 8, DECODE_BAD },
		{ LEN, END - 1, DECODE_BAD },
		{ LEN, END + 1, DECODE_BAD },
		{ LEN, END + 4, DECODE_BAD },
		{ LEN, END + 8, DECODED },
		{ LEN, SHMEXEC_RECORD_MAX, DECODED },
		{ LEN, SHMEXEC_RECORD_MAX + 8, DECODE_BAD },
		{ LEN, 0x80000000, DECODE_BAD },
		{ LEN, 0xfffffff8, DECODE_BAD },
	};

	for (size_t i = 0; i < COUNT(changes); i++) {
		EXPECT_TRUE(holds(&good_exec, sizeof(good_exec), &changes[i])) {
			TH_LOG("row %zu", i);
		}
	}
}

/* From a machine of the other kind; where both orders are wrong it is no record. */
TEST(other_byte_order)
{
	static const struct {
		uint32_t len;
		uint16_t hdr_len;
		const char *want;
	} rows[] = {
		{ 0x30000000, 0x3000, "other byte order" },
		{ 0xf8010000, 0xb801, "other byte order" },
		{ 0x00800000, 0x9800, "other byte order" },
		{ 0x08800000, 0x9800, "its length is wrong" },
		{ 0x31000000, 0x3000, "its length is wrong" },
		{ 0x30000000, 0x2900, "its length is wrong" },
		{ 48, 0x3000, "its length is wrong" },
	};
	struct attempt attempt;
	size_t i;

	for (i = 0; i < COUNT(rows); i++) {
		struct shmexec_lost record = good_lost;

		record.hdr.len = rows[i].len;
		record.hdr.hdr_len = rows[i].hdr_len;
		try(&attempt, &record, sizeof(record), sizeof(record), 0);
		EXPECT_EQ(DECODE_BAD, attempt.ret);
		EXPECT_NE(NULL, strstr(attempt.why, rows[i].want)) {
			TH_LOG("row %zu: %s", i, attempt.why);
		}
		free(attempt.memory);
	}
}

TEST(loss_with_one_field_changed)
{
	static const struct change changes[] = {
		{ LOST_COUNT, 0, DECODE_BAD },
		{ LOST_COUNT, 1, DECODED },
		{ LOST_COUNT, UINT64_MAX, DECODED },
		{ HDR_LEN, sizeof(good_lost) - 8, DECODE_BAD },
		{ HDR_LEN, sizeof(good_lost) + 8, DECODE_BAD },
		{ LEN, sizeof(good_lost) - 8, DECODE_BAD },
		{ LEN, sizeof(good_lost) + 1, DECODE_BAD },
		{ LEN, sizeof(good_lost) + 8, DECODED },
		/* Large enough for a loss, too small for an exec. */
		{ TYPE, SHMEXEC_TYPE_EXEC, DECODE_BAD },
		{ VERSION, 2, DECODE_BAD },
	};

	for (size_t i = 0; i < COUNT(changes); i++) {
		EXPECT_TRUE(holds(&good_lost, sizeof(good_lost), &changes[i])) {
			TH_LOG("row %zu", i);
		}
	}
}

TEST(change_with_one_field_changed)
{
	static const struct change changes[] = {
		{ VERSION, 1, DECODED },
		{ TYPE, SHMEXEC_TYPE_LOCKED, DECODED },
		{ HDR_LEN, sizeof(struct shmexec_change) - 8, DECODE_BAD },
		{ HDR_LEN, sizeof(struct shmexec_change) + 8, DECODE_BAD },
		{ LEN, sizeof(good_change) - 8, DECODE_BAD },
		{ LEN, sizeof(good_change) + 8, DECODED },
		{ TYPE, SHMEXEC_TYPE_EXEC, DECODE_BAD },
	};

	for (size_t i = 0; i < COUNT(changes); i++) {
		EXPECT_TRUE(holds(&good_change, sizeof(good_change), &changes[i])) {
			TH_LOG("row %zu", i);
		}
	}
}

/* Each of the strings, at each of these places. */
TEST(string_at)
{
	static const size_t strings[] = {
		offsetof(struct shmexec_exec, comm),
		offsetof(struct shmexec_exec, canonical),
		offsetof(struct shmexec_exec, typed),
		offsetof(struct shmexec_exec, pattern),
		offsetof(struct shmexec_exec, args),
		offsetof(struct shmexec_exec, typed_path),
		offsetof(struct shmexec_exec, directory),
		offsetof(struct shmexec_exec, interp),
	};
	static const struct {
		struct shmexec_str str;
		enum decoded want;
	} places[] = {
		{ { 0, 0 }, DECODED },
		{ { 0, 1 }, DECODE_BAD },
		{ { 0, 0xffffffff }, DECODE_BAD },
		{ { 1, 0 }, DECODE_BAD },
		{ { sizeof(struct shmexec_hdr), 8 }, DECODE_BAD },
		{ { FIXED - 1, 0 }, DECODE_BAD },
		{ { FIXED - 1, 1 }, DECODE_BAD },
		{ { FIXED, 0 }, DECODED },
		{ { FIXED, STRINGS }, DECODED },
		{ { FIXED, STRINGS + 1 }, DECODE_BAD },
		{ { END - 1, 1 }, DECODED },
		{ { END - 1, 2 }, DECODE_BAD },
		{ { END, 0 }, DECODED },
		{ { END, 1 }, DECODE_BAD },
		{ { END + 1, 0 }, DECODE_BAD },
		{ { END, 0xffffffff }, DECODE_BAD },
		/* Both end at 0 or in the record if the sum wraps. */
		{ { FIXED, 0U - FIXED }, DECODE_BAD },
		{ { FIXED + 1, 0xffffffff }, DECODE_BAD },
		{ { 0xfffffff8, 8 }, DECODE_BAD },
		{ { 0xfffffff8, FIXED + 16 }, DECODE_BAD },
		{ { 0xffffffff, 0 }, DECODE_BAD },
		{ { 0x80000000, 0x80000000 }, DECODE_BAD },
	};

	for (size_t i = 0; i < COUNT(strings) * COUNT(places); i++) {
		size_t string = strings[i / COUNT(places)];
		size_t place = i % COUNT(places);
		struct exec_record record = good_exec;
		struct attempt attempt;

		memcpy((char *)&record + string, &places[place].str,
		       sizeof(places[place].str));
		try(&attempt, &record, sizeof(record), sizeof(record), 0);
		EXPECT_EQ(places[place].want, attempt.ret) {
			TH_LOG("string at %zu, place %zu", string, place);
		}
		if (attempt.ret == DECODED) {
			EXPECT_TRUE(all_inside(&attempt));
		}
		free(attempt.memory);
	}
}

static bool is(struct bytes bytes, const char *text, size_t len)
{
	return bytes.p && bytes.len == len && !memcmp(bytes.p, text, len);
}

/* Wherever in memory it is. */
TEST(what_an_exec_says)
{
	for (size_t shift = 0; shift < 8; shift++) {
		struct attempt attempt;
		struct event *event = &attempt.event;

		try(&attempt, &good_exec, sizeof(good_exec), sizeof(good_exec),
		    shift);
		ASSERT_EQ(DECODED, attempt.ret);
		EXPECT_EQ(0, memcmp(&good_exec.exec, &event->exec,
				    sizeof(event->exec)));
		EXPECT_TRUE(is(event->comm, "p\377x", 3));
		EXPECT_TRUE(is(event->canonical, "/dev/shm/p", 10));
		EXPECT_TRUE(is(event->typed, "./p", 3));
		EXPECT_TRUE(is(event->pattern, "/dev/shm/*", 10));
		EXPECT_TRUE(is(event->args, "p\0--init\0\0\0\0\0", 14));
		EXPECT_TRUE(is(event->typed_path, "/dev/shm/p", 10));
		EXPECT_TRUE(is(event->directory, "x/dev/shm/p", 11));
		EXPECT_TRUE(is(event->interp, "p\377", 2));
		free(attempt.memory);
	}
}

TEST(what_a_change_says)
{
	struct attempt attempt;
	struct event *event = &attempt.event;

	try(&attempt, &good_change, sizeof(good_change), sizeof(good_change), 1);
	ASSERT_EQ(DECODED, attempt.ret);
	EXPECT_EQ(0, memcmp(&good_change.change, &event->change,
			    sizeof(event->change)));
	EXPECT_TRUE(is(event->comm, "sh", 2));
	EXPECT_TRUE(is(event->parameter, "uid", 3));
	EXPECT_TRUE(is(event->old_value, "0", 1));
	EXPECT_TRUE(is(event->new_value, "any", 3));
	EXPECT_EQ(NULL, event->canonical.p);
	free(attempt.memory);
}

/* What an older module does not say is not known, whatever follows. */
TEST(shorter_fixed_part)
{
	struct exec_record record = good_exec;
	struct attempt attempt;

	record.exec.hdr.hdr_len = OLDEST;
	try(&attempt, &record, sizeof(record), sizeof(record), 0);
	ASSERT_EQ(DECODED, attempt.ret);
	EXPECT_EQ(18, attempt.event.exec.args_size);
	EXPECT_TRUE(is(attempt.event.args, "p\0--init\0\0\0\0\0", 14));
	EXPECT_EQ(NULL, attempt.event.typed_path.p);
	EXPECT_EQ(NULL, attempt.event.directory.p);
	EXPECT_EQ(NULL, attempt.event.interp.p);
	EXPECT_EQ(0, attempt.event.exec.typed_path.off);
	free(attempt.memory);
}

/* Not known is not the same as empty. */
TEST(a_string_that_is_not_known)
{
	struct exec_record record = good_exec;
	struct attempt attempt;

	record.exec.canonical = (struct shmexec_str) { 0, 0 };
	record.exec.typed = (struct shmexec_str) { END, 0 };
	try(&attempt, &record, sizeof(record), sizeof(record), 0);
	ASSERT_EQ(DECODED, attempt.ret);
	EXPECT_EQ(NULL, attempt.event.canonical.p);
	EXPECT_EQ(0, attempt.event.canonical.len);
	EXPECT_EQ(attempt.record + END, attempt.event.typed.p);
	EXPECT_EQ(0, attempt.event.typed.len);
	free(attempt.memory);
}

TEST(what_a_loss_says)
{
	struct attempt attempt;

	try(&attempt, &good_lost, sizeof(good_lost), sizeof(good_lost), 3);
	ASSERT_EQ(DECODED, attempt.ret);
	EXPECT_EQ(17, attempt.event.lost.count);
	EXPECT_EQ(24, attempt.event.hdr.seq);
	EXPECT_EQ(NULL, attempt.event.canonical.p);
	EXPECT_EQ(NULL, attempt.event.args.p);
	free(attempt.memory);
}

/* Memory of exactly that size: one byte read too many is found. */
TEST(every_length)
{
	for (size_t len = 0; len <= END + 8; len++) {
		struct attempt attempt;

		try(&attempt, &good_exec, sizeof(good_exec), len, 0);
		EXPECT_EQ(len < END ? DECODE_MORE : DECODED, attempt.ret) {
			TH_LOG("exec, %zu bytes", len);
		}
		if (attempt.ret == DECODED) {
			EXPECT_EQ(END, attempt.event.hdr.len);
		}
		free(attempt.memory);

		try(&attempt, &good_lost, sizeof(good_lost), len, 0);
		EXPECT_EQ(len < sizeof(good_lost) ? DECODE_MORE : DECODED,
			  attempt.ret) {
			TH_LOG("loss, %zu bytes", len);
		}
		free(attempt.memory);
	}
}

/* Nobody waits for the rest of what cannot be a record. */
TEST(a_bad_header_is_bad_at_once)
{
	struct exec_record record = good_exec;
	struct attempt attempt;

	record.exec.hdr.len = SHMEXEC_RECORD_MAX + 8;
	for (size_t len = 0; len <= sizeof(record); len++) {
		try(&attempt, &record, sizeof(record), len, 0);
		EXPECT_EQ(len < sizeof(struct shmexec_hdr) ? DECODE_MORE :
			  DECODE_BAD, attempt.ret) {
			TH_LOG("%zu bytes", len);
		}
		free(attempt.memory);
	}
}

/* A newer module: what it adds to the fixed part is skipped. */
TEST(longer_fixed_part)
{
	struct {
		struct shmexec_exec exec;
		char added[16];
		char strings[STRINGS];
	} exec = { .exec = good_exec.exec };
	struct {
		struct shmexec_lost lost;
		char added[8];
	} lost = { .lost = good_lost };
	struct attempt attempt;

	memset(exec.added, 0xff, sizeof(exec.added));
	memcpy(exec.strings, good_exec.strings, STRINGS);
	exec.exec.hdr.len += sizeof(exec.added);
	exec.exec.hdr.hdr_len += sizeof(exec.added);
	exec.exec.comm.off += sizeof(exec.added);
	exec.exec.canonical.off += sizeof(exec.added);
	exec.exec.typed.off += sizeof(exec.added);
	exec.exec.pattern.off += sizeof(exec.added);
	exec.exec.args.off += sizeof(exec.added);
	exec.exec.typed_path.off += sizeof(exec.added);
	exec.exec.directory.off += sizeof(exec.added);
	exec.exec.interp.off += sizeof(exec.added);
	try(&attempt, &exec, sizeof(exec), sizeof(exec), 0);
	ASSERT_EQ(DECODED, attempt.ret);
	EXPECT_EQ(18, attempt.event.exec.args_size);
	EXPECT_TRUE(is(attempt.event.comm, "p\377x", 3));
	EXPECT_TRUE(is(attempt.event.args, "p\0--init\0\0\0\0\0", 14));
	free(attempt.memory);

	memset(lost.added, 0xff, sizeof(lost.added));
	lost.lost.hdr.len = sizeof(lost);
	lost.lost.hdr.hdr_len = sizeof(lost);
	try(&attempt, &lost, sizeof(lost), sizeof(lost), 0);
	ASSERT_EQ(DECODED, attempt.ret);
	EXPECT_EQ(17, attempt.event.lost.count);
	free(attempt.memory);
}

/* Only its header is looked at, and that must add up all the same. */
TEST(unknown_type)
{
	static const uint8_t types[] = { 0, 5, 255 };
	static const uint16_t wrong[] = {
		0, sizeof(struct shmexec_hdr) - 8,
		sizeof(struct shmexec_hdr) + 1, sizeof(struct shmexec_hdr) + 4,
		END + 8,
	};
	struct exec_record record = good_exec;
	struct attempt attempt;

	memset(&record.exec.flags, 0xff, sizeof(record) - sizeof(record.exec.hdr));
	for (size_t i = 0; i < COUNT(types); i++) {
		record.exec.hdr.type = types[i];
		record.exec.hdr.hdr_len = sizeof(record.exec.hdr);
		try(&attempt, &record, sizeof(record), sizeof(record), 0);
		EXPECT_EQ(DECODED, attempt.ret);
		EXPECT_EQ(types[i], attempt.event.hdr.type);
		EXPECT_EQ(END, attempt.event.hdr.len);
		EXPECT_EQ(NULL, attempt.event.comm.p);
		free(attempt.memory);

		for (size_t j = 0; j < COUNT(wrong); j++) {
			record.exec.hdr.hdr_len = wrong[j];
			try(&attempt, &record, sizeof(record), sizeof(record), 0);
			EXPECT_EQ(DECODE_BAD, attempt.ret);
			free(attempt.memory);
		}
	}
}

/* Any bytes: no byte outside is read, and no string points there. */
TEST(damaged_records)
{
	enum { TRIES = 200000 };
	uint32_t decoded = 0, bad = 0;

	srand(1);
	for (int i = 0; i < TRIES; i++) {
		struct exec_record record = good_exec;
		size_t len = rand() % 8 ? sizeof(record) :
			     rand() % (sizeof(record) + 1);
		struct attempt attempt;

		for (int n = rand() % 4; n >= 0; n--)
			((unsigned char *)&record)[rand() % sizeof(record)] =
				rand() % 2 ? rand() : rand() % 2 * 255;
		try(&attempt, &record, sizeof(record), len, 0);
		if (attempt.ret == DECODED) {
			ASSERT_LE(attempt.event.hdr.len, len);
			ASSERT_TRUE(all_inside(&attempt));
		}
		decoded += attempt.ret == DECODED;
		bad += attempt.ret == DECODE_BAD;
		free(attempt.memory);
	}
	EXPECT_LT(1000, decoded);
	EXPECT_LT(1000, bad);
}

TEST(arguments)
{
	static const struct {
		struct bytes args;
		/* Each in brackets. */
		const char *want;
	} rows[] = {
		{ { NULL, 0 }, "" },
		{ { "", 0 }, "" },
		{ { "a\0", 2 }, "[a]" },
		{ { "a\0b\0", 4 }, "[a][b]" },
		/* Cut: the last has no NUL. */
		{ { "a\0b", 3 }, "[a][b]" },
		{ { "a", 1 }, "[a]" },
		{ { "\0", 1 }, "[]" },
		{ { "\0\0", 2 }, "[][]" },
		{ { "\0a", 2 }, "[][a]" },
		{ { "a\0\0b\0", 5 }, "[a][][b]" },
		{ { "a\0\0", 3 }, "[a][]" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		char *memory = malloc(rows[i].args.len), got[32] = "";
		struct bytes rest = rows[i].args, arg;

		if (rest.p) {
			memcpy(memory, rest.p, rest.len);
			rest.p = memory;
		}
		while ((arg = next_arg(&rest)).p)
			sprintf(got + strlen(got), "[%.*s]", (int)arg.len, arg.p);
		EXPECT_STREQ(rows[i].want, got) {
			TH_LOG("row %zu", i);
		}
		EXPECT_EQ(0, rest.len);
		free(memory);
	}
}

TEST_HARNESS_MAIN
