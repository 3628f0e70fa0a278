// SPDX-License-Identifier: GPL-2.0
/*
 * What becomes of real events when the logger is killed and when its disk is
 * full.  It ends with the module loaded, as it found it.
 */
#include "params.h"
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/vfs.h>
#include <time.h>

#define LOGGER	"/files/shmexec-logger"
#define SMALL	"/mnt/small"

enum { HITS = 10000, KILLS = 200, BEHIND = 1000 };	/* HITS and KILLS / slowness() */

/* A file of events as the logger wrote it, read from its beginning. */
struct log {
	FILE *file;
	char line[65536];
	__u64 next;	/* the event that has to come now */
	__u64 hits;
	__u64 lost;
	__u64 last_lost;	/* number of the last event that was */
};

FIXTURE(delivery) {
	struct log log;
	int *made;	/* hits so far; shared with who makes them */
};

FIXTURE_SETUP(delivery)
{
	copy_file(PAYLOAD, P, 0755);
	self->made = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
			  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	must(self->made == MAP_FAILED, "mmap");
	ASSERT_EQ(0, unload());
}

FIXTURE_TEARDOWN(delivery)
{
	if (access(DEVICE, F_OK) && load(""))
		fatal(MODULE);
}

static __u64 number_behind(const char *line, const char *key)
{
	const char *found = strstr(line, key);

	must(!found, key);
	return strtoull(found + strlen(key), NULL, 10);
}

/* A piece of another event in it would begin like one, too. */
static bool is_one_event(const char *line)
{
	static const char begin[] = "{\"@timestamp\":";
	size_t len = strlen(line);

	return !strncmp(line, begin, strlen(begin)) &&
	       !strstr(line + 1, begin) && !strcmp(line + len - 2, "}\n");
}

/* The next line; false at the end.  Each event and each loss is where it belongs. */
static bool next_line(struct __test_metadata *_metadata, struct log *log)
{
	__u64 seq, count = 1;

	if (!fgets(log->line, sizeof(log->line), log->file))
		return false;
	EXPECT_TRUE(is_one_event(log->line))
		TH_LOG("a torn line: %.80s", log->line);
	seq = number_behind(log->line, "\"sequence\":");
	if (strstr(log->line, "\"action\":\"lost\"")) {
		count = number_behind(log->line, "\"shmexec\":{\"lost\":");
		log->lost += count;
		log->last_lost = seq + count - 1;
	} else {
		log->hits++;
	}
	ASSERT_EQ(log->next, seq);
	log->next += count;
	return true;
}

static void read_log(struct __test_metadata *_metadata, struct log *log,
		     const char *name)
{
	*log = (struct log) { .file = fopen(name, "re"), .next = 1 };
	must(!log->file, name);
	while (next_line(_metadata, log))
		;
	fclose(log->file);
}

static pid_t start_logger(const char *out, const char *cursor, int errors)
{
	pid_t pid = fork();

	if (!pid) {
		if (errors >= 0)
			dup2(errors, 2);
		execl(LOGGER, "shmexec-logger", "-f", "ecs", "-o", out, "-c",
		      cursor, errors < 0 ? "-n" : NULL, NULL);
		_exit(127);
	}
	return pid;
}

/* Executes @hits times; how often so far is told at once. */
static pid_t start_hits(int *made, int hits)
{
	pid_t pid = fork();

	if (pid)
		return pid;
	for (int i = 0; i < hits; i++) {
		pid = vfork();
		if (!pid) {
			execl(P, "p", NULL);
			_exit(errno);
		}
		if (wait_for(pid))
			_exit(1);
		__atomic_store_n(made, i + 1, __ATOMIC_RELEASE);
	}
	_exit(0);
}

