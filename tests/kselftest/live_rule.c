// SPDX-License-Identifier: GPL-2.0
/* The rule, changed while the module runs. */
#include "params.h"
#include <linux/capability.h>
#include <sys/prctl.h>
#include <time.h>

FIXTURE(rule) { struct case_state state; };

FIXTURE_SETUP(rule)
{
	set_defaults();
	case_begin(&self->state);
}

FIXTURE_TEARDOWN(rule)
{
	case_end(&self->state);
	set_defaults();
}

TEST_F(rule, defaults)
{
	static const struct {
		const char *name, *value;
	} row[] = {
		{ "include", INCLUDE "\n" },	{ "exclude", EXCLUDE "\n" },
		{ "uid", "0\n" },		{ "views", VIEWS "\n" },
		{ "ignore_case", "Y\n" },	{ "lock", "N\n" },
		{ "ring_kb", "256\n" },
	};
	struct stat st;
	char path[64];

	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		EXPECT_STREQ(row[i].value, get_param(row[i].name));
		snprintf(path, sizeof(path), PARAMETERS "%s", row[i].name);
		ASSERT_EQ(0, stat(path, &st));
		EXPECT_EQ(strcmp(row[i].name, "ring_kb") ? 0100600 : 0100400,
			  st.st_mode);
	}
}

/* @len times @c, "/" first. */
static char *path_of_length(int len, char c)
{
	char *text = malloc(len + 1);

	memset(text, c, len);
	text[0] = '/';
	text[len] = '\0';
	return text;
}

/* @n patterns of @len bytes each. */
static char *list_of(int n, int len)
{
	char *list = calloc(n, len + 1), *one = path_of_length(len, 'x');

	for (int i = 0; i < n; i++) {
		strcat(list, i ? "," : "");
		strcat(list, one);
	}
	free(one);
	return list;
}

TEST_F(rule, what_is_taken_reads_back)
{
	const struct {
		const char *name, *value, *reads;
	} row[] = {
		{ "include", "/dev/shm/*" },
		{ "include", "*" },
		{ "include", "?" },
		{ "include", "/a b/%s\\\"'$(x)*,/\xc3\xa4/\xff*" },
		{ "include", "/...,/..x/.y./z" },
		{ "include", "/dev/shm/*\n", "/dev/shm/*" },
		{ "include", path_of_length(255, 'x') },
		{ "include", list_of(32, 62) },
		{ "include", list_of(8, 255) },
		{ "exclude", "\n", "" },
		{ "exclude", "/x*,/y*" },
		{ "uid", "any" },	{ "uid", "any\n", "any" },
		{ "uid", "65534" },	{ "uid", "4294967294" },
		{ "uid", "0" },		{ "uid", "+7", "7" },
		{ "uid", "007", "7" },
		{ "views", "typed" },	{ "views", "directory\n", "directory" },
		{ "views", "directory,canonical", "canonical,directory" },
		{ "views", "typed,typed", "typed" },
		{ "ignore_case", "N" },	{ "ignore_case", "1", "Y" },
		{ "ignore_case", "off", "N" },	{ "ignore_case", "y\n", "Y" },
		{ "lock", "N" },	{ "lock", "0", "N" },
	};

	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		const char *reads = row[i].reads ?: row[i].value;
		char text[4097];

		EXPECT_EQ(0, set_param(row[i].name, row[i].value))
			TH_LOG("%s=%s", row[i].name, row[i].value);
		snprintf(text, sizeof(text), "%s", get_param(row[i].name));
		EXPECT_EQ(strlen(reads) + 1, strlen(text));
		EXPECT_EQ(0, strncmp(reads, text, strlen(reads)))
			TH_LOG("%s=%s reads %s", row[i].name, row[i].value, text);
		/* And what it reads sets it again. */
		EXPECT_EQ(0, set_param(row[i].name, text));
		EXPECT_STREQ(text, get_param(row[i].name));
	}
}

