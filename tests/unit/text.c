// SPDX-License-Identifier: GPL-2.0
/* One line a person can read and a terminal can show, whatever is in a name. */
#include "kselftest_harness.h"
#include "host.h"
#include "text.h"
#include "utf8.h"

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))
#define BYTES(s)	{ (s), sizeof(s) - 1 }

/* 2026-09-20T14:03:07.123456789Z */
#define WHEN		1789912987123456789

/* Of a container. */
#define ID	"8d38b2f18290e973c5ea8f9ee207e970a8aa9191fa89bf3d4ea2a126f2f010a6"

static const struct event hit = {
	.exec = {
		.hdr = {
			.type = SHMEXEC_TYPE_EXEC, .seq = 23, .realtime = WHEN,
		},
		.views = SHMEXEC_VIEW_CANONICAL, .pid = 4242, .tid = 4242,
		.old_tid = 4242, .ppid = 4241, .uid = 1000, .euid = 0,
		.gid = 1001, .egid = 0, .loginuid = 1002, .sessionid = 3,
		.args_count = 2, .args_size = 29,
	},
	.comm = BYTES("kdmtmpflush"),
	.canonical = BYTES("/dev/shm/kdmtmpflush"),
	.typed = BYTES("/dev/shm/kdmtmpflush"),
	.typed_path = BYTES("/dev/shm/kdmtmpflush"),
	.directory = BYTES("/dev/shm/kdmtmpflush"),
	.pattern = BYTES("/dev/shm/*"),
	.args = BYTES("/dev/shm/kdmtmpflush\0--init\0"),
};

/* What @event looks like, with a NUL; in a buffer that the next call takes. */
static const char *line_on(const struct event *event, struct host *host)
{
	static struct buffer out;

	out.len = 0;
	text_event(&out, event, host);
	buffer_add(&out, "", 1);
	return out.failed ? "no memory" : out.p;
}

static const char *line_of(const struct event *event)
{
	return line_on(event, NULL);
}

static const char *quoted(const char *bytes, size_t len, size_t *out_len)
{
	static struct buffer out;
	char *exact = malloc(len);

	memcpy(exact, bytes, len);
	out.len = 0;
	text_quoted(&out, (struct bytes) { exact, len });
	if (out_len)
		*out_len = out.len;
	buffer_add(&out, "", 1);
	free(exact);
	return out.failed ? "no memory" : out.p;
}

TEST(hit_in_full)
{
	static const char * const parts[] = {
		"2026-09-20T14:03:07.123456Z root (login 1002) executed ",
		"\"/dev/shm/kdmtmpflush\" args=[\"/dev/shm/kdmtmpflush\", \"--init\"] ",
		"ppid=4241 views=canonical pattern=\"/dev/shm/*\" pid=4242 ",
		"uid=1000 gid=1001 session=3 comm=\"kdmtmpflush\" seq=23\n",
	};
	const char *rest = line_of(&hit);

	for (size_t i = 0; i < COUNT(parts); i++) {
		ASSERT_EQ(0, strncmp(parts[i], rest, strlen(parts[i]))) {
			TH_LOG("not '%s': %s", parts[i], rest);
		}
		rest += strlen(parts[i]);
	}
	EXPECT_STREQ("", rest);
}

TEST(loss)
{
	struct event event = { .lost = {
		.hdr = {
			.type = SHMEXEC_TYPE_LOST, .seq = 24, .realtime = WHEN,
		},
		.count = UINT64_MAX,
	} };

	EXPECT_STREQ("2026-09-20T14:03:07.123456Z 18446744073709551615 events were lost seq=24\n",
		     line_of(&event));
}

