/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A case: something is executed, and then there is one hit that says what it
 * should, or none.  The number in a test's name is that of its case in the
 * project's list; n01 and so on are neighbours of those.
 */
#ifndef _CASE_H
#define _CASE_H

#include "guest.h"
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/syscall.h>

#define P	"/dev/shm/p"

#define C	SHMEXEC_VIEW_CANONICAL
#define T	SHMEXEC_VIEW_TYPED
#define D	SHMEXEC_VIEW_DIRECTORY

/* The value of a name that must not be known. */
#define UNKNOWN	""

/* What a hit must say; what is not given here is what is usual. */
struct want {
	__u32 views;
	const char *executable;	/* the name that hit */
	const char *canonical;	/* executable */
	const char *typed;	/* executable */
	const char *typed_path;	/* typed */
	const char *directory;	/* executable if D is there, else UNKNOWN */
	const char *pattern;	/* "/dev/shm/" "*" */
	const char *interp;	/* UNKNOWN */
	__u32 flags;		/* none */
	const char *args;	/* one: typed */
	size_t args_len;
	__u32 args_count;	/* 1 */
	pid_t pid;		/* any */
	bool stranger;		/* its parent is not this process */
};

struct case_state {
	int fd;
	struct batch *batch;
};

static inline void case_begin(struct case_state *state)
{
	copy_file(PAYLOAD, P, 0755);
	state->fd = open_reader();
	drain(state->fd);
	state->batch = malloc(sizeof(*state->batch));
}

static inline void case_end(struct case_state *state)
{
	close(state->fd);
	free(state->batch);
}

#define CASES(name)							\
	FIXTURE(name) { struct case_state state; };			\
	FIXTURE_SETUP(name) { case_begin(&self->state); }		\
	FIXTURE_TEARDOWN(name) { case_end(&self->state); }

static inline void check_text(struct __test_metadata *_metadata,
			      const struct shmexec_exec *exec, const char *what,
			      const struct shmexec_str *str, const char *text)
{
	bool same = *text ? text_is(exec, str, text, strlen(text)) : !str->off;

	EXPECT_TRUE(same)
		TH_LOG("%s is '%.*s' instead of '%s'", what,
		       str->off ? (int)str->len : 0, text_of(exec, str), text);
}

/* As the logger has it: the first of the names that hit. */
static inline const struct shmexec_str *executable(const struct shmexec_exec *exec)
{
	if (exec->views & C)
		return &exec->canonical;
	return exec->views & T ? &exec->typed_path : &exec->directory;
}

static inline void check_names(struct __test_metadata *_metadata,
			       const struct shmexec_exec *exec,
			       const struct want *want)
{
	const char *typed = want->typed ?: want->executable;
	const char *directory = want->views & D ? want->executable : UNKNOWN;

	check_text(_metadata, exec, "executable", executable(exec), want->executable);
	check_text(_metadata, exec, "canonical", &exec->canonical,
		   want->canonical ?: want->executable);
	check_text(_metadata, exec, "typed", &exec->typed, typed);
	check_text(_metadata, exec, "typed_path", &exec->typed_path,
		   want->typed_path ?: typed);
	check_text(_metadata, exec, "directory", &exec->directory,
		   want->directory ?: directory);
	check_text(_metadata, exec, "pattern", &exec->pattern,
		   want->pattern ?: "/dev/shm/*");
	check_text(_metadata, exec, "interp", &exec->interp,
		   want->interp ?: UNKNOWN);
}