TEST_F(rule, what_is_refused_changes_nothing)
{
	/* The log writes a backslash as \x5c. */
	const struct {
		const char *name, *value;
		int error;
		const char *says;
	} row[] = {
		{ "include", "\n", EINVAL, "include: \"\" at byte 1 is refused: no pattern" },
		{ "include", "dev/shm/*", EINVAL,
		  "include: \"dev/shm/*\" at byte 1 is refused: it begins with neither" },
		{ "include", "/dev/shm/*, /tmp/*", EINVAL, "\" /tmp/*\" at byte 12" },
		{ "include", "/dev/shm/*,", EINVAL,
		  "\"\" at byte 12 is refused: a pattern is empty" },
		{ "include", ",/dev/shm/*", EINVAL, "\"\" at byte 1" },
		{ "include", "/a,,/b", EINVAL, "\"\" at byte 4" },
		{ "include", "/dev/shm/", EINVAL,
		  "\"/dev/shm/\" at byte 9 is refused: an empty, '.' or '..' component" },
		{ "include", "/dev//shm/*", EINVAL, "at byte 5" },
		{ "include", "/a,/dev/./shm/*", EINVAL, "\"/dev/./shm/*\" at byte 8" },
		{ "include", "/dev/../shm/*", EINVAL, "at byte 5" },
		{ "include", "/", EINVAL, "\"/\" at byte 1" },
		{ "include", "/a/..", EINVAL, "at byte 3" },
		{ "include", "/a\n/b", EINVAL, "\"/a\\x5cn/b\" at byte 3 is refused: a control" },
		{ "include", "/a\n\n", EINVAL, "at byte 3" },
		{ "include", "/\033[31m", EINVAL, "\"/\\x5ce[31m\" at byte 2" },
		{ "include", "/a\177", EINVAL, "at byte 3" },
		{ "include", path_of_length(256, 'x'), E2BIG,
		  "at byte 256 is refused: a pattern is longer than 255" },
		{ "include", list_of(33, 20), E2BIG,
		  "at byte 673 is refused: there are more than 32" },
		{ "include", list_of(9, 255), E2BIG,
		  "at byte 2048 is refused: the list is longer than 2047" },
		{ "exclude", "x", EINVAL, "exclude: \"x\" at byte 1" },
		{ "exclude", ",", EINVAL, "exclude: \"\" at byte 1" },
		{ "exclude", list_of(33, 20), E2BIG, "exclude: " },
		{ "uid", "\n", EINVAL, "uid: \"\" at byte 1 is refused: give a user id" },
		{ "uid", "root", EINVAL, "uid: \"root\"" },
		{ "uid", "-1", EINVAL, "uid: \"-1\"" },
		{ "uid", "4294967295", EINVAL, "uid: \"4294967295\"" },
		{ "uid", "4294967296", EINVAL, "uid: \"4294967296\"" },
		{ "uid", "0x10", EINVAL, "uid: \"0x10\"" },
		{ "uid", "any ", EINVAL, "uid: \"any \"" },
		{ "uid", "0,1", EINVAL, "uid: \"0,1\"" },
		{ "views", "\n", EINVAL,
		  "views: \"\" at byte 1 is refused: there is no such view" },
		{ "views", "typed,Canonical", EINVAL, "views: \"Canonical\" at byte 7" },
		{ "views", "canon", EINVAL, "views: \"canon\"" },
		{ "views", "typed,", EINVAL, "views: \"\" at byte 7" },
		{ "ignore_case", "\n", EINVAL,
		  "ignore_case: \"\" at byte 1 is refused: give Y or N" },
		{ "ignore_case", "maybe", EINVAL, "ignore_case: \"maybe\"" },
		{ "lock", "perhaps", EINVAL,
		  "lock: \"perhaps\" at byte 1 is refused: give Y or N" },
		{ "ring_kb", "512", EACCES, "" },
	};
	char before[4097];

	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		int log = log_begin();

		snprintf(before, sizeof(before), "%s", get_param(row[i].name));
		EXPECT_EQ(row[i].error, set_param(row[i].name, row[i].value))
			TH_LOG("%s=%s", row[i].name, row[i].value);
		EXPECT_STREQ(before, get_param(row[i].name));
		EXPECT_TRUE(log_says(log, row[i].says) || !*row[i].says)
			TH_LOG("%s=%s: the log does not say '%s'",
			       row[i].name, row[i].value, row[i].says);
	}
	EXPECT_EQ(0, run(P));
	EXPECT_HIT(C | T | D, P);
}

