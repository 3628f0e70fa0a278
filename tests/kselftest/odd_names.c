// SPDX-License-Identifier: GPL-2.0
/* Names that break software: cases 15 to 21. */
#include "case.h"

CASES(odd)

TEST_F(odd, c15_named_deleted)
{
	static const char * const name[] = {
		"/dev/shm/x (deleted)", "/dev/shm/ (deleted)",
		"/dev/shm/x (deleted) (deleted)", "/dev/shm/x (deleted) ",
	};

	for (size_t i = 0; i < sizeof(name) / sizeof(*name); i++) {
		copy_file(PAYLOAD, name[i], 0755);
		EXPECT_EQ(0, run(name[i]));
		EXPECT_HIT(C | T | D, name[i]);
	}
}

/* Executes @path by a descriptor after it was unlinked. */
static int run_unlinked(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	char *argv[] = { (char *)path, NULL };

	must(unlink(path), path);
	return IN_CHILD(must(dup2(fd, 100) < 0, "dup2");
			fexecve(100, argv, argv + 1));
}

TEST_F(odd, c16_c17_unlinked)
{
	static const char * const name[] = {
		"/dev/shm/d", "/dev/shm/y (deleted)", "/dev/shm/ (deleted)",
		"/dev/shm/y (deleted) (deleted)",
	};

	for (size_t i = 0; i < sizeof(name) / sizeof(*name); i++) {
		copy_file(PAYLOAD, name[i], 0755);
		EXPECT_EQ(0, run_unlinked(name[i]));
		EXPECT_HIT(C | D, name[i], .typed = "/dev/fd/100",
			   .args = name[i], .args_len = strlen(name[i]) + 1,
			   .flags = SHMEXEC_F_DELETED);
	}
	copy_file(PAYLOAD, "/run/d (deleted)", 0755);
	EXPECT_EQ(0, run_unlinked("/run/d (deleted)"));
	EXPECT_HIT(D, "/var/run/d (deleted)", .canonical = "/run/d (deleted)",
		   .typed = "/dev/fd/100", .args = "/run/d (deleted)",
		   .args_len = 17, .flags = SHMEXEC_F_DELETED,
		   .pattern = "/var/run/*");
}

TEST_F(odd, c18_c19_bytes)
{
	static const char * const name[] = {
		"/dev/shm/a\nb", "/dev/shm/a\rb", "/dev/shm/a\tb",
		"/dev/shm/\033[31mred\033[0m", "/dev/shm/%s%n%d",
		"/dev/shm/\"quoted\"", "/dev/shm/back\\slash", "/dev/shm/*?[a]",
		"/dev/shm/  two  spaces  ", "/dev/shm/\xc3\xa4\xe2\x82\xac",
		"/dev/shm/\xff\xfe", "/dev/shm/\x01\x7f\xc2\x9b",
		"/dev/shm/\xe2\x80\xae\xe2\x80\xa8", "/dev/shm/,", "/dev/shm/-",
		"/dev/shm/...", "/dev/shm/..x", "/dev/shm/.x.",
	};
	char all[256 + 16] = "/dev/shm/";

	for (size_t i = 0; i < sizeof(name) / sizeof(*name); i++) {
		copy_file(PAYLOAD, name[i], 0755);
		EXPECT_EQ(0, run(name[i]));
		EXPECT_HIT(C | T | D, name[i]);
	}
	for (int c = 1, n = strlen(all); c < 256; c++)
		if (c != '/')
			all[n++] = c;
	copy_file(PAYLOAD, all, 0755);
	EXPECT_EQ(0, run(all));
	EXPECT_HIT(C | T | D, all);
}

/* "/dev/shm", @n times "/" and @name, and "/leaf". */
static char *deep_path(const char *top, const char *name, int n)
{
	char *path = malloc(PATH_MAX), *p = stpcpy(path, top);

	while (n--)
		p += sprintf(p, "/%s", name);
	strcpy(p, "/leaf");
	return path;
}

TEST_F(odd, c20_long_paths)
{
	char name[NAME_MAX + 1], *path[3];

	memset(name, 'n', NAME_MAX);
	name[NAME_MAX] = '\0';
	path[0] = deep_path("/dev/shm", "dir-8b", 171);	/* 1,216 bytes */
	path[1] = deep_path("/dev/shm", "c", 118);	/* 120 components */
	path[2] = deep_path("/dev/shm", name, 1);
	EXPECT_LE(1200, strlen(path[0]));

	for (int i = 0; i < 3; i++) {
		payload_at(path[i]);
		EXPECT_EQ(0, run(path[i]));
		EXPECT_HIT(C | T | D, path[i]);
		EXPECT_EQ(0, run_in("/dev", path[i] + strlen("/dev/")));
		EXPECT_HIT(C | T | D, path[i], .typed = path[i] + strlen("/dev/"),
			   .typed_path = path[i]);
		free(path[i]);
	}
}

