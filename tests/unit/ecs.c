// SPDX-License-Identifier: GPL-2.0
/* The ECS document: to the letter once, then its parts for odd events. */
#include "kselftest_harness.h"
#include "ecs.h"
#include "host.h"

#define BYTES(s)	{ (s), sizeof(s) - 1 }

/* 2026-09-20T14:03:07.123456789Z */
#define WHEN		1789912987123456789

static const struct event hit = {
	.exec = {
		.hdr = {
			.type = SHMEXEC_TYPE_EXEC, .seq = 23, .epoch = 0xabc,
			.realtime = WHEN,
		},
		.views = SHMEXEC_VIEW_CANONICAL, .pid = 4242, .tid = 4242,
		.old_tid = 4243, .ppid = 4241, .uid = 1000, .euid = 0,
		.suid = 1, .gid = 1001, .egid = 2, .sgid = 3,
		.loginuid = 1000, .sessionid = 5, .args_count = 2,
	},
	.comm = BYTES("kdmtmpflush"),
	.canonical = BYTES("/dev/shm/kdmtmpflush"),
	.typed = BYTES("./kdmtmpflush"),
	.typed_path = BYTES("/tmp/kdmtmpflush"),
	.directory = BYTES("/run/shm/kdmtmpflush"),
	.pattern = BYTES("/dev/shm/*"),
	.args = BYTES("./kdmtmpflush\0--init\0"),
};

#define CONTAINER \
	"8d38b2f18290e973c5ea8f9ee207e970a8aa9191fa89bf3d4ea2a126f2f010a6"

/* All that there is to say, of one event. */
static struct host web_with_names;
static const uint32_t groups[] = { 27, 4000 };

static struct event full_hit(void)
{
	struct event event = {
		.exec = {
			.hdr = {
				.type = SHMEXEC_TYPE_EXEC, .seq = 23, .epoch = 0xabc,
				.realtime = WHEN, .boottime = 1294890246913245,
			},
			.flags = SHMEXEC_F_SECUREEXEC,
			.views = 7, .pid = 4242, .tid = 4242, .old_tid = 4242,
			.ppid = 4241, .uid = 1000, .gid = 1000, .loginuid = 1000,
			.sessionid = 3, .args_count = 2, .known = 0x1f,
			.vpid = 4242, .start = 1294887123456000,
			.pgrp = 4240, .session = 4100,
			.pgrp_start = 1294886000000000,
			.session_start = 1290000000000000,
			.parent_start = 1294886900000000,
			.cap_permitted = 1ULL << 21 | 1 << 13 | 1ULL << 63,
			.cap_effective = 1ULL << 21 | 1 << 13,
			.tty_major = 136, .tty_minor = 2, .groups_count = 2,
			.file_generation = 99, .file_inode = 7,
			.file_size = 34952, .file_atime = WHEN - 123456789,
			.file_mtime = WHEN - 173456789,
			.file_ctime = WHEN - 163456789, .dev_minor = 25,
			.file_mode = 0104755, .file_nlink = 1,
			.fs_magic = 0x1021994, .ns_mnt = 4026531841,
			.ns_pid = 4026531836, .ns_user = 4026531837,
			.ns_net = 4026531840, .ns_cgroup = 4026531835,
			.ns_uts = 4026531838, .ns_ipc = 4026531839,
			.file_btime = WHEN - 223456789,
		},
		.comm = BYTES("kdmtmpflush"),
		.canonical = BYTES("/dev/shm/kdmtmpflush"),
		.typed = BYTES("./kdmtmpflush"),
		.typed_path = BYTES("/dev/shm/kdmtmpflush"),
		.directory = BYTES("/dev/shm/kdmtmpflush"),
		.pattern = BYTES("/dev/shm/*"),
		.args = BYTES("/dev/shm/kdmtmpflush\0--init\0"),
		.cwd = BYTES("/root"), .root = BYTES("/"),
		.parent_comm = BYTES("dash"), .fs_type = BYTES("tmpfs"),
		.cgroup = BYTES("/system.slice/docker-" CONTAINER ".scope"),
		.groups = { (const char *)groups, sizeof(groups) },
		.parent_executable = BYTES("/usr/bin/dash"),
	};

	return event;
}