/* "/a\0/b" would be cut to "/a"; the kernel hands it over like that. */
TEST_F(rule, a_nul_ends_a_value)
{
	EXPECT_EQ(0, set_param_bytes("include", "/tmp/*\0/x", 9));
	EXPECT_STREQ("/tmp/*\n", get_param("include"));
}

TEST_F(rule, takes_effect_with_the_next_exec)
{
	payload_at("/tmp/p");
	payload_at("/run/p");
	EXPECT_EQ(0, run("/tmp/p"));
	EXPECT_NO_HIT();
	EXPECT_EQ(0, set_param("include", "/dev/shm/*,/tmp/*\n"));
	drain(self->state.fd);
	EXPECT_EQ(0, run("/tmp/p"));
	EXPECT_HIT(C | T | D, "/tmp/p", .pattern = "/tmp/*");
	EXPECT_EQ(0, run(P));
	EXPECT_HIT(C | T | D, P);
	EXPECT_EQ(0, run("/var/run/p"));
	EXPECT_NO_HIT();
	EXPECT_EQ(0, set_param("exclude", "/tmp/p"));
	drain(self->state.fd);
	EXPECT_EQ(0, run("/tmp/p"));
	EXPECT_NO_HIT();
	EXPECT_EQ(0, run(payload_at("/tmp/pp")));
	EXPECT_HIT(C | T | D, "/tmp/pp", .pattern = "/tmp/*");
}

/* The first that matches is told, and a directory that two begin with is one. */
TEST_F(rule, patterns)
{
	static const struct {
		const char *include, *exclude, *path, *hit;
		__u32 views;
	} row[] = {
		{ "/tmp/a*,/tmp/b*", "\n", "/tmp/bin", "/tmp/b*", C | T | D },
		{ "/tmp/a*,/tmp/b*", "\n", "/tmp/cin", NULL },
		{ "/tmp/bin", "\n", "/tmp/bin", "/tmp/bin", C | T | D },
		{ "/tmp/bin", "\n", "/tmp/binx", NULL },
		{ "/tmp/?in", "\n", "/tmp/bin", "/tmp/?in", C | T | D },
		{ "/t?p/bin", "\n", "/tmp/bin", "/t?p/bin", C | T },
		{ "*/bin", "\n", "/tmp/bin", "*/bin", C | T },
		{ "/tmp/*,/tmp/bin", "/tmp/*/x", "/tmp/bin", "/tmp/*", C | T | D },
		{ "/tmp/*", "/tmp/?in", "/tmp/bin", NULL },
		{ "/tmp/d/*", "\n", "/tmp/d/e/bin", "/tmp/d/*", C | T | D },
		{ "/tmp/d/*/bin", "\n", "/tmp/d/e/bin", "/tmp/d/*/bin", C | T | D },
		{ "/tmp/not/there/*", "\n", "/tmp/not/there/bin", "/tmp/not/there/*", C | T | D },
		{ "/tmp/*", "*", "/tmp/bin", NULL },
	};

	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		payload_at(row[i].path);
		EXPECT_EQ(0, set_param("include", row[i].include));
		EXPECT_EQ(0, set_param("exclude", row[i].exclude));
		drain(self->state.fd);
		EXPECT_EQ(0, run(row[i].path));
		if (row[i].hit)
			EXPECT_HIT(row[i].views, row[i].path, .pattern = row[i].hit);
		else
			EXPECT_NO_HIT();
	}
}