/* A file in a chain of @n directories, each called @name, below @top. */
static int run_deep(const char *top, const char *name, int n, bool relative)
{
	int fd = open(top, O_PATH | O_DIRECTORY | O_CLOEXEC), below, self;
	char *argv[] = { "a", NULL };

	must(fd < 0, top);
	while (n--) {
		must(mkdirat(fd, name, 0755) && errno != EEXIST, name);
		below = openat(fd, name, O_PATH | O_DIRECTORY | O_CLOEXEC);
		must(below < 0, name);
		close(fd);
		fd = below;
	}
	return IN_CHILD(must(fchdir(fd), name);
			copy_file(PAYLOAD, "leaf", 0755);
			if (relative)
				become("./leaf", "a");
			self = open("leaf", O_RDONLY | O_CLOEXEC);
			execveat_(self, "", argv, AT_EMPTY_PATH));
}

static void check_cut_name(struct __test_metadata *_metadata,
			   const struct shmexec_exec *exec,
			   const struct shmexec_str *str, const char *head)
{
	const char *text = text_of(exec, str);

	ASSERT_NE(0, str->off);
	EXPECT_EQ(0, strncmp(text, head, strlen(head)))
		TH_LOG("'%.*s'", (int)str->len, text);
	EXPECT_EQ(0, memcmp(text + str->len - 5, "/leaf", 5));
}

/* The name's head and its last component are there. */
static void check_cut(struct __test_metadata *_metadata,
		      struct case_state *state, __u32 views, __u32 flags,
		      const char *head)
{
	const struct shmexec_exec *exec = only_hit(_metadata, state);

	EXPECT_EQ(SHMEXEC_F_NAME_CUT | flags, exec->flags);
	EXPECT_EQ(views, exec->views);
	EXPECT_GE(PATH_MAX, exec->canonical.len);
	EXPECT_LT(PATH_MAX - 3 * NAME_MAX, exec->canonical.len);
	check_cut_name(_metadata, exec, &exec->canonical, head);
	if (views & T)
		check_cut_name(_metadata, exec, &exec->typed_path, head);
	if (views & D)
		check_cut_name(_metadata, exec, &exec->directory, head);
	EXPECT_TRUE(text_is(exec, &exec->args, "a", 2));
}

/* To write so deep a name takes so long that it may not be known if they do. */
static void let_others_rename(bool let)
{
	pid_t restless = file_number("/restless.pid", 0);

	if (restless)
		must(kill(restless, let ? SIGCONT : SIGSTOP), "/restless.pid");
}

TEST_F(odd, c21_longer_than_a_path)
{
	char name[NAME_MAX + 1];

	let_others_rename(false);
	memset(name, 'n', NAME_MAX);
	name[NAME_MAX] = '\0';
	EXPECT_EQ(0, run_deep("/dev/shm", name, 24, false));
	check_cut(_metadata, &self->state, C | D,
		  SHMEXEC_F_DIRECTORY_CUT | SHMEXEC_F_CWD_CUT, "/dev/shm/nnn");
	EXPECT_EQ(0, run_deep("/dev/shm", "s", 3000, false));
	/* Now the names leave no room for the working directory. */
	check_cut(_metadata, &self->state, C | D, SHMEXEC_F_DIRECTORY_CUT,
		  "/dev/shm/s/s/s/s");
	EXPECT_EQ(0, run_deep("/dev/shm", "s", 3000, true));
	check_cut(_metadata, &self->state, C | T | D,
		  SHMEXEC_F_TYPED_CUT | SHMEXEC_F_DIRECTORY_CUT,
		  "/dev/shm/s/s/s/s");
	EXPECT_EQ(0, run_deep("/mnt", "s", 3000, false));
	EXPECT_EQ(0, run_deep("/mnt", "s", 3000, true));
	EXPECT_NO_HIT();
	let_others_rename(true);
}

/* On one filesystem with the root, so that only the head tells. */
TEST_F(odd, c21_c24_longer_than_a_path_in_a_chroot)
{
	let_others_rename(false);
	payload_at("/c" PAYLOAD);
	payload_at("/c/dev/shm/p");
	EXPECT_EQ(0, IN_CHILD(must(chroot("/c"), "/c");
			      _exit(run_deep("/dev/shm", "s", 3000, false) ? 1 : 0)));
	check_cut(_metadata, &self->state, C, SHMEXEC_F_CWD_CUT,
		  "/dev/shm/s/s/s/s");
	EXPECT_EQ(0, run_deep("/c/dev/shm", "s", 3000, false));
	EXPECT_NO_HIT();
	let_others_rename(true);
}