static const struct host web = {
	.name = "web-01", .kernel = "6.1.0-56-amd64", .architecture = "x86_64",
	.boot_id = "3c6b8f0e-8a1d-4a4e-9d61-6a52b2f5f3a7",
	.machine_id = "b0c9a1d2e3f4450697a8b9c0d1e2f304",
	.os_id = "debian", .os_family = "debian", .os_name = "Debian GNU/Linux",
	.os_version = "12 (bookworm)",
	.os_full = "Debian GNU/Linux 12 (bookworm)",
};

#define RULE								\
	"\"rule\":{\"id\":\"3f3f9fe2-d095-11ec-95dc-f661ea17fbce\","	\
	"\"uuid\":\"3f3f9fe2-d095-11ec-95dc-f661ea17fbce\","		\
	"\"name\":\"Binary Executed from Shared Memory Directory\","	\
	"\"ruleset\":\"elastic/detection-rules\",\"category\":\"Execution\"," \
	"\"reference\":\"https://www.elastic.co/security-labs/a-peek-behind-the-bpfdoor\"," \
	"\"version\":\"query of 2023-08-25\"},"				\
	"\"threat\":{\"framework\":\"MITRE ATT&CK\",\"tactic\":{\"id\":[\"TA0002\"]," \
	"\"name\":[\"Execution\"],"					\
	"\"reference\":[\"https://attack.mitre.org/tactics/TA0002/\"]},"	\
	"\"technique\":{\"id\":[\"T1059\"],"				\
	"\"name\":[\"Command and Scripting Interpreter\"],"		\
	"\"reference\":[\"https://attack.mitre.org/techniques/T1059/\"]}}"

static const char * const golden[] = {
	"{\"@timestamp\":\"2026-09-20T14:03:07.123456789Z\",",
	"\"ecs\":{\"version\":\"8.17.0\"},",
	"\"agent\":{\"type\":\"shmexec\",\"name\":\"web-01\",\"version\":\"0\"},",
	"\"host\":{\"hostname\":\"web-01\",\"name\":\"web-01\",",
	"\"id\":\"b0c9a1d2e3f4450697a8b9c0d1e2f304\",\"architecture\":\"x86_64\",",
	"\"boot\":{\"id\":\"3c6b8f0e-8a1d-4a4e-9d61-6a52b2f5f3a7\"},",
	"\"os\":{\"type\":\"linux\",\"family\":\"debian\",\"platform\":\"debian\",",
	"\"name\":\"Debian GNU/Linux\",\"version\":\"12 (bookworm)\",",
	"\"full\":\"Debian GNU/Linux 12 (bookworm)\",\"kernel\":\"6.1.0-56-amd64\"}},",
	"\"tags\":[\"shm-exec\"],",
	"\"event\":{\"kind\":\"event\",\"category\":[\"process\"],\"type\":[\"start\"],",
	"\"action\":\"exec\",\"outcome\":\"success\",\"dataset\":\"shmexec.exec\",",
	"\"severity\":73,\"risk_score\":73,\"module\":\"shmexec\",",
	"\"provider\":\"kernel:sched_process_exec\",",
	"\"id\":\"3c6b8f0e-8a1d-4a4e-9d61-6a52b2f5f3a7:0000000000000abc:0000000000000017\",",
	"\"sequence\":23,\"created\":\"2026-09-20T14:03:07.123456789Z\"},",
	"\"message\":\"root executed /dev/shm/kdmtmpflush (pid 4242) from a shared memory "
	"directory\",",
	"\"user\":{\"id\":\"0\",\"group\":{\"id\":\"2\"},\"effective\":{\"id\":\"0\"},",
	"\"Ext\":{\"real\":{\"id\":\"1000\"}}},",
	"\"group\":{\"id\":\"2\",\"Ext\":{\"real\":{\"id\":\"1001\"}}},",
	"\"process\":{\"pid\":4242,\"executable\":\"/dev/shm/kdmtmpflush\",",
	"\"name\":\"kdmtmpflush\",\"args\":[\"./kdmtmpflush\",\"--init\"],",
	"\"command_line\":\"./kdmtmpflush --init\",\"args_count\":2,",
	"\"thread\":{\"id\":4242,\"name\":\"kdmtmpflush\"},",
	"\"user\":{\"id\":\"0\"},\"real_user\":{\"id\":\"1000\"},\"saved_user\":{\"id\":\"1\"},",
	"\"group\":{\"id\":\"2\"},\"real_group\":{\"id\":\"1001\"},\"saved_group\":{\"id\":\"3\"},",
	"\"parent\":{\"pid\":4241}},",
	"\"file\":{\"path\":\"/dev/shm/kdmtmpflush\",\"directory\":\"/dev/shm\",",
	"\"name\":\"kdmtmpflush\"},",
	"\"related\":{\"hosts\":[\"web-01\"]},",
	"\"shmexec\":{\"match\":{\"view\":\"canonical\",\"views\":[\"canonical\"],",
	"\"pattern\":\"/dev/shm/*\"},\"path\":{\"canonical\":\"/dev/shm/kdmtmpflush\",",
	"\"typed\":\"/tmp/kdmtmpflush\",\"directory\":\"/run/shm/kdmtmpflush\",",
	"\"given\":\"./kdmtmpflush\"},\"truncated\":false,\"script\":false,",
	"\"unreachable\":false,",
	"\"file\":{\"deleted\":false},\"loginuid\":1000,\"sessionid\":5,",
	"\"old_tid\":4243,\"lost_before\":0},",
	RULE "}\n",
};

