// SPDX-License-Identifier: GPL-2.0
/* The cursor as text: what was written is read, and nothing else is. */
#include "kselftest_harness.h"
#include "cursor.h"

#define BOOT	"boot 3c6b8f0e-8a1d-4a4e-9d61-6a52b2f5f3a7\n"
#define HEAD	"shmexec-cursor 1\n" BOOT "epoch 12345\n"
#define FILE_	"dev 2049\ninode 7\noffset 4096\n"
/* A string that ends with one before its newline looks like a slip to checkpatch. */
#define SPACE	" "

static const struct cursor begun = {
	.boot = "3c6b8f0e-8a1d-4a4e-9d61-6a52b2f5f3a7", .epoch = 12345,
	.done = 23, .to = 27, .dev = 2049, .inode = 7, .offset = 4096,
	.length = 300,
};

TEST(to_the_letter)
{
	static const char want[] = HEAD "done 23\nto 27\n" FILE_ "length 300\n";
	char text[CURSOR_MAX] = "";
	struct cursor read = {};

	EXPECT_EQ(sizeof(want) - 1, cursor_format(&begun, text));
	EXPECT_STREQ(want, text);
	EXPECT_EQ(NULL, cursor_parse(&read, text, strlen(text)));
	EXPECT_EQ(0, memcmp(&begun, &read, sizeof(read)));
}

TEST(longest)
{
	struct cursor cursor, read = {};
	char text[CURSOR_MAX] = "";

	/* With the bytes between its members. */
	memcpy(&cursor, &begun, sizeof(cursor));
	cursor.epoch = UINT64_MAX;
	cursor.done = UINT64_MAX - 1;
	cursor.to = UINT64_MAX;
	cursor.dev = UINT64_MAX;
	cursor.inode = UINT64_MAX;
	cursor.offset = UINT64_MAX - 300;
	EXPECT_GT(CURSOR_MAX - 1, cursor_format(&cursor, text));
	EXPECT_EQ(NULL, cursor_parse(&read, text, strlen(text)));
	EXPECT_EQ(0, memcmp(&cursor, &read, sizeof(read)));
}

TEST(what_is_refused)
{
	static const struct {
		const char *text, *why;
	} row[] = {
		{ HEAD "done 23\nto 23\n" FILE_ "length 0\n", NULL },
		{ HEAD "done 23\nto 24\n" FILE_ "length 0\n", NULL },
		{ "shmexec-cursor 1\nboot -\nepoch 0\ndone 0\nto 0\ndev 0\ninode 0\n"
		  "offset 0\nlength 0\n", NULL },
		{ "", "no cursor" },
		{ "shmexec-cursor 2\n" BOOT, "newer" },
		{ "shmexec-cursor 1", "no cursor" },
		{ "shmexec-cursor 1\n", "boot" },
		{ "shmexec-cursor 1\nboot" SPACE "\nepoch 1\n", "boot" },
		{ "shmexec-cursor 1\nboot x\nepoch 1\n", "boot" },
		{ "shmexec-cursor 1\nboot 3c6b8f0e-8a1d-4a4e-9d61-6a52b2f5f3a70\n", "boot" },
		{ "shmexec-cursor 1\nboot 3c6b8f0e", "boot" },
		{ HEAD, "number" },
		{ HEAD "done 23\nto 23\n" FILE_ "length 0", "number" },
		{ HEAD "done 23\nto 23\n" FILE_ "length 0\n\n", "behind" },
		{ HEAD "done 23\nto 23\n" FILE_ "length 0\nx", "behind" },
		{ HEAD "done 023\nto 23\n" FILE_ "length 0\n", "number" },
		{ HEAD "done +3\nto 23\n" FILE_ "length 0\n", "number" },
		{ HEAD "done -3\nto 23\n" FILE_ "length 0\n", "number" },
		{ HEAD "done  3\nto 23\n" FILE_ "length 0\n", "number" },
		{ HEAD "done 3" SPACE "\nto 23\n" FILE_ "length 0\n", "number" },
		{ HEAD "done" SPACE "\nto 23\n" FILE_ "length 0\n", "number" },
		{ HEAD "done 18446744073709551616\nto 23\n" FILE_ "length 0\n", "number" },
		{ HEAD "done 99999999999999999999\nto 23\n" FILE_ "length 0\n", "number" },
		{ HEAD "to 23\ndone 23\n" FILE_ "length 0\n", "number" },
		{ HEAD "done 23\nto 22\n" FILE_ "length 1\n", "contradict" },
		{ HEAD "done 23\nto 23\n" FILE_ "length 1\n", "contradict" },
		{ HEAD "done 23\nto 24\n" FILE_ "length 18446744073709551615\n",
		  "contradict" },
	};

	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		size_t len = strlen(row[i].text);
		char *exact = strdup(row[i].text);
		struct cursor cursor = begun;
		const char *why = cursor_parse(&cursor, exact, len);

		EXPECT_EQ(!row[i].why, !why)
			TH_LOG("%zu: %s", i, why);
		if (row[i].why && why) {
			EXPECT_NE(NULL, strstr(why, row[i].why))
				TH_LOG("%zu: %s", i, why);
			EXPECT_EQ(0, memcmp(&begun, &cursor, sizeof(cursor)));
		}
		free(exact);
	}
	/* A NUL is no end. */
	EXPECT_NE(NULL, cursor_parse(&(struct cursor) {}, HEAD "\0done", sizeof(HEAD) + 5));
}

TEST_HARNESS_MAIN