TEST_F(rule, views_one_by_one)
{
	payload_at("/mnt/disk/p");
	unlink("/dev/shm/out");
	ASSERT_EQ(0, symlink("/mnt/disk/p", "/dev/shm/out"));
	payload_at("/run/p");

	EXPECT_EQ(0, set_param("views", "canonical"));
	drain(self->state.fd);
	EXPECT_EQ(0, run(P));
	EXPECT_HIT(C, P, .directory = P);
	EXPECT_EQ(0, run("/dev/shm/out"));
	EXPECT_EQ(0, run("/var/run/p"));
	EXPECT_NO_HIT();

	EXPECT_EQ(0, set_param("views", "typed"));
	drain(self->state.fd);
	EXPECT_EQ(0, run(P));
	EXPECT_HIT(T, P, .directory = P);
	EXPECT_EQ(0, run("/dev/shm/../shm/p"));
	EXPECT_EQ(0, run("/run/p"));
	EXPECT_NO_HIT();

	EXPECT_EQ(0, set_param("views", "directory"));
	drain(self->state.fd);
	EXPECT_EQ(0, run(P));
	EXPECT_HIT(D, P);
	EXPECT_EQ(0, run("/dev/shm/out"));
	EXPECT_NO_HIT();
}

TEST_F(rule, ignore_case)
{
	payload_at("/dev/SHM/p");
	EXPECT_EQ(0, set_param("ignore_case", "N"));
	drain(self->state.fd);
	EXPECT_EQ(0, run("/dev/SHM/p"));
	EXPECT_NO_HIT();
	EXPECT_EQ(0, run(P));
	EXPECT_HIT(C | T | D, P);
	EXPECT_EQ(0, run(payload_at("/run/DOCKER/p")));
	EXPECT_HIT(D, "/var/run/DOCKER/p", .canonical = "/run/DOCKER/p",
		   .typed = "/run/DOCKER/p", .pattern = "/var/run/*");
	EXPECT_EQ(0, set_param("ignore_case", "Y"));
	drain(self->state.fd);
	EXPECT_EQ(0, run("/dev/SHM/p"));
	EXPECT_HIT(C | T, "/dev/SHM/p");
}

static int run_as(uid_t uid)
{
	return IN_CHILD(must(setgid(uid) || setuid(uid), P); become(P, P));
}

TEST_F(rule, uid)
{
	static const struct {
		const char *uid;
		bool root, nobody;
	} row[] = {
		{ "0", true, false }, { "65534", false, true },
		{ "any", true, true }, { "1", false, false },
	};

	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		EXPECT_EQ(0, set_param("uid", row[i].uid));
		drain(self->state.fd);
		EXPECT_EQ(0, run(P));
		EXPECT_EQ(row[i].root, read_batch(self->state.fd, self->state.batch));
		EXPECT_EQ(0, run_as(NOBODY));
		EXPECT_EQ(row[i].nobody, read_batch(self->state.fd, self->state.batch));
	}
}

/* All spellings of a directory are names of it: one excluded is all excluded. */
TEST_F(rule, exclude_by_any_spelling_of_a_directory)
{
	payload_at("/dev/shm/x/p");
	payload_at("/run/lock/x/p");
	EXPECT_EQ(0, set_param("exclude", "/dev/shm/x/*,/var/lock/x/*"));
	drain(self->state.fd);
	EXPECT_EQ(0, run("/dev/shm/x/p"));
	EXPECT_EQ(0, run("/var/lock/x/p"));
	EXPECT_EQ(0, run("/run/lock/x/p"));
	EXPECT_EQ(0, run_in("/run/lock/x", "./p"));
	EXPECT_NO_HIT();
	/* What was typed is judged by itself. */
	EXPECT_EQ(0, run("/run/shm/x/p"));
	EXPECT_HIT(T, "/run/shm/x/p", .canonical = "/dev/shm/x/p",
		   .directory = "/dev/shm/x/p", .pattern = "/run/shm/*");
	EXPECT_EQ(0, run(payload_at("/dev/shm/xx/p")));
	EXPECT_HIT(C | T | D, "/dev/shm/xx/p");
}

/* The name is the one by which it hit, of several that it has. */
TEST_F(rule, directory_that_is_included)
{
	payload_at("/run/lock/p");
	EXPECT_EQ(0, set_param("include", "/var/run/x*,/var/lock/*,/var/run/y*"));
	drain(self->state.fd);
	EXPECT_EQ(0, run("/run/lock/p"));
	EXPECT_HIT(D, "/var/lock/p", .canonical = "/run/lock/p",
		   .typed = "/run/lock/p", .pattern = "/var/lock/*");
}

