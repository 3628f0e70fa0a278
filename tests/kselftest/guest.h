/* SPDX-License-Identifier: GPL-2.0 */
/* What the tests in the guest share: programs to run, records to look at. */
#ifndef _GUEST_H
#define _GUEST_H

#include <fcntl.h>
#include <linux/limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* A kernel that is some times slower than others is booted with slow=TIMES. */
static inline unsigned int slowness(void)
{
	const char *slow = getenv("slow");

	return slow ? atoi(slow) : 1;
}

/* The time that a test may take. */
#define alarm(seconds)	alarm((seconds) * slowness())
#include "kselftest_harness.h"
#undef alarm

#include "uapi/shmexec.h"

#define DEVICE	"/dev/shmexec"
#define PAYLOAD	"/files/payload"
#define NOBODY	65534

/* Records as they came from one read. */
struct batch {
	unsigned char buf[8 * SHMEXEC_RECORD_MAX];
	ssize_t len;
};

static inline void fatal(const char *what)
{
	printf("Bail out! %s: %s\n", what, strerror(errno));
	exit(1);
}

static inline void copy_file(const char *from, const char *to, mode_t mode)
{
	char buf[65536];
	int in = open(from, O_RDONLY), out;
	ssize_t n;

	unlink(to);
	out = open(to, O_WRONLY | O_CREAT | O_EXCL, 0700);
	if (in < 0 || out < 0)
		fatal(to);
	while ((n = read(in, buf, sizeof(buf))) > 0)
		if (write(out, buf, n) != n)
			fatal(to);
	if (n < 0 || fchmod(out, mode) || close(out) || close(in))
		fatal(to);
}

/*
 * Whether the kernel has what @path is there for.  Each has, but for one whose
 * guest has been given a file that says that it may lack things.
 */
static inline bool kernel_has(const char *path)
{
	if (!access(path, F_OK))
		return true;
	if (access("/files/lacking", F_OK))
		fatal(path);
	return false;
}

/* The number in a file that the rig may have given. */
static inline unsigned long file_number(const char *path, unsigned long otherwise)
{
	char text[32] = "";
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return otherwise;
	if (read(fd, text, sizeof(text) - 1) <= 0)
		fatal(path);
	close(fd);
	return strtoul(text, NULL, 0);
}

/* Waits for @pid: 0 if it ended with exit(0), else something else. */
static inline int wait_for(pid_t pid)
{
	int status;

	if (pid < 0)
		fatal("fork");
	while (waitpid(pid, &status, 0) != pid)
		if (errno != EINTR)
			fatal("waitpid");
	return status;
}

/* Executes in a child, which exits with errno where that fails. */
static inline pid_t start(const char *path, char *const argv[])
{
	static char *const env[] = { NULL };
	pid_t pid = fork();

	if (!pid) {
		execve(path, argv, env);
		_exit(errno);
	}
	return pid;
}

/* As fork(), with flags of clone(2), whose arguments differ where clone3's do not. */
static inline pid_t fork_with(__u64 flags)
{
	__u64 args[8] = { flags, [4] = SIGCHLD };

	return syscall(SYS_clone3, args, sizeof(args));
}

static inline int run_argv(const char *path, char *const argv[])
{
	return wait_for(start(path, argv));
}

static inline int run(const char *path)
{
	char *argv[] = { (char *)path, NULL };

	return run_argv(path, argv);
}

static inline int open_reader(void)
{
	int fd = open(DEVICE, O_RDONLY | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0)
		fatal(DEVICE);
	return fd;
}

/* Reads all there is and keeps the last batch only. */
static inline void drain(int fd)
{
	static struct batch batch;

	while (read(fd, batch.buf, sizeof(batch.buf)) > 0)
		;
	if (errno != EAGAIN)
		fatal("read");
}

/* The record behind @rec, or the first one; NULL after the last. */
static inline const struct shmexec_hdr *next(const struct batch *batch,
					     const struct shmexec_hdr *rec)
{
	const unsigned char *p = rec ? (const unsigned char *)rec + rec->len :
				 batch->buf;

	return p < batch->buf + batch->len ? (const void *)p : NULL;
}

/* How many records there are; the batch holds them. */
static inline int read_batch(int fd, struct batch *batch)
{
	const struct shmexec_hdr *rec = NULL;
	int n = 0;

	memset(batch->buf, 0xcc, sizeof(batch->buf));
	batch->len = read(fd, batch->buf, sizeof(batch->buf));
	if (batch->len < 0 && errno != EAGAIN)
		fatal("read");
	while ((rec = next(batch, rec)))
		n++;
	return n;
}

static inline const char *text_of(const struct shmexec_exec *exec,
				  const struct shmexec_str *str)
{
	return (const char *)exec + str->off;
}

static inline bool text_is(const struct shmexec_exec *exec,
			   const struct shmexec_str *str, const void *text,
			   size_t len)
{
	return str->off && str->len == len &&
	       !memcmp(text_of(exec, str), text, len);
}

#endif
