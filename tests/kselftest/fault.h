/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Lets the kernel fail the n-th of what may fail in a task: an allocation, or a
 * copy from or to user memory.  Needs CONFIG_FAULT_INJECTION.
 */
#ifndef _GUEST_FAULT_H
#define _GUEST_FAULT_H

#include <dirent.h>
#include "params.h"

static inline void allow_faults(void)
{
	static const char * const kind[] = { "failslab", "fail_page_alloc" };
	char path[96];

	must(mount("none", "/sys/kernel/debug", "debugfs", 0, NULL) &&
	     errno != EBUSY, "debugfs");
	for (int i = 0; i < 2; i++) {
		snprintf(path, sizeof(path), "/sys/kernel/debug/%s/ignore-gfp-wait", kind[i]);
		write_to(path, "N");
		snprintf(path, sizeof(path), "/sys/kernel/debug/%s/verbose", kind[i]);
		write_to(path, "0");
	}
	write_to("/sys/kernel/debug/fail_usercopy/verbose", "0");
	write_to("/sys/kernel/debug/fail_page_alloc/min-order", "0");
	write_to("/sys/kernel/debug/fail_page_alloc/ignore-gfp-highmem", "N");
	/* That there is no memory is a warning; what is wrong is an error. */
	write_to("/proc/sys/kernel/printk", "4 4 1 7");
}

/* @task: its name in /proc.  Returns -1 if it is gone. */
static inline int open_fault(const char *task)
{
	char path[300];
	int fd;

	snprintf(path, sizeof(path), "/proc/%s/fail-nth", task);
	fd = open(path, O_RDWR | O_CLOEXEC);
	must(fd < 0 && errno != ENOENT, path);
	return fd;
}

/* From here on the @n-th fails, once; 0: none. */
static inline void set_fault(int fd, int n)
{
	char text[16];

	snprintf(text, sizeof(text), "%d", n);
	/* Reading @text may be what fails, and then there is no more to come. */
	must(pwrite(fd, text, strlen(text), 0) < 0 && errno != ESRCH &&
	     (errno != EFAULT || n), "fail-nth");
}

/* Whether it has failed; telling may itself be what fails, and does not count. */
static inline bool had_fault(int fd)
{
	char text[16] = "";

	return pread(fd, text, sizeof(text) - 1, 0) > 0 && atoi(text) == 0;
}

/* The workers of the kernel. */
enum { WORKERS_MAX = 64 };

static inline bool is_worker(const char *task)
{
	char path[300], comm[32] = "";
	int fd;

	snprintf(path, sizeof(path), "/proc/%s/comm", task);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	must(read(fd, comm, sizeof(comm) - 1) < 0 && errno != ESRCH, path);
	close(fd);
	return !strncmp(comm, "kworker/", 8);
}

static inline int open_workers(int *fds)
{
	DIR *proc = opendir("/proc");
	struct dirent *entry;
	int n = 0;

	must(!proc, "/proc");
	while (n < WORKERS_MAX && (entry = readdir(proc))) {
		if (!is_worker(entry->d_name))
			continue;
		fds[n] = open_fault(entry->d_name);
		n += fds[n] >= 0;
	}
	closedir(proc);
	return n;
}

/* How many things may fail in @act. */
static inline int count_faults(int (*act)(void))
{
	enum { MANY = 1000000 };
	int fd = open_fault("thread-self"), left;
	char text[16] = "";

	set_fault(fd, MANY);
	must(act(), "what is to fail");
	must(pread(fd, text, sizeof(text) - 1, 0) <= 0, "fail-nth");
	left = atoi(text);
	set_fault(fd, 0);
	close(fd);
	return MANY - left;
}

/* Does @act with the @n-th failing in it: *@had says whether there was one. */
static inline int with_fault(int (*act)(void), int n, bool *had)
{
	int fd = open_fault("thread-self"), ret;

	set_fault(fd, n);
	ret = act();
	*had = had_fault(fd);
	set_fault(fd, 0);
	close(fd);
	return ret;
}

/* Likewise in what workers do meanwhile. */
static inline int with_worker_fault(int (*act)(void), int n, bool *had)
{
	int fds[WORKERS_MAX], workers = open_workers(fds), ret;

	*had = false;
	for (int i = 0; i < workers; i++)
		set_fault(fds[i], n);
	ret = act();
	for (int i = 0; i < workers; i++) {
		*had |= had_fault(fds[i]);
		set_fault(fds[i], 0);
		close(fds[i]);
	}
	return ret;
}

#endif