TEST(change)
{
	struct event event = {
		.change = {
			.hdr = {
				.type = SHMEXEC_TYPE_RULE_CHANGED, .seq = 25,
				.realtime = WHEN,
			},
			.pid = 7, .ppid = 6, .uid = 1000, .loginuid = 1000,
			.sessionid = SHMEXEC_ID_UNSET,
		},
		.comm = BYTES("sh"), .parameter = BYTES("exclude"),
		.old_value = BYTES(""), .new_value = BYTES("/a\"*"),
	};

	EXPECT_STREQ("2026-09-20T14:03:07.123456Z the rule was changed: "
		     "parameter=\"exclude\" old=\"\" new=\"/a\\\"*\" pid=7 ppid=6 uid=1000 euid=0 "
		     "login=1000 comm=\"sh\" seq=25\n",
		     line_of(&event));
	event.hdr.type = SHMEXEC_TYPE_LOCKED;
	event.change.ppid = 0;
	EXPECT_STREQ("2026-09-20T14:03:07.123456Z the rule was locked until reboot pid=7 "
		     "uid=1000 euid=0 login=1000 comm=\"sh\" seq=25\n",
		     line_of(&event));
}

TEST(unknown_type_says_nothing)
{
	struct event event = hit;

	event.hdr.type = 5;
	EXPECT_STREQ("", line_of(&event));
	event.hdr.type = 0;
	EXPECT_STREQ("", line_of(&event));
}

TEST(times)
{
	static const struct {
		uint64_t ns;
		const char *want;
	} rows[] = {
		{ 0, "1970-01-01T00:00:00.000000000Z" },
		{ 1, "1970-01-01T00:00:00.000000001Z" },
		{ 999999999, "1970-01-01T00:00:00.999999999Z" },
		{ 1000000000, "1970-01-01T00:00:01.000000000Z" },
		{ 951782400000000000, "2000-02-29T00:00:00.000000000Z" },
		{ 2147483648000000000, "2038-01-19T03:14:08.000000000Z" },
		{ UINT64_MAX, "2554-07-21T23:34:33.709551615Z" },
	};
	struct buffer out = {};

	for (size_t i = 0; i < COUNT(rows); i++) {
		out.len = 0;
		buffer_time(&out, rows[i].ns, 9);
		buffer_add(&out, "", 1);
		EXPECT_STREQ(rows[i].want, out.p);
	}
	out.len = 0;
	buffer_time(&out, 999999999, 6);
	buffer_add(&out, "", 1);
	EXPECT_STREQ("1970-01-01T00:00:00.999999Z", out.p);
	buffer_free(&out);
}