/* The document, with a NUL; in a buffer that the next call takes. */
static const char *document(const struct event *event, const struct host *host)
{
	static struct buffer out;

	if (host)
		web_with_names = *host;
	out.len = 0;
	ecs_event(&out, event, host ? &web_with_names : NULL);
	buffer_add(&out, "", 1);
	return out.failed ? "no memory" : out.p;
}

static void expect_part(struct __test_metadata *_metadata, const char *text,
			const char *part, bool there)
{
	EXPECT_EQ(there, !!strstr(text, part))
		TH_LOG("'%s' is %sin %s", part, there ? "not " : "", text);
}

#define EXPECT_PART(part)	expect_part(_metadata, text, part, true)
#define EXPECT_NO_PART(part)	expect_part(_metadata, text, part, false)

TEST(hit_in_full)
{
	const char *rest = document(&hit, &web);

	for (size_t i = 0; i < sizeof(golden) / sizeof(*golden); i++) {
		ASSERT_EQ(0, strncmp(golden[i], rest, strlen(golden[i])))
			TH_LOG("not '%s': %s", golden[i], rest);
		rest += strlen(golden[i]);
	}
	EXPECT_STREQ("", rest);
}

/* Parts are kept from one document to the next: one thing changes at a time. */
TEST(what_is_kept_is_true)
{
	static struct ids users = { .file = "unit/passwd" };
	struct event event = full_hit();
	struct host host = web;
	const char *text;

	host.users = users;
	text = document(&event, &host);
	EXPECT_PART("\"host\":{\"hostname\":\"web-01\"");
	EXPECT_PART("\"saved_user\":{\"id\":\"0\",\"name\":\"root\"}");
	EXPECT_PART("\"Ext\":{\"real\":{\"id\":\"1000\",\"name\":\"alice\"}}");
	EXPECT_PART("\"pid_ns_ino\":\"4026531836\"");
	EXPECT_PART("\"ns\":{\"mnt\":4026531841,");

	strcpy(host.name, "web-02");
	text = document(&event, &host);
	EXPECT_PART("\"name\":\"web-02\",\"version\"");
	EXPECT_PART("\"host\":{\"hostname\":\"web-02\"");
	event.exec.ns_pid = 5;
	text = document(&event, &host);
	EXPECT_PART("\"pid_ns_ino\":\"5\"");
	event.exec.ns_mnt = 6;
	text = document(&event, &host);
	EXPECT_PART("\"ns\":{\"mnt\":6,");
	event.exec.suid = 1;
	text = document(&event, &host);
	EXPECT_PART("\"saved_user\":{\"id\":\"1\",\"name\":\"daemon\"}");
	event.exec.uid = 0;
	text = document(&event, &host);
	EXPECT_PART("\"Ext\":{\"real\":{\"id\":\"0\",\"name\":\"root\"}}");
	event.exec.parent_egid = 7;
	text = document(&event, &host);
	EXPECT_PART("\"group\":{\"id\":\"7\"},\"real_group\"");
	host.users.file = "unit/group";
	host.users.changes++;
	text = document(&event, &host);
	EXPECT_NO_PART("\"name\":\"daemon\"}");
	event.exec.ns_user = 8;
	text = document(&event, &host);
	EXPECT_PART("\"saved_user\":{\"id\":\"1\"}");
	text = document(&event, NULL);
	EXPECT_PART("\"host\":{\"pid_ns_ino\":\"5\",\"os\":{\"type\":\"linux\"}}");
	memset(&event.exec.ns_mnt, 0, 7 * sizeof(uint32_t));
	text = document(&event, &host);
	EXPECT_NO_PART("\"ns\":");
}