static const struct shmexec_change *
only_change(struct __test_metadata *_metadata, struct case_state *state)
{
	const struct shmexec_change *change;

	ASSERT_EQ(1, read_batch(state->fd, state->batch));
	change = (const void *)next(state->batch, NULL);
	EXPECT_EQ(SHMEXEC_TYPE_RULE_CHANGED, change->hdr.type);
	EXPECT_EQ(sizeof(*change), change->hdr.hdr_len);
	return change;
}

static void check_value(struct __test_metadata *_metadata,
			const struct shmexec_change *change,
			const struct shmexec_str *str, const char *text)
{
	check_text(_metadata, (const void *)change, text, str, text);
}

TEST_F(rule, a_change_is_an_event)
{
	const struct shmexec_change *change;
	char comm[16];

	ASSERT_EQ(0, prctl(PR_GET_NAME, comm));
	EXPECT_EQ(0, set_param("include", "/tmp/*\n"));
	change = only_change(_metadata, &self->state);
	EXPECT_EQ(getpid(), change->pid);
	EXPECT_EQ(getppid(), change->ppid);
	EXPECT_EQ(0, change->uid);
	EXPECT_EQ(0, change->euid);
	EXPECT_EQ(SHMEXEC_ID_UNSET, change->loginuid);
	EXPECT_EQ(SHMEXEC_ID_UNSET, change->sessionid);
	check_value(_metadata, change, &change->parameter, "include");
	check_value(_metadata, change, &change->old_value, INCLUDE);
	check_value(_metadata, change, &change->new_value, "/tmp/*");
	check_value(_metadata, change, &change->comm, comm);

	EXPECT_EQ(0, set_param("uid", "any"));
	change = only_change(_metadata, &self->state);
	check_value(_metadata, change, &change->parameter, "uid");
	check_value(_metadata, change, &change->old_value, "0");
	check_value(_metadata, change, &change->new_value, "any");

	/* An empty list is known, and empty. */
	EXPECT_EQ(0, set_param("exclude", "\n"));
	change = only_change(_metadata, &self->state);
	EXPECT_NE(0, change->new_value.off);
	EXPECT_EQ(0, change->new_value.len);
}

TEST_F(rule, what_changes_nothing_is_no_event)
{
	EXPECT_EQ(0, set_param("include", INCLUDE "\n"));
	EXPECT_EQ(0, set_param("views", "directory,typed,canonical"));
	EXPECT_EQ(0, set_param("uid", "00"));
	EXPECT_EQ(EINVAL, set_param("uid", "x"));
	EXPECT_EQ(0, set_param("lock", "N"));
	EXPECT_NO_HIT();
}

static void without(int capability)
{
	struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
	struct __user_cap_data_struct data[2];

	must(syscall(SYS_capget, &header, data), "capget");
	data[capability / 32].effective &= ~(1U << capability % 32);
	must(syscall(SYS_capset, &header, data), "capset");
}

TEST_F(rule, needs_the_right_to_remove_the_module)
{
	EXPECT_EQ(EPERM, WEXITSTATUS(IN_CHILD(without(CAP_SYS_MODULE);
					      _exit(set_param("uid", "any")))));
	EXPECT_EQ(EPERM, WEXITSTATUS(IN_CHILD(without(CAP_SYS_MODULE);
					      _exit(set_param("lock", "Y")))));
	EXPECT_EQ(0, WEXITSTATUS(IN_CHILD(without(CAP_SYS_ADMIN);
					  _exit(set_param("uid", "0")))));
	EXPECT_EQ(EACCES, WEXITSTATUS(IN_CHILD(must(setuid(NOBODY), "setuid");
					       _exit(set_param("uid", "any")))));
	EXPECT_STREQ("0\n", get_param("uid"));
	EXPECT_STREQ("N\n", get_param("lock"));
}

