/* SPDX-License-Identifier: GPL-2.0 */
/* The parameters of the loaded module, and what the kernel's log says of them. */
#ifndef _PARAMS_H
#define _PARAMS_H

#include "case.h"

#define MODULE		"/shmexec.ko"
#define PARAMETERS	"/sys/module/shmexec/parameters/"
#define INCLUDE		"/dev/shm/*,/run/shm/*,/var/run/*,/var/lock/*"
#define EXCLUDE		"/var/run/docker/*,/var/run/utsns/*,/var/run/s6/*,/var/run/cloudera-scm-agent/*"
#define VIEWS		"canonical,typed,directory"

static inline unsigned long long counter(const char *name)
{
	char path[64], text[32] = "";
	int fd;

	snprintf(path, sizeof(path), "/sys/class/misc/shmexec/%s", name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	must(fd < 0 || read(fd, text, sizeof(text) - 1) <= 0, path);
	close(fd);
	return strtoull(text, NULL, 10);
}

/* Each 0, or errno. */
static inline int load(const char *params)
{
	int fd = open(MODULE, O_RDONLY | O_CLOEXEC), ret;

	if (fd < 0)
		fatal(MODULE);
	ret = syscall(SYS_finit_module, fd, params, 0);
	close(fd);
	return ret ? errno : 0;
}

static inline int unload(void)
{
	return syscall(SYS_delete_module, "shmexec", O_NONBLOCK) ? errno : 0;
}

static inline int set_param_bytes(const char *name, const char *value, size_t len)
{
	char path[64];
	int fd, error;

	snprintf(path, sizeof(path), PARAMETERS "%s", name);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return errno;
	error = write(fd, value, len) == (ssize_t)len ? 0 : errno;
	close(fd);
	return error;
}

static inline int set_param(const char *name, const char *value)
{
	return set_param_bytes(name, value, strlen(value));
}

/* As it reads, valid until the next call. */
static inline const char *get_param(const char *name)
{
	static char value[4097];
	char path[64];
	ssize_t n;
	int fd;

	snprintf(path, sizeof(path), PARAMETERS "%s", name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	n = read(fd, value, sizeof(value) - 1);
	must(fd < 0 || n < 0, path);
	value[n] = '\0';
	close(fd);
	return value;
}

/* Whether the kernel's log says @text from here on. */
static inline int log_begin(void)
{
	int fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);

	must(fd < 0 || lseek(fd, 0, SEEK_END) < 0, "/dev/kmsg");
	return fd;
}

static inline bool log_says(int fd, const char *text)
{
	char line[8192];
	bool found = false;
	ssize_t n;

	while ((n = read(fd, line, sizeof(line) - 1)) > 0) {
		line[n] = '\0';
		found |= !!strstr(line, text);
	}
	close(fd);
	return found;
}

/* KiB, of one of the kinds that the kernel tells. */
static inline long memory_kib(const char *kind)
{
	char text[4096] = "", key[32], *line;
	int fd = open("/proc/meminfo", O_RDONLY | O_CLOEXEC);

	must(fd < 0 || read(fd, text, sizeof(text) - 1) <= 0, "/proc/meminfo");
	close(fd);
	snprintf(key, sizeof(key), "\n%s:", kind);
	line = strstr(text, key);
	must(!line, kind);
	return atol(line + strlen(key));
}

/* Of the kernel's memory in small pieces that it cannot take back. */
static inline long slab_kib(void)
{
	return memory_kib("SUnreclaim");
}

static inline void set_defaults(void)
{
	must(set_param("include", INCLUDE) || set_param("exclude", EXCLUDE) ||
	     set_param("uid", "0") || set_param("views", VIEWS) ||
	     set_param("ignore_case", "Y"), "parameters");
}

#endif