static const char *line_of_file(const char *path)
{
	static char line[16384];
	FILE *f = fopen(path, "r");

	if (!f || !fgets(line, sizeof(line), f))
		line[0] = '\0';
	if (f)
		fclose(f);
	return line;
}

/* The example that users see, which the guest's documents are held to as well. */
TEST(example)
{
	struct host host = web;
	struct event event = full_hit();

	host.users.file = "unit/passwd";
	host.groups.file = "unit/group";
	EXPECT_STREQ(line_of_file("unit/ecs-example.json"), document(&event, &host));
}

TEST(what_is_not_known_is_left_out)
{
	struct event event = { .exec = {
		.hdr = { .type = SHMEXEC_TYPE_EXEC, .seq = 1 },
		.loginuid = SHMEXEC_ID_UNSET, .sessionid = SHMEXEC_ID_UNSET,
	} };
	static const char * const absent[] = {
		"\"hostname\"", "\"boot\"", "\"id\":\"3c6b", "\"kernel\"",
		"\"executable\"", "\"args\"", "\"command_line\"", "\"parent\"",
		"\"file\":{\"path\"", "\"match\"", "\"canonical\"", "\"typed\"",
		"\"loginuid\"", "\"sessionid\"", "\"bytes\"", "\"\"", "null", "{}",
		"shared memory directory\",",
	};
	const char *text = document(&event, NULL);

	for (size_t i = 0; i < sizeof(absent) / sizeof(*absent); i++)
		EXPECT_NO_PART(absent[i]);
	EXPECT_PART("\"host\":{\"os\":{\"type\":\"linux\"}}");
	EXPECT_PART("executed a file whose path cannot be known (pid 0)\"");
}

/* It is the first of the names that hit, and the views say all that did. */
TEST(executable)
{
	static const struct {
		__u32 views;
		const char *executable, *match;
	} row[] = {
		{ 0, "/dev/shm/", NULL },
		{ 1, "/dev/shm/", "\"canonical\",\"views\":[\"canonical\"]" },
		{ 2, "/tmp/", "\"typed\",\"views\":[\"typed\"]" },
		{ 3, "/dev/shm/", "\"canonical\",\"views\":[\"canonical\",\"typed\"]" },
		{ 4, "/run/shm/", "\"directory\",\"views\":[\"directory\"]" },
		{ 5, "/dev/shm/", "\"canonical\",\"views\":[\"canonical\",\"directory\"]" },
		{ 6, "/tmp/", "\"typed\",\"views\":[\"typed\",\"directory\"]" },
		{ 7, "/dev/shm/", "\"canonical\",\"views\":[\"canonical\",\"typed\","
		  "\"directory\"]" },
		/* Of a newer module: what has no name is not called by another. */
		{ 8, "/dev/shm/", "{\"pattern\":\"/dev/shm/*\"}" },
		{ 12, "/run/shm/", "\"directory\",\"views\":[\"directory\"]" },
	};
	char want[128];

	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		struct event event = hit;
		const char *text;

		event.exec.views = row[i].views;
		text = document(&event, &web);
		snprintf(want, sizeof(want),
			 "\"executable\":\"%skdmtmpflush\",\"name\":\"kdmtmpflush\"",
			 row[i].executable);
		EXPECT_PART(want);
		snprintf(want, sizeof(want), "\"message\":\"root executed %skdmtmpflush (",
			 row[i].executable);
		EXPECT_PART(want);
		if (row[i].match)
			EXPECT_PART(row[i].match);
		else
			EXPECT_NO_PART("\"match\"");
		EXPECT_PART("\"file\":{\"path\":\"/dev/shm/kdmtmpflush\"");
	}
}