/* One member changed, and what the line has, or has not, because of it. */
TEST(what_is_said_of)
{
	struct event effective = hit, cut = hit, faulted = hit, relative = hit;
	struct event prefix = hit, nameless = hit, bare = hit, nobody = hit;
	struct event untyped = hit, no_session = hit, no_args = hit;
	struct event empty_args = hit, one_empty = hit, alias = hit;
	struct event orphan = hit, all = hit, by_typed = hit, by_directory = hit;
	struct event newer = hit, script = hit, older = hit;
	struct event full = hit, known_parent, outside = hit;
	const struct {
		const struct event *event;
		const char *has;
		const char *has_not;
	} rows[] = {
		{ &hit, " root (login 1002) executed \"", "uid 0" },
		{ &hit, "ppid=4241 views=canonical pattern=", "typed=" },
		{ &hit, "root", "parent=" },
		{ &hit, "root", "cwd=" },
		{ &hit, "root", "tty=" },
		{ &hit, "root", "container=" },
		{ &hit, "root", "root=" },
		{ &hit, "root", "directory=" },
		{ &hit, "root", "given=" },
		{ &hit, "root", "interp=" },
		{ &hit, "--init\"] ", "..." },
		{ &hit, " seq=23\n", "flags=" },
		{ &effective, "Z uid 1 (login 1002) executed \"/dev/shm/kdmtmpflush\"", "root" },
		{ &cut, ", \"--init\", ...] ", NULL },
		{ &faulted, ", \"--init\", ...] ", NULL },
		{ &relative, "canonical given=\"./kdmtmpflush\" pattern=", NULL },
		{ &prefix, "typed=\"/dev/shm/kdmtmpflus\" pattern", NULL },
		{ &alias, "typed=\"/run/shm/kdmtmpflush\" pattern", NULL },
		{ &untyped, "executed \"/dev/shm/kdm", "typed=" },
		{ &nameless, "executed a file whose path cannot be known args=", NULL },
		{ &nameless, "ppid=4241 typed=\"/dev/shm/kdmtmpflush\" directory=", NULL },
		{ &bare, "executed a file whose path cannot be known ppid=4241 pid=4242 ", "\"" },
		{ &nobody, " root executed \"", "login" },
		{ &no_session, "gid=1001 comm=", "session=" },
		{ &no_args, "kdmtmpflush\" ppid=4241 ", "args=" },
		{ &empty_args, " args=[] ", NULL },
		{ &one_empty, " args=[\"\"] ", NULL },
		{ &orphan, "--init\"] views=", "ppid=" },
		{ &full, "--init\"] parent=\"sh\" ppid=4241 cwd=\"/ro\\\\not\" tty=136:2 "
		  "container=\"" ID "\" "
		  "root=\"/jail\" views=canonical pattern=", NULL },
		{ &known_parent, " parent=\"/usr/bin/dash\" ppid=4241 cwd=", "\"sh\"" },
		{ &outside, " cwd=\"/root\" views=", "root=" },
		{ &all, "ppid=4241 views=canonical,typed,directory pattern=", NULL },
		{ &by_typed, " views=typed canonical=\"/dev/shm/kdmtmpflush\" "
		  "directory=\"/dev/shm/kdmtmpflush\" "
		  "given=\"./out\" pattern=", "typed=\"" },
		{ &by_directory, " views=directory canonical=\"/run/p\" "
		  "typed=\"/mnt/p\" pattern=", "given=" },
		{ &by_directory, "executed \"/var/run/p\" args=", NULL },
		{ &newer, "executed \"/dev/shm/kdmtmpflush\" args=", "views=" },
		{ &script, " interp=\"/bin/sh\" pattern=", NULL },
		{ &older, " views=canonical pattern=", "given=" },
	};

	effective.exec.euid = 1;
	cut.exec.flags = SHMEXEC_F_ARGS_CUT;
	faulted.exec.flags = SHMEXEC_F_ARGS_FAULT;
	relative.typed = (struct bytes)BYTES("./kdmtmpflush");
	prefix.typed_path.len--;
	prefix.typed.len--;
	/* Of the same length. */
	alias.typed_path = (struct bytes)BYTES("/run/shm/kdmtmpflush");
	alias.typed = alias.typed_path;
	untyped.typed_path.p = NULL;
	untyped.typed.p = NULL;
	nameless.canonical = (struct bytes) { NULL, 0 };
	nameless.exec.views = 0;
	nameless.pattern.p = NULL;
	bare = (struct event) { .exec = nameless.exec };
	nobody.exec.loginuid = SHMEXEC_ID_UNSET;
	no_session.exec.sessionid = SHMEXEC_ID_UNSET;
	no_args.args = (struct bytes) { NULL, 0 };
	empty_args.args.len = 0;
	one_empty.args = (struct bytes)BYTES("\0");
	orphan.exec.ppid = 0;
	all.exec.views = 7;
	by_typed.exec.views = SHMEXEC_VIEW_TYPED;
	by_typed.typed = (struct bytes)BYTES("./out");
	by_typed.typed_path = (struct bytes)BYTES("/dev/shm/out");
	by_directory.exec.views = SHMEXEC_VIEW_DIRECTORY;
	by_directory.canonical = (struct bytes)BYTES("/run/p");
	by_directory.typed = (struct bytes)BYTES("/mnt/p");
	by_directory.typed_path = by_directory.typed;
	by_directory.directory = (struct bytes)BYTES("/var/run/p");
	newer.exec.views = 8;
	script.interp = (struct bytes)BYTES("/bin/sh");
	older.typed_path = (struct bytes) { NULL, 0 };
	older.directory = (struct bytes) { NULL, 0 };
	full.parent_comm = (struct bytes)BYTES("sh");
	full.cwd = (struct bytes)BYTES("/ro\\not");
	full.root = (struct bytes)BYTES("/jail");
	full.cgroup = (struct bytes)BYTES("/system.slice/docker-" ID ".scope");
	full.exec.tty_major = 136;
	full.exec.tty_minor = 2;
	known_parent = full;
	known_parent.parent_executable = (struct bytes)BYTES("/usr/bin/dash");
	outside.cwd = (struct bytes)BYTES("/root");
	outside.root = (struct bytes)BYTES("/");

	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *line = line_of(rows[i].event);

		EXPECT_NE(NULL, strstr(line, rows[i].has)) {
			TH_LOG("row %zu: no '%s' in %s", i, rows[i].has, line);
		}
		if (!rows[i].has_not)
			continue;
		EXPECT_EQ(NULL, strstr(line, rows[i].has_not)) {
			TH_LOG("row %zu: '%s' in %s", i, rows[i].has_not, line);
		}
	}
}