/* Not even the head of a path can be written where a mount is that deep. */
static int run_on_a_deep_mount(const char *below)
{
	char name[NAME_MAX + 1];

	memset(name, 'm', NAME_MAX);
	name[NAME_MAX] = '\0';
	own_mounts();
	must(chdir(below), below);
	for (int i = 0; i < 24; i++)
		must((mkdir(name, 0755) && errno != EEXIST) || chdir(name), name);
	must(mount("none", ".", "tmpfs", 0, NULL), name);
	must(chdir("..") || chdir(name), name);
	return run_deep(".", "s", 1, false);
}

TEST_F(odd, c21_path_that_cannot_be_known)
{
	const struct shmexec_exec *exec;

	/* Where it begins is known all the same. */
	EXPECT_EQ(0, IN_CHILD(_exit(run_on_a_deep_mount("/mnt") ? 1 : 0)));
	EXPECT_NO_HIT();
	EXPECT_EQ(0, IN_CHILD(_exit(run_on_a_deep_mount("/dev/shm") ? 1 : 0)));
	exec = only_hit(_metadata, &self->state);
	EXPECT_EQ(SHMEXEC_F_NAME_CUT, exec->flags);
	EXPECT_EQ(0, exec->views);
	EXPECT_EQ(0, exec->canonical.off);
	EXPECT_EQ(0, exec->pattern.off);
	EXPECT_TRUE(text_is(exec, &exec->args, "a", 2));
}

/* The same with shm on that mount: no path tells, but the directory does. */
static int run_on_a_deep_bind_mount(void)
{
	char name[NAME_MAX + 1];

	memset(name, 'm', NAME_MAX);
	name[NAME_MAX] = '\0';
	own_mounts();
	must(chdir("/mnt"), "/mnt");
	for (int i = 0; i < 24; i++)
		must((mkdir(name, 0755) && errno != EEXIST) || chdir(name), name);
	must(mount("/dev/shm", ".", NULL, MS_BIND, NULL), name);
	must(chdir("..") || chdir(name), name);
	become("./p", "a");
	return 1;
}

TEST_F(odd, n03_bind_mount_that_cannot_be_known)
{
	const struct shmexec_exec *exec;

	EXPECT_EQ(0, IN_CHILD(run_on_a_deep_bind_mount()));
	exec = only_hit(_metadata, &self->state);
	EXPECT_EQ(SHMEXEC_F_NAME_CUT | SHMEXEC_F_TYPED_CUT, exec->flags);
	EXPECT_EQ(D, exec->views);
	EXPECT_EQ(0, exec->canonical.off);
	EXPECT_TRUE(text_is(exec, &exec->directory, P, strlen(P)));
}

/* The root of the task is itself deeper than a path can say. */
static int run_deep_below_a_deep_root(void)
{
	char name[NAME_MAX + 1];

	memset(name, 'r', NAME_MAX);
	name[NAME_MAX] = '\0';
	must(chdir("/c"), "/c");
	for (int i = 0; i < 24; i++)
		must((mkdir(name, 0755) && errno != EEXIST) || chdir(name), name);
	must(mkdir("dev", 0755) || mkdir("dev/shm", 0755) ||
	     mkdir("files", 0755), name);
	copy_file(PAYLOAD, "files/payload", 0755);
	must(chroot("."), name);
	return run_deep("/dev/shm", "s", 3000, false);
}

TEST_F(odd, c21_c24_deep_root)
{
	let_others_rename(false);
	mkdir("/c", 0755);
	EXPECT_EQ(0, IN_CHILD(_exit(run_deep_below_a_deep_root() ? 1 : 0)));
	check_cut(_metadata, &self->state, C,
		  SHMEXEC_F_CWD_CUT | SHMEXEC_F_ROOT_CUT, "/dev/shm/s/s/s/s");
	let_others_rename(true);
}

/* Long names and long arguments together: the names come first. */
TEST_F(odd, n04_long_names_leave_less_for_the_arguments)
{
	char *path = deep_path("/dev/shm", "dir-8b", 300), *arg = malloc(8192);
	char *argv[] = { "a", arg, NULL };
	const struct shmexec_exec *exec;

	memset(arg, 'x', 8191);
	arg[8191] = '\0';
	payload_at(path);
	EXPECT_EQ(0, IN_CHILD(must(chdir("/dev"), "/dev");
			      execv(path + strlen("/dev/"), argv)));
	exec = only_hit(_metadata, &self->state);
	EXPECT_EQ(C | T | D, exec->views);
	EXPECT_EQ(SHMEXEC_F_ARGS_CUT, exec->flags);
	EXPECT_LE(1000, exec->args.len);
	EXPECT_GT(SHMEXEC_ARGS_MAX, exec->args.len);
	EXPECT_EQ(8194, exec->args_size);
	check_text(_metadata, exec, "canonical", &exec->canonical, path);
	check_text(_metadata, exec, "typed_path", &exec->typed_path, path);
	check_text(_metadata, exec, "directory", &exec->directory, path);
	free(path);
	free(arg);
}

TEST_HARNESS_MAIN