/* What hit is not known of an event that some part of has been lost. */
TEST(name_that_is_not_known)
{
	struct event event = hit;
	const char *text;

	event.exec.views = SHMEXEC_VIEW_TYPED | SHMEXEC_VIEW_DIRECTORY;
	event.typed_path = (struct bytes) {};
	text = document(&event, &web);
	EXPECT_PART("\"executable\":\"/run/shm/kdmtmpflush\"");
	EXPECT_NO_PART("\"typed\":\"");
	event.directory = (struct bytes) {};
	text = document(&event, &web);
	EXPECT_PART("\"executable\":\"/dev/shm/kdmtmpflush\"");
	event.canonical = (struct bytes)BYTES("/p");
	text = document(&event, &web);
	EXPECT_PART("\"file\":{\"path\":\"/p\",\"directory\":\"/\",\"name\":\"p\"}");
	EXPECT_PART("\"executable\":\"/p\",\"name\":\"p\"");
}

/* The string given to execve is told where it is not the typed path itself. */
TEST(given)
{
	struct event event = hit;
	const char *text;

	event.typed_path = event.typed;
	text = document(&event, &web);
	EXPECT_NO_PART("\"given\"");
	EXPECT_PART("\"typed\":\"./kdmtmpflush\"");
	event.typed_path = (struct bytes) {};
	text = document(&event, &web);
	EXPECT_PART("\"given\":\"./kdmtmpflush\"}");
}

/* Without /proc there is no boot id, and half an id is none. */
TEST(boot_that_is_not_known)
{
	struct host host = web;
	const char *text;

	*host.boot_id = '\0';
	text = document(&hit, &host);
	EXPECT_NO_PART("\"boot\"");
	EXPECT_PART("\"provider\":\"kernel:sched_process_exec\",\"sequence\"");
}

TEST(path_without_a_slash)
{
	struct event event = hit;
	const char *text;

	event.canonical = (struct bytes)BYTES("p");
	text = document(&event, &web);
	EXPECT_PART("\"file\":{\"path\":\"p\",\"name\":\"p\"}");
}

TEST(flags)
{
	struct event event = hit;
	const char *text;

	event.interp = (struct bytes)BYTES("/bin/sh");
	event.exec.flags = SHMEXEC_F_DELETED | SHMEXEC_F_SCRIPT;
	text = document(&event, &web);
	EXPECT_PART("\"truncated\":false,\"script\":true,\"interpreter\":\"/bin/sh\","
	"\"unreachable\":false,\"file\":{\"deleted\":true}");
	event.interp = (struct bytes) {};
	for (__u32 flag = 1; flag <= SHMEXEC_F_ROOT_CUT; flag <<= 1) {
		bool cut = flag == SHMEXEC_F_NAME_CUT ||
			   flag == SHMEXEC_F_TYPED_CUT ||
			   flag == SHMEXEC_F_DIRECTORY_CUT ||
			   flag == SHMEXEC_F_ARGS_CUT ||
			   flag == SHMEXEC_F_ARGS_FAULT ||
			   flag == SHMEXEC_F_CWD_CUT ||
			   flag == SHMEXEC_F_ROOT_CUT;
		char want[128];

		event.exec.flags = flag;
		text = document(&event, &web);
		snprintf(want, sizeof(want),
			 "\"truncated\":%s,\"script\":%s,\"unreachable\":%s,\"file\":"
			 "{\"deleted\":%s}",
			 cut ? "true" : "false",
			 flag == SHMEXEC_F_SCRIPT ? "true" : "false",
			 flag == SHMEXEC_F_UNREACHABLE ? "true" : "false",
			 flag == SHMEXEC_F_DELETED ? "true" : "false");
		EXPECT_PART(want);
	}
}

TEST(args)
{
	static const struct {
		struct bytes args;
		const char *json;
	} row[] = {
		{ BYTES("a\0"), "\"args\":[\"a\"],\"command_line\":\"a\"" },
		{ BYTES("\0"), "\"args\":[\"\"],\"args_count\"" },
		{ BYTES("\0b\0\0"), "\"args\":[\"\",\"b\",\"\"],\"command_line\":\" b \"" },
		{ BYTES("a\0cut"), "\"args\":[\"a\",\"cut\"],\"command_line\":\"a cut\"" },
		{ BYTES("a b\0\"\n\0"),
		  "\"args\":[\"a b\",\"\\\"\\u000a\"],\"command_line\":\"a b \\\"\\u000a\"" },
	};
	struct event event = hit;
	const char *text;

	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		event.args = row[i].args;
		text = document(&event, &web);
		EXPECT_PART(row[i].json);
	}
}