/* One hit since the last look, and nothing else. */
static inline const struct shmexec_exec *
check_hit(struct __test_metadata *_metadata, struct case_state *state,
	  const struct want *want)
{
	const char *args = want->args ?: want->typed ?: want->executable;
	const struct shmexec_exec *exec;

	ASSERT_EQ(1, read_batch(state->fd, state->batch))
		TH_LOG("%s", want->executable);
	exec = (const void *)next(state->batch, NULL);
	EXPECT_EQ(SHMEXEC_TYPE_EXEC, exec->hdr.type);
	EXPECT_EQ(want->views, exec->views)
		TH_LOG("%s", want->executable);
	EXPECT_EQ(want->flags, exec->flags)
		TH_LOG("%s", want->executable);
	check_names(_metadata, exec, want);
	EXPECT_EQ(want->args_count ?: 1, exec->args_count);
	EXPECT_TRUE(text_is(exec, &exec->args, args,
			    want->args ? want->args_len : strlen(args) + 1));
	EXPECT_EQ(exec->args.len, exec->args_size);
	EXPECT_EQ(exec->pid, exec->tid);
	if (want->pid)
		EXPECT_EQ(want->pid, exec->pid);
	if (!want->stranger)
		EXPECT_EQ(getpid(), exec->ppid);
	EXPECT_EQ(0, exec->euid);
	return exec;
}

#define EXPECT_HIT(_views, _executable, ...)				\
	check_hit(_metadata, &self->state, &(const struct want) {	\
		.views = _views, .executable = _executable, __VA_ARGS__ })
#define EXPECT_NO_HIT()							\
	EXPECT_EQ(0, read_batch(self->state.fd, self->state.batch))

/* The only record since the last look, for what EXPECT_HIT() cannot say. */
static inline const struct shmexec_exec *
only_hit(struct __test_metadata *_metadata, struct case_state *state)
{
	ASSERT_EQ(1, read_batch(state->fd, state->batch));
	return (const void *)next(state->batch, NULL);
}

/* Does @act in a child, so that its mounts, ids and directory are its own. */
#define IN_CHILD(act) ({						\
	pid_t child_ = fork();						\
	if (!child_) {							\
		act;							\
		fatal(#act);						\
	}								\
	wait_for(child_);						\
})

static inline void must(int failed, const char *what)
{
	if (failed)
		fatal(what);
}

static inline void own_mounts(void)
{
	must(unshare(CLONE_NEWNS), "unshare");
	must(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL), "private");
}

static inline void mount_on(const char *type, const char *at)
{
	must(mkdir(at, 0755) && errno != EEXIST, at);
	must(mount("none", at, type, 0, NULL), at);
}

static inline void bind_mount(const char *from, const char *at)
{
	must(mkdir(at, 0755) && errno != EEXIST, at);
	must(mount(from, at, NULL, MS_BIND, NULL), at);
}

static inline void become(const char *path, const char *arg0)
{
	execl(path, arg0, NULL);
	_exit(errno);
}

/* A copy of the payload, in directories that are made if need be. */
static inline const char *payload_at(const char *path)
{
	char *dir = strdup(path), *slash = dir;

	while ((slash = strchr(slash + 1, '/'))) {
		*slash = '\0';
		must(mkdir(dir, 0755) && errno != EEXIST, dir);
		*slash = '/';
	}
	free(dir);
	copy_file(PAYLOAD, path, 0755);
	return path;
}

/* A file of the kernel's. */
static inline void write_to(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	must(fd < 0 || write(fd, text, strlen(text)) < 0 || close(fd), path);
}

static inline void write_file(const char *path, const char *text, mode_t mode)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0700);

	must(fd < 0 || write(fd, text, strlen(text)) < 0, path);
	must(fchmod(fd, mode) || close(fd), path);
}

static inline void load_module(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	must(fd < 0, path);
	must(syscall(SYS_finit_module, fd, "", 0) && errno != EEXIST, path);
	close(fd);
}

static inline int run_in(const char *directory, const char *path)
{
	return IN_CHILD(must(chdir(directory), directory); become(path, path));
}

static inline int execveat_(int dir, const char *path, char *const argv[],
			    int flags)
{
	static char *const env[] = { NULL };

	return syscall(SYS_execveat, dir, path, argv, env, flags);
}

/* What the logger does when the mount table has changed. */
static inline void resolve(int fd)
{
	must(ioctl(fd, SHMEXEC_IOC_RESOLVE), "SHMEXEC_IOC_RESOLVE");
}

#endif