/* 20 stars against a name of 4 KiB: an exec, and not a stalled CPU. */
TEST_F(rule, many_stars_do_not_stall)
{
	char list[2048] = "", path[PATH_MAX], *end = path;
	struct timespec from, to;
	long long ms;

	for (int i = 0; i < 32; i++) {
		strcat(list, i ? ",/dev/shm/" : "/dev/shm/");
		for (int star = 0; star < 20; star++)
			strcat(list, "*a");
		strcat(list, "b");
	}
	end = stpcpy(path, "/dev/shm");
	while (end - path < 3800) {
		*end++ = '/';
		memset(end, 'a', 200);
		end += 200;
	}
	strcpy(end, "/p");
	payload_at(path);
	EXPECT_EQ(0, set_param("include", list));
	drain(self->state.fd);
	clock_gettime(CLOCK_MONOTONIC, &from);
	EXPECT_EQ(0, run(path));
	clock_gettime(CLOCK_MONOTONIC, &to);
	EXPECT_NO_HIT();
	ms = ((long long)to.tv_sec - from.tv_sec) * 1000 +
	     (to.tv_nsec - from.tv_nsec) / 1000000;
	TH_LOG("%lld ms", ms);
	/* Under emulation, some twenty times slower than a machine. */
	EXPECT_GT(5000LL * slowness(), ms);
}

TEST_F(rule, counters)
{
	static const char * const name[] = {
		"execs", "execs_watched", "hits", "excluded", "lost",
	};
	unsigned long long was[5];

	payload_at("/run/docker/p");
	for (int i = 0; i < 5; i++)
		was[i] = counter(name[i]);
	EXPECT_EQ(0, run(P));
	EXPECT_EQ(0, run("/run/docker/p"));
	EXPECT_EQ(0, run("/var/run/docker/p"));
	EXPECT_EQ(0, run(PAYLOAD));
	EXPECT_EQ(0, run_as(NOBODY));
	EXPECT_EQ(ENOENT, WEXITSTATUS(run("/dev/shm/none")));
	EXPECT_EQ(was[0] + 5, counter("execs"));
	EXPECT_EQ(was[1] + 4, counter("execs_watched"));
	EXPECT_EQ(was[2] + 1, counter("hits"));
	EXPECT_EQ(was[3] + 2, counter("excluded"));
	EXPECT_EQ(was[4], counter("lost"));
}

/* What a reader has had is not lost when it is overwritten; the rest is. */
TEST_F(rule, counter_of_the_lost)
{
	char *arg = malloc(4096), *argv[] = { "x", arg, NULL };
	unsigned long long was, lost = 0;
	const struct shmexec_hdr *rec;
	int fd = open_reader();

	memset(arg, 'x', 4095);
	arg[4095] = '\0';
	/* All that is in the ring has been read. */
	was = counter("lost");
	for (int i = 0; i < 100; i++) {
		run_argv(P, argv);
		drain(self->state.fd);
	}
	EXPECT_EQ(was, counter("lost"));
	drain(fd);
	for (int i = 0; i < 100; i++)
		run_argv(P, argv);
	while (read_batch(fd, self->state.batch))
		for (rec = NULL; (rec = next(self->state.batch, rec));)
			if (rec->type == SHMEXEC_TYPE_LOST)
				lost += ((const struct shmexec_lost *)rec)->count;
	EXPECT_LT(0, lost);
	EXPECT_EQ(was + lost, counter("lost"));
	close(fd);
	free(arg);
}

/* Not below the root of the task: its path starts where no climb ends. */
TEST_F(rule, n24_file_from_outside_of_a_chroot)
{
	char *argv[] = { "a", NULL };
	int fd = open(PAYLOAD, O_RDONLY | O_CLOEXEC);

	ASSERT_EQ(0, set_param("include", "/files/*"));
	ASSERT_EQ(0, set_param("views", "canonical"));
	drain(self->state.fd);
	payload_at("/c/proc/p");
	EXPECT_EQ(0, IN_CHILD(must(dup2(fd, 100) < 0, "dup2");
			      must(chroot("/c") || chdir("/"), "chroot");
			      execveat_(100, "", argv, AT_EMPTY_PATH)));
	EXPECT_HIT(C, PAYLOAD, .typed = "/dev/fd/100", .args = "a",
		   .args_len = 2, .directory = PAYLOAD, .pattern = "/files/*",
		   .flags = SHMEXEC_F_UNREACHABLE);
	close(fd);
}

TEST_HARNESS_MAIN