TEST(strings)
{
	static const struct {
		struct bytes name;
		const char *json, *base64;
	} row[] = {
		{ BYTES("a\nb\r\t"), "a\\u000ab\\u000d\\u0009", NULL },
		{ BYTES("\x1b[31m"), "\\u001b[31m", NULL },
		{ BYTES("%s%n"), "%s%n", NULL },
		{ BYTES("\"\\/"), "\\\"\\\\/", NULL },
		{ BYTES("\x7f\xc2\x80\xc2\x9f\xc2\xa0"), "\\u007f\\u0080\\u009f\xc2\xa0", NULL },
		{ BYTES("\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\xae"), "\\u2028\\u2029\\u202e", NULL },
		{ BYTES("\xd8\x9c\xe2\x80\x8f\xe2\x81\xa6"), "\\u061c\\u200f\\u2066", NULL },
		{ BYTES("\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80"),
		  "\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80", NULL },
		{ BYTES("\xff"), "\xef\xbf\xbd", "/w==" },
		{ BYTES("\xff\xfe"), "\xef\xbf\xbd\xef\xbf\xbd", "//4=" },
		{ BYTES("a\xff\xfe"), "a\xef\xbf\xbd\xef\xbf\xbd", "Yf/+" },
		{ BYTES("\xc0\xaf"), "\xef\xbf\xbd\xef\xbf\xbd", "wK8=" },
		{ BYTES("\xed\xa0\x80"), "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd", "7aCA" },
		{ BYTES("\xe2\x82"), "\xef\xbf\xbd\xef\xbf\xbd", "4oI=" },
	};
	char want[256];

	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		struct event event = hit;
		const char *text;

		event.typed = row[i].name;
		text = document(&event, &web);
		snprintf(want, sizeof(want), "\"given\":\"%s\"}", row[i].json);
		EXPECT_PART(want);
		snprintf(want, sizeof(want), "\"bytes\":{\"given\":\"%s\"}",
			 row[i].base64 ?: "");
		if (row[i].base64)
			EXPECT_PART(want);
		else
			EXPECT_NO_PART("\"bytes\"");
	}
}

TEST(each_string_has_its_exact_bytes)
{
	struct event event = hit;
	const char *text;

	event.canonical = (struct bytes)BYTES("/dev/shm/\xff");
	event.typed = (struct bytes)BYTES("\xff");
	event.typed_path = event.canonical;
	event.directory = event.canonical;
	event.interp = event.canonical;
	event.args = event.canonical;
	event.comm = event.canonical;
	event.pattern = event.canonical;
	event.cwd = event.canonical;
	event.root = event.canonical;
	event.cgroup = event.canonical;
	event.parent_comm = event.canonical;
	event.parent_executable = event.canonical;
	text = document(&event, &web);
	EXPECT_PART("\"working_directory\":\"L2Rldi9zaG0v/w==\","
		    "\"fs_root\":\"L2Rldi9zaG0v/w==\",\"cgroup\":\"L2Rldi9zaG0v/w==\"");
	EXPECT_PART("\"parent_name\":\"L2Rldi9zaG0v/w==\","
		    "\"parent_executable\":\"L2Rldi9zaG0v/w==\"}");
	EXPECT_PART("\"bytes\":{\"canonical\":\"L2Rldi9zaG0v/w==\",");
	EXPECT_PART("\"typed\":\"L2Rldi9zaG0v/w==\",\"directory\":\"L2Rldi9zaG0v/w==\",");
	EXPECT_PART("\"given\":\"/w==\",\"interpreter\":\"L2Rldi9zaG0v/w==\",");
	EXPECT_PART("\"args\":\"L2Rldi9zaG0v/w==\",");
	EXPECT_PART("\"comm\":\"L2Rldi9zaG0v/w==\",");
	EXPECT_PART("\"pattern\":\"L2Rldi9zaG0v/w==\",");
	EXPECT_PART("\"executable\":\"/dev/shm/\xef\xbf\xbd\"");
}

TEST(what_is_empty_is_left_out)
{
	struct event event = hit;
	const char *text;

	event.comm = (struct bytes)BYTES("");
	event.parent_comm = event.comm;
	event.parent_executable = (struct bytes) {};
	text = document(&event, &web);
	EXPECT_NO_PART(":\"\"");
	EXPECT_NO_PART("{}");
}