static bool cut_in_a_write(const char *cursor)
{
	char text[512];
	int fd = open(cursor, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? 0 : read(fd, text, sizeof(text) - 1);

	if (n <= 0)
		return false;
	close(fd);
	text[n] = '\0';
	return !strstr(text, "\nlength 0\n");
}

/* The next one is killed when as many hits more have been made. */
TEST_F_TIMEOUT(delivery, killed_again_and_again, 600)
{
	const int kills = KILLS / slowness(), hits = kills * HITS / KILLS;
	time_t begun = time(NULL);
	int cut = 0, status;
	pid_t maker, logger;

	srand(begun);
	ASSERT_EQ(0, load("ring_kb=1024"));
	maker = start_hits(self->made, hits);
	for (int i = 1; i <= kills; i++) {
		logger = start_logger("/tmp/killed", "/tmp/cursor", 2);
		while (__atomic_load_n(self->made, __ATOMIC_ACQUIRE) < i * (HITS / KILLS))
			usleep(rand() % 2000);
		kill(logger, SIGKILL);
		status = wait_for(logger);
		ASSERT_TRUE(WIFSIGNALED(status));
		cut += cut_in_a_write("/tmp/cursor");
	}
	EXPECT_EQ(0, wait_for(maker));
	EXPECT_EQ(0, wait_for(start_logger("/tmp/killed", "/tmp/cursor", -1)));
	read_log(_metadata, &self->log, "/tmp/killed");
	EXPECT_EQ(hits, self->log.hits);
	EXPECT_EQ(0, self->log.lost);
	/* A few may all miss it. */
	if (kills == KILLS)
		EXPECT_LT(0, cut);
	printf("# %d hits, killed %d times, %d times in a write, in %.0f s\n", hits,
	       kills, cut, difftime(time(NULL), begun));
	unlink("/tmp/killed");
	unlink("/tmp/cursor");
}

static void await_words(int errors, const char *words)
{
	static char text[4096];
	size_t len = 0;
	ssize_t n;

	while (!memmem(text, len, words, strlen(words))) {
		n = read(errors, text + len, sizeof(text) - 1 - len);
		must(n <= 0, words);
		len += n;
	}
}

/* The number of the oldest event that the ring still has. */
static __u64 oldest_kept(void)
{
	static struct batch batch;
	int fd = open_reader();

	must(!read_batch(fd, &batch), "the ring is empty");
	close(fd);
	return next(&batch, NULL)->seq;
}

/* Until the last of them is there: the logger has no more to do. */
static void await_event(const char *name, __u64 seq)
{
	char key[64], tail[65536];
	struct stat st;
	ssize_t n;
	int fd = open(name, O_RDONLY | O_CLOEXEC);

	snprintf(key, sizeof(key), "\"sequence\":%llu,", seq);
	do {
		usleep(1000);
		must(fstat(fd, &st), name);
		n = pread(fd, tail, sizeof(tail) - 1,
			  st.st_size < (off_t)sizeof(tail) ? 0 : st.st_size - sizeof(tail) + 1);
		must(n < 0, name);
	} while (!memmem(tail, n, key, strlen(key)) || tail[n - 1] != '\n');
	close(fd);
}

TEST_F_TIMEOUT(delivery, full_disk_of_1_mib, 400)
{
	int errors[2];
	__u64 oldest;
	pid_t logger;
	struct statfs fs;

	ASSERT_EQ(0, load(""));
	must(mkdir(SMALL, 0755) && errno != EEXIST, SMALL);
	must(mount("none", SMALL, "tmpfs", 0, "size=1m"), SMALL);
	must(pipe2(errors, O_CLOEXEC), "pipe");
	logger = start_logger(SMALL "/log", "/tmp/cursor", errors[1]);
	close(errors[1]);
	EXPECT_EQ(0, wait_for(start_hits(self->made, BEHIND)));
	await_words(errors[0], "\"" SMALL "/log\": No space left on device: it is tried again");
	must(statfs(SMALL, &fs), SMALL);
	EXPECT_EQ(0, fs.f_bfree);
	oldest = oldest_kept();
	EXPECT_LT(1, oldest);

	must(mount("none", SMALL, "tmpfs", MS_REMOUNT, "size=32m"), SMALL);
	await_words(errors[0], "that failed for ");
	await_event(SMALL "/log", BEHIND);
	kill(logger, SIGTERM);
	EXPECT_EQ(0, wait_for(logger));
	read_log(_metadata, &self->log, SMALL "/log");
	EXPECT_EQ(BEHIND + 1, self->log.next);
	EXPECT_EQ(BEHIND, self->log.hits + self->log.lost);
	/* All that the ring still had is there, and no more. */
	EXPECT_EQ(oldest - 1, self->log.last_lost);
	printf("# %llu events were written, %llu lost; the ring had the last %llu\n",
	       self->log.hits, self->log.lost, BEHIND - oldest + 1);
	close(errors[0]);
	must(umount(SMALL), SMALL);
	unlink("/tmp/cursor");
}

TEST_HARNESS_MAIN
