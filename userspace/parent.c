// SPDX-License-Identifier: GPL-2.0
/* What /proc knows of the process that started another. */
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "parent.h"

/* Field 22 of stat, in ticks; the second, the name, may hold any byte. */
static uint64_t start_ticks(int dir)
{
	char line[1024], *p;
	int fd = openat(dir, "stat", O_RDONLY | O_CLOEXEC), i;
	ssize_t n;

	if (fd < 0)
		return 0;
	n = read(fd, line, sizeof(line) - 1);
	close(fd);
	if (n <= 0)
		return 0;
	line[n] = '\0';
	p = strrchr(line, ')');
	for (i = 2; p && i < 22; i++)
		p = strchr(p + 1, ' ');
	return p ? strtoull(p, NULL, 10) : 0;
}

/* A descriptor of /proc/PID stays with its process: no other can take over. */
static bool is_parent(int dir, const struct shmexec_exec *exec)
{
	uint64_t tick = 1000000000 / sysconf(_SC_CLK_TCK);

	return start_ticks(dir) == exec->parent_start / tick;
}

static size_t read_executable(int dir, char *to, size_t size)
{
	static const char suffix[] = " (deleted)";
	ssize_t n = readlinkat(dir, "exe", to, size);
	size_t len = strlen(suffix);
	struct stat st;

	if (n <= 0 || (size_t)n == size)
		return 0;
	/* A file may be called that. */
	if ((size_t)n > len && !memcmp(to + n - len, suffix, len) &&
	    !fstatat(dir, "exe", &st, 0) && !st.st_nlink)
		n -= len;
	return n;
}

/*
 * Several in a row are often of the same parents: their descriptors are kept.
 * Returns whether there is one of the parent of @exec.
 */
static bool find_process(struct parent *parent, const struct shmexec_exec *exec)
{
	char path[32];

	if (parent->start == exec->parent_start && parent->pid == exec->ppid)
		return true;
	if (parent->start)
		close(parent->dir);
	parent->start = 0;
	parent->asked = 0;
	snprintf(path, sizeof(path), "/proc/%" PRIu32, exec->ppid);
	parent->dir = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (parent->dir < 0)
		return false;
	if (!exec->parent_start || !is_parent(parent->dir, exec)) {
		close(parent->dir);
		return false;
	}
	parent->pid = exec->ppid;
	parent->start = exec->parent_start;
	return true;
}

/**
 * parents_forget() - ask again what each parent runs
 * @parents: memory for them, zero at first
 *
 * Of events that were read together one answer is as old as another.  To be called
 * before the first of them.
 */
void parents_forget(struct parents *parents)
{
	parents->forgotten++;
}

/**
 * parents_find() - add to an event which file the parent runs
 * @parents: memory for them, zero at first, valid as long as @event is used
 * @event: an exec on this machine; nothing is added where the parent has gone,
 *	or where its file must not be looked at
 */
void parents_find(struct parents *parents, struct event *event)
{
	struct parent *parent = &parents->parent[event->exec.ppid % PARENTS];

	if (!(event->exec.known & SHMEXEC_KNOWN_PARENT) ||
	    !find_process(parent, &event->exec))
		return;
	if (parent->asked != parents->forgotten) {
		parent->len = read_executable(parent->dir, parent->executable,
					      sizeof(parent->executable));
		parent->asked = parents->forgotten;
	}
	if (parent->len)
		event->parent_executable = (struct bytes) {
			parent->executable, parent->len
		};
}
