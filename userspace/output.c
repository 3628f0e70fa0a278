// SPDX-License-Identifier: GPL-2.0
/* Where events go: a file, a pipe, a terminal. */
#include <errno.h>
#include <fcntl.h>
#include <linux/limits.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "complain.h"
#include "output.h"

static bool is_appended(int fd)
{
	struct stat st;
	int flags = fcntl(fd, F_GETFL);

	return flags >= 0 && flags & O_APPEND && !fstat(fd, &st) &&
	       S_ISREG(st.st_mode);
}

/**
 * output_open() - open a file to add to, or make one for its owner and group
 * @output: set
 * @name: which, must stay; NULL: standard output
 * @records: as in &struct output
 *
 * Return: 0, or -1 with errno
 */
int output_open(struct output *output, const char *name, bool records)
{
	*output = (struct output) {
		.name = name, .fd = STDOUT_FILENO, .records = records,
		.made = true,
	};
	if (name)
		output->fd = open(name, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
	if (output->fd < 0)
		return -1;
	output->appended = is_appended(output->fd);
	output->file = name && output->appended;
	return 0;
}

/**
 * output_reopen() - open the file of that name, which may be another by now
 * @output: the output; as it was if that fails
 *
 * Return: 0, or -1 with errno
 */
int output_reopen(struct output *output)
{
	struct output new;

	if (!output->file)
		return 0;
	if (output_open(&new, output->name, output->records)) {
		if (new.fd >= 0)
			close(new.fd);
		return -1;
	}
	if (close(output->fd))
		complain("cannot write", output->name, strerror(errno));
	*output = new;
	return 0;
}

/**
 * output_name() - what to call it in messages
 * @output: the output
 *
 * Return: its name
 */
const char *output_name(const struct output *output)
{
	return output->name ? output->name : "standard output";
}

/**
 * output_state() - which file it is, and how long
 * @output: the output
 * @st: set
 *
 * Return: 0, or -1 with errno
 */
int output_state(const struct output *output, struct stat *st)
{
	return fstat(output->fd, st);
}

/**
 * output_sync() - see that what was written is on disk
 * @output: the output, a file
 *
 * Return: 0, or -1 with errno: it may not be there
 */
int output_sync(struct output *output)
{
	if (fdatasync(output->fd) ||
	    (output->made && sync_directory_of(output->name)))
		return -1;
	output->made = false;
	return 0;
}

/**
 * output_cut() - take back the end of a file
 * @output: the output, a file
 * @size: bytes that stay
 *
 * Return: 0, or -1 with errno
 */
int output_cut(const struct output *output, off_t size)
{
	return ftruncate(output->fd, size);
}

/**
 * output_begin() - note where what is written next begins
 * @output: the output
 *
 * Return: 0, or -1 with errno
 */
int output_begin(struct output *output)
{
	return fstat(output->fd, &output->begin);
}

/**
 * output_was_cut() - has somebody else cut the file in the middle of a write?
 * @output: the output, from output_begin()
 * @done: bytes that have been written since
 *
 * Return: whether what has been written is no longer there
 */
bool output_was_cut(const struct output *output, size_t done)
{
	struct stat st;

	return output->appended && !fstat(output->fd, &st) &&
	       st.st_size < output->begin.st_size + (off_t)done;
}

/**
 * output_take_back() - take back what a write did not bring to its end
 * @output: the output, from output_begin(); what cannot be cut stays as it is
 * @done: bytes that have been written since
 * @keep: how many of these stay
 *
 * Return: 0, or -1 with errno
 */
int output_take_back(const struct output *output, size_t done, size_t keep)
{
	struct stat st;

	if (done == keep || !output->appended || output_was_cut(output, done))
		return 0;
	return fstat(output->fd, &st) ? -1 :
		output_cut(output, st.st_size - (off_t)(done - keep));
}

/**
 * output_read() - look at what is there
 * @output: the output, a file
 * @to: where what was read goes
 * @len: bytes
 * @offset: from where on
 *
 * Return: whether it could be read
 */
bool output_read(const struct output *output, char *to, size_t len, off_t offset)
{
	int fd = open(output->name, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		return false;
	n = pread(fd, to, len, offset);
	close(fd);
	return n == (ssize_t)len;
}

/**
 * output_end_line() - see that the next line begins on its own
 * @output: the output; a line in a file that somebody did not end is ended
 *
 * Return: 0, or -1 with errno
 */
int output_end_line(const struct output *output)
{
	struct stat st;
	char last;

	if (!output->file || fstat(output->fd, &st) || !st.st_size ||
	    !output_read(output, &last, 1, st.st_size - 1) || last == '\n')
		return 0;
	return write_all(output->fd, "\n", 1);
}

/**
 * output_write() - write as much as goes at once
 * @output: the output; one that is no file must have POLLOUT, and does not block
 * @p: bytes
 * @len: how many
 *
 * Return: bytes, 0 if there is no room just now, -1 with errno
 */
ssize_t output_write(const struct output *output, const char *p, size_t len)
{
	ssize_t n;

	if (!output->file && len > PIPE_BUF)
		len = PIPE_BUF;
	n = write(output->fd, p, len);
	return n < 0 && (errno == EINTR || errno == EAGAIN) ? 0 : n;
}

/**
 * sync_directory_of() - see that the name of a file is on disk
 * @name: the file's, shorter than PATH_MAX
 *
 * Return: 0, or -1 with errno
 */
int sync_directory_of(const char *name)
{
	const char *slash = strrchr(name, '/');
	char path[PATH_MAX] = ".";
	int fd, ret;

	if (slash)
		snprintf(path, sizeof(path), "%.*s",
			 (int)(slash - name + 1), name);
	fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	ret = fd < 0 ? -1 : fsync(fd);
	if (fd >= 0)
		close(fd);
	/* Who may not look at it, or where there is no such thing, cannot. */
	return ret && (errno == EACCES || errno == EINVAL) ? 0 : ret;
}

/**
 * write_all() - write all of it, whatever it takes
 * @fd: where
 * @p: bytes
 * @len: how many
 *
 * Return: 0, or -1 with errno
 */
int write_all(int fd, const char *p, size_t len)
{
	struct pollfd full = { .fd = fd, .events = POLLOUT };
	ssize_t n;

	while (len) {
		n = write(fd, p, len);
		if (n < 0 && errno == EAGAIN)
			poll(&full, 1, -1);
		else if (n < 0 && errno != EINTR)
			return -1;
		if (n > 0) {
			p += n;
			len -= n;
		}
	}
	return 0;
}
