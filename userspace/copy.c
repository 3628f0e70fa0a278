// SPDX-License-Identifier: GPL-2.0
/* A copy of the logger in /dev/shm, which says its version and ends. */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include "complain.h"
#include "copy.h"
#include "output.h"

static void cannot_make(int error)
{
	const char *why = strerror(error);

	if (error == ENOENT)
		why = "it is not there, so nothing is run there (mount -t tmpfs none /dev/shm)";
	else if (error == ENOSPC || error == EDQUOT)
		why = "it is full: make room in it for the logger";
	complain("cannot put a copy of the logger into", COPY_DIRECTORY, why);
}

static bool may_execute(void)
{
	struct statvfs fs;

	if (statvfs(COPY_DIRECTORY, &fs) || !(fs.f_flag & ST_NOEXEC))
		return true;
	complain("cannot execute in", COPY_DIRECTORY,
		 "it is mounted noexec, so nobody can (to test all the same: mount -o remount,exec /dev/shm)");
	return false;
}

static int copy_bytes(int from, int to)
{
	char buf[4096];
	ssize_t n;

	while ((n = read(from, buf, sizeof(buf))) > 0)
		if (write_all(to, buf, n))
			return -1;
	return n ? -1 : fchmod(to, 0500);
}

/**
 * copy_make() - make the copy
 * @name: set to its name
 *
 * Return: 0, or -1, which standard error has been told; it is not there then
 */
int copy_make(char name[COPY_NAME])
{
	int from, to, error;

	if (!may_execute())
		return -1;
	from = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	if (from < 0) {
		complain("cannot read", "/proc/self/exe", strerror(errno));
		return -1;
	}
	strcpy(name, COPY_DIRECTORY "/shmexec-selftest-XXXXXX");
	to = mkostemp(name, O_CLOEXEC);
	error = to < 0 || copy_bytes(from, to) ? errno : 0;
	if (to >= 0 && close(to) && !error)
		error = errno;
	close(from);
	if (!error)
		return 0;
	if (to >= 0)
		unlink(name);
	cannot_make(error);
	return -1;
}

/**
 * copy_run() - execute the copy, and remove it
 * @name: its name
 * @words: set to the end of a pipe which is closed when it has ended
 *
 * Return: its process id, or -1, which standard error has been told
 */
pid_t copy_run(char *name, int *words)
{
	char *argv[3] = { name, "-V" }, *env[1] = { NULL };
	posix_spawn_file_actions_t actions;
	int fd[2] = { -1, -1 }, error;
	pid_t pid;

	error = pipe2(fd, O_CLOEXEC | O_NONBLOCK) ? errno : posix_spawn_file_actions_init(&actions);
	if (!error) {
		error = posix_spawn_file_actions_adddup2(&actions, fd[1], STDOUT_FILENO);
		if (!error)
			error = posix_spawn(&pid, name, &actions, NULL, argv, env);
		posix_spawn_file_actions_destroy(&actions);
	}
	unlink(name);
	close(fd[1]);
	*words = fd[0];
	if (!error)
		return pid;
	close(fd[0]);
	complain("cannot execute", name, strerror(error));
	return -1;
}
