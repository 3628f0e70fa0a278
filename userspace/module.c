// SPDX-License-Identifier: GPL-2.0
/* The module, as sysfs shows it. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "module.h"

static bool read_line(const char *directory, const char *name,
		      char to[PARAMETER_MAX])
{
	char path[128];
	ssize_t n;
	int fd;

	snprintf(path, sizeof(path), "%s/%s", directory, name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	n = read(fd, to, PARAMETER_MAX - 1);
	close(fd);
	if (n < 0)
		return false;
	to[n] = '\0';
	to[strcspn(to, "\n")] = '\0';
	return true;
}

/**
 * module_loaded() - is there one, with or without a device?
 *
 * Return: whether sysfs knows it
 */
bool module_loaded(void)
{
	return !access("/sys/module/shmexec", F_OK);
}

/**
 * module_parameter() - what a parameter is
 * @name: which
 * @value: set
 *
 * Return: whether it could be read
 */
bool module_parameter(const char *name, char value[PARAMETER_MAX])
{
	return read_line("/sys/module/shmexec/parameters", name, value);
}

/**
 * module_counter() - what a counter is at
 * @name: which
 *
 * Return: the number, 0 if it cannot be read
 */
uint64_t module_counter(const char *name)
{
	char value[PARAMETER_MAX];

	if (!read_line("/sys/class/misc/shmexec", name, value))
		return 0;
	return strtoull(value, NULL, 10);
}
