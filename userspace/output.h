/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _OUTPUT_H
#define _OUTPUT_H

#include <stdbool.h>
#include <sys/stat.h>
#include <sys/types.h>

/**
 * struct output - where events go
 * @name: a file's, NULL: standard output
 * @fd: open for writing
 * @file: it is a regular file given by name: it can be cut, and synced, and
 *	there may be room in it again after a while
 * @appended: it can be cut, and be standard output: a file that is added to
 * @records: records are written to it, not lines
 * @made: its name may not be on disk yet
 * @begin: which file it is, and how long it was before what is written now
 */
struct output {
	const char *name;
	int fd;
	bool file;
	bool appended;
	bool records;
	bool made;
	struct stat begin;
};

int output_open(struct output *output, const char *name, bool records);
int output_reopen(struct output *output);
const char *output_name(const struct output *output);
int output_state(const struct output *output, struct stat *st);
int output_sync(struct output *output);
int output_cut(const struct output *output, off_t size);
bool output_read(const struct output *output, char *to, size_t len, off_t offset);
int output_begin(struct output *output);
bool output_was_cut(const struct output *output, size_t done);
int output_take_back(const struct output *output, size_t done, size_t keep);
int output_end_line(const struct output *output);
ssize_t output_write(const struct output *output, const char *p, size_t len);
int sync_directory_of(const char *name);
int write_all(int fd, const char *p, size_t len);

#endif