/* One line, and no byte that a terminal would act on, whatever the name is. */
TEST(every_byte)
{
	char name[4096];
	struct event event = hit;
	const char *text;

	for (size_t i = 0; i < sizeof(name); i++)
		name[i] = i % 255 + 1;
	event.canonical = (struct bytes) { name, sizeof(name) };
	event.typed = event.canonical;
	event.args = event.canonical;
	text = document(&event, &web);
	EXPECT_EQ(strlen(text) - 1, strcspn(text, "\n"));
	for (; *text != '\n'; text++) {
		ASSERT_LE(0x20, (unsigned char)*text);
		ASSERT_NE(0x7f, *text);
	}
}

TEST(loss)
{
	struct event event = { .lost = {
		.hdr = {
			.type = SHMEXEC_TYPE_LOST, .seq = 24, .realtime = WHEN,
		},
		.count = 18446744073709551615ULL,
	} };
	const char *text = document(&event, &web);

	EXPECT_PART("\"kind\":\"pipeline_error\"");
	EXPECT_PART("\"sequence\":24,");
	EXPECT_PART("\"shmexec\":{\"lost\":18446744073709551615}}\n");
	EXPECT_PART("\"message\":\"18446744073709551615 events were lost");
	EXPECT_NO_PART("\"id\":\"3c6b8f0e-8a1d-4a4e-9d61-6a52b2f5f3a7:");
	EXPECT_NO_PART("\"category\"");
	EXPECT_NO_PART("\"type\":[");
	EXPECT_NO_PART("\"process\"");
	EXPECT_NO_PART("\"action\":\"exec\"");
}

TEST(change)
{
	struct event event = {
		.change = {
			.hdr = {
				.type = SHMEXEC_TYPE_RULE_CHANGED, .seq = 25,
				.epoch = 1, .realtime = WHEN,
			},
			.pid = 7, .ppid = 6, .uid = 1000, .loginuid = 1001,
			.sessionid = SHMEXEC_ID_UNSET,
		},
		.comm = BYTES("s\"h"), .parameter = BYTES("include"),
		.old_value = BYTES("/dev/shm/*"), .new_value = BYTES("/a\"*"),
	};
	const char *text = document(&event, &web);

	EXPECT_PART("\"message\":\"the rule was changed (pid 7)\"");
	EXPECT_PART("\"kind\":\"state\",\"category\":[\"configuration\"],\"type\":"
	"[\"change\"],\"action\":\"rule-changed\",\"dataset\":\"shmexec.rule\"");
	EXPECT_PART("\"id\":\"3c6b8f0e-8a1d-4a4e-9d61-6a52b2f5f3a7:0000000000000001:"
	"0000000000000019\"");
	EXPECT_PART("\"user\":{\"id\":\"0\",\"Ext\":{\"real\":{\"id\":\"1000\"}}}");
	EXPECT_PART("\"process\":{\"pid\":7,\"name\":\"s\\\"h\",\"parent\":{\"pid\":6}}");
	EXPECT_PART("\"shmexec\":{\"rule\":{\"parameter\":\"include\",\"old\":"
	"\"/dev/shm/*\",\"new\":\"/a\\\"*\"},\"loginuid\":1001}}\n");
	EXPECT_NO_PART("\"executable\"");
	EXPECT_NO_PART("\"start\"");

	event.comm = (struct bytes)BYTES("\xff");
	event.old_value = event.comm;
	event.new_value = event.comm;
	text = document(&event, &web);
	EXPECT_PART("\"loginuid\":1001,\"bytes\":{\"comm\":\"/w==\","
		    "\"old\":\"/w==\",\"new\":\"/w==\"}}}\n");
	/* A list may be empty; a name that is says nothing. */
	event.comm = (struct bytes)BYTES("");
	event.old_value = event.comm;
	event.new_value = event.comm;
	text = document(&event, &web);
	EXPECT_PART("\"old\":\"\",\"new\":\"\"}");
	EXPECT_PART("\"process\":{\"pid\":7,\"parent\":");

	event.hdr.type = SHMEXEC_TYPE_LOCKED;
	event.change.ppid = 0;
	text = document(&event, &web);
	EXPECT_PART("\"message\":\"the rule was locked until reboot (pid 7)\"");
	EXPECT_PART("\"action\":\"locked\"");
	EXPECT_NO_PART("\"parent\"");
}

TEST(unknown_type_says_nothing)
{
	struct event event = hit;

	event.hdr.type = 200;
	EXPECT_STREQ("", document(&event, &web));
}

TEST_HARNESS_MAIN