TEST(flags)
{
	static const struct {
		uint32_t flags;
		const char *want;
	} rows[] = {
		{ SHMEXEC_F_DELETED, " flags=deleted seq=" },
		{ SHMEXEC_F_NAME_CUT, " flags=name-cut seq=" },
		{ SHMEXEC_F_SCRIPT, " flags=script seq=" },
		{ SHMEXEC_F_ARGS_CUT, " flags=args-cut seq=" },
		{ SHMEXEC_F_ARGS_FAULT, " flags=args-fault seq=" },
		{ SHMEXEC_F_TYPED_CUT, " flags=typed-cut seq=" },
		{ SHMEXEC_F_DIRECTORY_CUT, " flags=directory-cut seq=" },
		{ SHMEXEC_F_UNREACHABLE, " flags=unreachable seq=" },
		{ SHMEXEC_F_SECUREEXEC, " flags=secureexec seq=" },
		{ SHMEXEC_F_KTHREAD_PARENT, " flags=kthread-parent seq=" },
		{ SHMEXEC_F_MEMFD, " flags=memfd seq=" },
		{ SHMEXEC_F_DETACHED, " flags=detached seq=" },
		{ SHMEXEC_F_CWD_CUT, " flags=cwd-cut seq=" },
		{ SHMEXEC_F_ROOT_CUT, " flags=root-cut seq=" },
		{ SHMEXEC_F_DELETED | SHMEXEC_F_ARGS_CUT, " flags=deleted,args-cut seq=" },
		/* One that a newer module may have. */
		{ 1U << 31, "\" seq=" },
		{ 1U << 30 | SHMEXEC_F_SCRIPT, " flags=script seq=" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct event event = hit;

		event.exec.flags = rows[i].flags;
		EXPECT_NE(NULL, strstr(line_of(&event), rows[i].want)) {
			TH_LOG("row %zu: %s", i, line_of(&event));
		}
	}
}

TEST(login)
{
	struct host host = { .users = { .file = "unit/passwd" } };
	struct event event = hit;

	event.exec.loginuid = 1000;
	EXPECT_NE(NULL, strstr(line_on(&event, &host), " root (login alice) executed "));
	event.exec.loginuid = 1001;
	EXPECT_NE(NULL, strstr(line_on(&event, &host), " root (login 1001) executed "));
	/* Whatever has come into the file is no sequence for a terminal. */
	event.exec.loginuid = 2000;
	EXPECT_NE(NULL, strstr(line_on(&event, &host),
			       " root (login e\\x1b[2J\\\"\\r\\x9b\u00e9) executed "));
}

TEST(quoting)
{
	static const struct {
		struct bytes bytes;
		const char *want;
	} rows[] = {
		{ BYTES(""), "\"\"" },
		{ BYTES("a b"), "\"a b\"" },
		{ BYTES("%s%n"), "\"%s%n\"" },
		{ BYTES("a\nb\rc\td"), "\"a\\nb\\rc\\td\"" },
		{ BYTES("\"\\"), "\"\\\"\\\\\"" },
		{ BYTES("\\n"), "\"\\\\n\"" },
		{ BYTES("\033[2J"), "\"\\x1b[2J\"" },
		{ BYTES("a\0b"), "\"a\\x00b\"" },
		{ BYTES("\x1f\x7f"), "\"\\x1f\\x7f\"" },
		{ BYTES("caf\303\251"), "\"caf\303\251\"" },
		/* U+0080, U+009F, U+00A0. */
		{ BYTES("\302\200\302\237\302\240"), "\"\\u{80}\\u{9f}\302\240\"" },
		/* U+202E, as in "fdp.exe" read as "exe.pdf". */
		{ BYTES("\342\200\256fdp.exe"), "\"\\u{202e}fdp.exe\"" },
		{ BYTES("\342\200\250\342\200\251"), "\"\\u{2028}\\u{2029}\"" },
		{ BYTES("\360\237\220\247"), "\"\360\237\220\247\"" },
		{ BYTES("\377\376"), "\"\\xff\\xfe\"" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		EXPECT_STREQ(rows[i].want, quoted(rows[i].bytes.p,
						  rows[i].bytes.len, NULL)) {
			TH_LOG("row %zu", i);
		}
	}
}

/* Each byte of these is none of a code point, and what follows is kept. */
TEST(invalid_utf8)
{
	static const struct {
		struct bytes bytes;
		const char *want;
	} rows[] = {
		/* A byte that only follows; one that is never used. */
		{ BYTES("\200!"), "\"\\x80!\"" },
		{ BYTES("\277!"), "\"\\xbf!\"" },
		{ BYTES("\370\210\200\200\200"), "\"\\xf8\\x88\\x80\\x80\\x80\"" },
		{ BYTES("\376!"), "\"\\xfe!\"" },
		/* Longer than needed: '/', U+007F, U+07FF, U+FFFF. */
		{ BYTES("\300\257"), "\"\\xc0\\xaf\"" },
		{ BYTES("\301\277"), "\"\\xc1\\xbf\"" },
		{ BYTES("\340\200\257"), "\"\\xe0\\x80\\xaf\"" },
		{ BYTES("\340\237\277"), "\"\\xe0\\x9f\\xbf\"" },
		{ BYTES("\360\217\277\277"), "\"\\xf0\\x8f\\xbf\\xbf\"" },
		/* Surrogates, the first and the last. */
		{ BYTES("\355\240\200"), "\"\\xed\\xa0\\x80\"" },
		{ BYTES("\355\277\277"), "\"\\xed\\xbf\\xbf\"" },
		/* U+110000. */
		{ BYTES("\364\220\200\200"), "\"\\xf4\\x90\\x80\\x80\"" },
		{ BYTES("\365\200\200\200"), "\"\\xf5\\x80\\x80\\x80\"" },
		/* Cut off by the end, by a quote, by another code point. */
		{ BYTES("\303"), "\"\\xc3\"" },
		{ BYTES("\342\202"), "\"\\xe2\\x82\"" },
		{ BYTES("\360\237\220"), "\"\\xf0\\x9f\\x90\"" },
		{ BYTES("\303\""), "\"\\xc3\\\"\"" },
		{ BYTES("\342\202\""), "\"\\xe2\\x82\\\"\"" },
		{ BYTES("\342\303\251"), "\"\\xe2\303\251\"" },
		{ BYTES("\360\n\220\247"), "\"\\xf0\\n\\x90\\xa7\"" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		EXPECT_STREQ(rows[i].want, quoted(rows[i].bytes.p,
						  rows[i].bytes.len, NULL)) {
			TH_LOG("row %zu", i);
		}
		EXPECT_FALSE(utf8_valid(rows[i].bytes));
	}
}

static size_t encode(uint32_t code, char *to)
{
	static const unsigned char first[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
	size_t len = code < 0x80 ? 1 : code < 0x800 ? 2 :
		     code < 0x10000 ? 3 : 4;

	for (size_t i = len - 1; i; i--) {
		to[i] = 0x80 | (code & 0x3f);
		code >>= 6;
	}
	to[0] = first[len] | code;
	return len;
}

/* What must never reach a terminal: by list, not by rule. */
static bool hidden(uint32_t code)
{
	static const uint32_t list[] = {
		0x7f, 0x061c, 0x200e, 0x200f, 0x2028, 0x2029,
		0x202a, 0x202b, 0x202c, 0x202d, 0x202e,
		0x2066, 0x2067, 0x2068, 0x2069,
	};

	for (size_t i = 0; i < COUNT(list); i++) {
		if (code == list[i])
			return true;
	}
	return code < 0x20 || (code >= 0x80 && code < 0xa0);
}

TEST(every_code_point)
{
	for (uint32_t code = 0; code <= 0x10ffff; code++) {
		bool surrogate = code >= 0xd800 && code <= 0xdfff;
		uint32_t got = 0;
		char bytes[4];
		size_t len = encode(code, bytes);

		ASSERT_EQ(surrogate ? 0 : len, utf8_next(bytes, len, &got));
		if (surrogate)
			continue;
		ASSERT_EQ(code, got);
		ASSERT_EQ(!hidden(code), utf8_shown(code)) {
			TH_LOG("U+%04X", code);
		}
		for (size_t cut = 1; cut < len; cut++) {
			ASSERT_EQ(0, utf8_next(bytes, cut, &got));
		}
	}
}

/* Back from quotes: what text_quoted() was given, or false. */
static bool unquoted(const char *text, size_t len, char *to, size_t *to_len)
{
	static const char letters[] = "n\nt\tr\r\"\"\\\\";
	const char *end = text + len - 1;
	char *start = to;
	uint32_t code;
	int n;

	for (text++; text < end; text += n) {
		if (*text != '\\') {
			*to++ = *text;
			n = 1;
		} else if (sscanf(text, "\\x%2x%n", &code, &n) == 1) {
			*to++ = code;
		} else if (sscanf(text, "\\u{%x}%n", &code, &n) == 1) {
			to += encode(code, to);
		} else {
			const char *letter = letters;

			while (*letter && *letter != text[1])
				letter += 2;
			if (!*letter)
				return false;
			*to++ = letter[1];
			n = 2;
		}
	}
	*to_len = to - start;
	return text == end;
}

/* On one line, valid UTF-8, and no terminal acts on it. */
static bool is_safe(const char *text, size_t len)
{
	uint32_t code;
	size_t n;

	for (; len; text += n, len -= n) {
		n = utf8_next(text, len, &code);
		if (!n || hidden(code))
			return false;
	}
	return true;
}

/* No two names look alike: the exact bytes can be had back. */
TEST(quoting_loses_nothing)
{
	enum { TRIES = 100000, MOST = 12 };
	static const char nasty[] = "\\x\"nu{}0a/\n\033\302\205\342\200\256\377";

	srand(1);
	for (int i = 0; i < TRIES; i++) {
		char bytes[MOST], back[MOST * 10];
		size_t len = rand() % (MOST + 1), out_len, back_len = 0;
		const char *out;

		for (size_t j = 0; j < len; j++)
			bytes[j] = rand() % 4 ? nasty[rand() % sizeof(nasty)] :
						rand();
		out = quoted(bytes, len, &out_len);
		ASSERT_TRUE(is_safe(out, out_len));
		ASSERT_TRUE(unquoted(out, out_len, back, &back_len));
		ASSERT_EQ(len, back_len);
		ASSERT_EQ(0, memcmp(bytes, back, len));
	}
}

TEST(hostile_names_stay_on_one_line)
{
	char all[255], args[256];
	struct event event = hit;
	const char *line;
	size_t len;

	for (int i = 0; i < 255; i++)
		all[i] = i + 1;
	memcpy(args, all, sizeof(all));
	args[255] = '\0';
	event.comm = (struct bytes) { all, sizeof(all) };
	event.canonical = event.comm;
	event.typed = (struct bytes) { all + 1, sizeof(all) - 1 };
	event.pattern = event.comm;
	event.args = (struct bytes) { args, sizeof(args) };

	line = line_of(&event);
	len = strlen(line);
	EXPECT_EQ('\n', line[len - 1]);
	EXPECT_TRUE(is_safe(line, len - 1)) {
		TH_LOG("%s", line);
	}
	EXPECT_NE(NULL, strstr(line, " seq=23\n"));
}

/* As long as a record can hold, each byte four times as long. */
TEST(longest_name)
{
	static char name[SHMEXEC_RECORD_MAX];
	struct event event = hit;
	size_t len;

	memset(name, 0xff, sizeof(name));
	event.canonical = (struct bytes) { name, sizeof(name) };
	len = strlen(line_of(&event)) - strlen(line_of(&hit));
	/* Now the other names differ, and are said as well. */
	EXPECT_EQ(4 * sizeof(name) - hit.canonical.len +
		  strlen(" typed=\"\" directory=\"\"") +
		  hit.typed_path.len + hit.directory.len, len);
}

TEST_HARNESS_MAIN
