// SPDX-License-Identifier: GPL-2.0
/*
 * Executes a program again and again, and tells what that cost, in instructions
 * of the guest.
 *
 * loop yield
 * loop probe|whole|cpus COUNT [-u UID] [-r ROOT] [-d DIRECTORY] [-a BYTES]
 *	[-p TURNS] [-c CPUS] PATH
 *	probe: in the probes, as /dev/bracket has it: median, least, most
 *	whole: of fork, exec and wait together, a mean
 *	cpus: likewise, each CPU so often; the clock counts those of all CPUs
 *	yield: no exec; lets QEMU run the other CPUs now and then, until it is
 *	killed.  While instructions are counted it runs one CPU at a time, and
 *	as long as that one neither pauses nor halts, hardly another.
 * TURNS of an empty loop follow each time.
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <x86intrin.h>

#define COUNT_MAX	4096
#define CPUS_MAX	8
#define USAGE		"usage: loop probe|whole|cpus COUNT [-u UID] [-r ROOT] [-d DIRECTORY] [-a BYTES] [-p TURNS] [-c CPUS] PATH"

struct run {
	const char *path;
	const char *root;
	const char *directory;
	char *argument;
	uid_t uid;
	unsigned long turns;
	int cpus;
};

/* In the child, which shares our memory: system calls and nothing else. */
static void execute(const struct run *run)
{
	char *argv[] = { (char *)run->path, run->argument, NULL };
	char *envp[] = { NULL };

	if (run->root && (chroot(run->root) || chdir("/")))
		_exit(126);
	if (run->directory && chdir(run->directory))
		_exit(126);
	if (run->uid &&
	    syscall(SYS_setresuid, run->uid, run->uid, run->uid))
		_exit(126);
	execve(run->path, argv, envp);
	_exit(127);
}

static void once(const struct run *run)
{
	pid_t pid = vfork();
	int status;

	if (!pid)
		execute(run);
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		err(1, "vfork");
	if (status)
		errx(1, "%s: it ended with %#x", run->path, status);
}

static int by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

static void probe(const struct run *run, int count)
{
	static uint64_t sample[COUNT_MAX];
	int fd = open("/dev/bracket", O_RDONLY), i;

	if (fd < 0)
		err(1, "/dev/bracket");
	for (i = 0; i < 3; i++)
		once(run);
	if (read(fd, sample, sizeof(sample)) < 0)
		err(1, "/dev/bracket");
	for (i = 0; i < count; i++)
		once(run);
	if (read(fd, sample, sizeof(sample)) != (ssize_t)(count * sizeof(*sample)))
		errx(1, "not as many execs were counted as there were");
	qsort(sample, count, sizeof(*sample), by_value);
	printf("%llu %llu %llu\n", (unsigned long long)sample[count / 2],
	       (unsigned long long)sample[0],
	       (unsigned long long)sample[count - 1]);
}

static void many(const struct run *run, int count)
{
	unsigned long turn;

	while (count--) {
		once(run);
		for (turn = 0; turn < run->turns; turn++)
			__asm__ volatile("");
	}
}

static void whole(const struct run *run, int count)
{
	uint64_t start;

	many(run, 3);
	start = __rdtsc();
	many(run, count);
	printf("%llu\n", (unsigned long long)(__rdtsc() - start) / count);
}

static void pause_after(unsigned long turns)
{
	unsigned long turn;

	for (turn = 0; turn < turns; turn++)
		__asm__ volatile("");
	__asm__ volatile("pause");
}

static void become_a_maker(const struct run *run, int count, int cpu, int start)
{
	cpu_set_t set;
	char byte;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	if (sched_setaffinity(0, sizeof(set), &set) || read(start, &byte, 1) != 1)
		_exit(1);
	while (count--) {
		once(run);
		pause_after(0);
	}
	_exit(0);
}

static void cpus(const struct run *run, int count)
{
	int start[2], status, bad = 0, i;
	uint64_t began;

	if (pipe(start))
		err(1, "pipe");
	many(run, 3);
	for (i = 0; i < run->cpus; i++)
		if (!fork())
			become_a_maker(run, count, i, start[0]);
	began = __rdtsc();
	if (write(start[1], "........", run->cpus) != run->cpus)
		err(1, "write");
	for (i = 0; i < run->cpus; i++)
		bad |= wait(&status) < 0 || status;
	if (bad)
		errx(1, "a maker failed");
	printf("%llu\n", (unsigned long long)(__rdtsc() - began) /
	       (count * run->cpus));
}

int main(int argc, char **argv)
{
	struct run run = { .cpus = 1 };
	int option, count;

	while (argc == 2 && !strcmp(argv[1], "yield"))
		pause_after(1000);
	if (argc < 4)
		errx(2, USAGE);
	count = atoi(argv[2]);
	optind = 3;
	while ((option = getopt(argc, argv, "u:r:d:a:p:c:")) != -1) {
		if (option == 'u')
			run.uid = atoi(optarg);
		else if (option == 'r')
			run.root = optarg;
		else if (option == 'd')
			run.directory = optarg;
		else if (option == 'p')
			run.turns = strtoul(optarg, NULL, 10);
		else if (option == 'c')
			run.cpus = atoi(optarg);
		else if (option == 'a')
			run.argument = memset(calloc(1, atoi(optarg) + 1), 'x',
					      atoi(optarg));
		else
			errx(2, USAGE);
	}
	if (optind + 1 != argc || count < 1 || count > COUNT_MAX ||
	    run.cpus < 1 || run.cpus > CPUS_MAX)
		errx(2, USAGE);
	run.path = argv[optind];
	if (!strcmp(argv[1], "probe"))
		probe(&run, count);
	else if (!strcmp(argv[1], "cpus"))
		cpus(&run, count);
	else
		whole(&run, count);
	return 0;
}
