// SPDX-License-Identifier: GPL-2.0
/* The file that a cursor is kept in, and that it is this logger's. */
#include <errno.h>
#include <fcntl.h>
#include <linux/limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include "complain.h"
#include "keeper.h"
#include "options.h"
#include "output.h"

static int refuse(const char *name, const char *why)
{
	complain("cannot use the cursor", name, why);
	return FAILURE;
}

/* The longest of what is put behind the name of a cursor. */
#define SUFFIX	".lock"

/*
 * Others may write to the directory too: no link of theirs is followed, and
 * nothing waits for the other end of a pipe.
 */
static int open_lock(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK,
		      0600);
	struct stat st;

	if (fd < 0) {
		refuse(path, errno == ELOOP ? "it is a symbolic link" :
					      strerror(errno));
		return -1;
	}
	if (!fstat(fd, &st) && S_ISREG(st.st_mode))
		return fd;
	refuse(path, "it is no regular file");
	close(fd);
	return -1;
}

/* Held until the end: it is not the file itself, as that is replaced. */
static int lock_cursor(const char *name)
{
	char path[PATH_MAX];
	int fd;

	snprintf(path, sizeof(path), "%s" SUFFIX, name);
	fd = open_lock(path);
	if (fd < 0)
		return FAILURE;
	if (!flock(fd, LOCK_EX | LOCK_NB))
		return 0;
	/* A kernel built without locks keeps nobody out, nor should it us. */
	if (errno == ENOSYS)
		return 0;
	return refuse(name, errno == EWOULDBLOCK ? "another logger has it" :
						   strerror(errno));
}

/**
 * keeper_open() - read a cursor
 * @cursor: set, if there is one
 * @name: of its file
 *
 * Return: 0; FAILURE if it cannot be used, which standard error has been told
 */
int keeper_open(struct cursor *cursor, const char *name)
{
	char text[CURSOR_MAX + 1];
	const char *why;
	ssize_t n;
	int fd;

	if (strlen(name) + strlen(SUFFIX) >= PATH_MAX)
		return refuse(name, strerror(ENAMETOOLONG));
	if (lock_cursor(name))
		return FAILURE;
	fd = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return errno == ENOENT ? 0 : refuse(name, strerror(errno));
	n = read(fd, text, CURSOR_MAX);
	close(fd);
	if (n < 0)
		return refuse(name, strerror(errno));
	text[n] = '\0';
	why = n == CURSOR_MAX ? "it is too long" :
				cursor_parse(cursor, text, n);
	if (!why)
		return 0;
	complain("cannot use the cursor", name, why);
	complain("to begin with the oldest event, remove", name, "");
	return FAILURE;
}

/**
 * keeper_save() - replace a cursor
 * @cursor: the cursor
 * @name: of its file; the old one is there until the new one is there in full
 *
 * Return: 0, or -1 with errno
 */
int keeper_save(const struct cursor *cursor, const char *name)
{
	char text[CURSOR_MAX], path[PATH_MAX];
	size_t len = cursor_format(cursor, text);
	int fd, ret;

	snprintf(path, sizeof(path), "%s.new", name);
	/* Whatever has that name, what is opened is a new file. */
	unlink(path);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return -1;
	ret = write_all(fd, text, len) || fsync(fd);
	ret = close(fd) || ret;
	return ret || rename(path, name) || sync_directory_of(name) ? -1 : 0;
}
