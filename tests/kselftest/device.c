// SPDX-License-Identifier: GPL-2.0
/* The contract of the device, as uapi/shmexec.h states it. */
#include "guest.h"
#include <poll.h>
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#define HIT	"/dev/shm/device-test"
#define CHAIN	"/dev/shm/device-chain"

static void hit(void)
{
	if (run(HIT))
		fatal(HIT);
}

FIXTURE(device) {
	int fd;
	struct batch *batch;
};

FIXTURE_SETUP(device)
{
	copy_file(PAYLOAD, HIT, 0755);
	self->fd = open_reader();
	drain(self->fd);
	self->batch = malloc(sizeof(*self->batch));
}

FIXTURE_TEARDOWN(device)
{
	close(self->fd);
	free(self->batch);
}

#define EXPECT_ERRNO(error, call) do {					\
	errno = 0;							\
	EXPECT_EQ(-1, call);						\
	EXPECT_EQ(error, errno);					\
} while (0)

TEST_F(device, belongs_to_root_alone)
{
	struct stat st;
	pid_t pid;

	ASSERT_EQ(0, stat(DEVICE, &st));
	EXPECT_EQ(S_IFCHR | 0600, st.st_mode);
	EXPECT_EQ(0, st.st_uid);
	EXPECT_EQ(0, st.st_gid);
	pid = fork();
	if (!pid) {
		if (setgid(NOBODY) || setuid(NOBODY))
			_exit(0);
		_exit(open(DEVICE, O_RDONLY) < 0 ? errno : 0);
	}
	EXPECT_EQ(EACCES, WEXITSTATUS(wait_for(pid)));
}

TEST_F(device, what_it_refuses)
{
	int fd = open(DEVICE, O_RDWR | O_NONBLOCK);
	char buf[64];

	ASSERT_LE(0, fd);
	EXPECT_ERRNO(ESPIPE, lseek(fd, 0, SEEK_SET));
	EXPECT_ERRNO(ESPIPE, lseek(fd, 0, SEEK_END));
	EXPECT_ERRNO(ESPIPE, pread(fd, buf, sizeof(buf), 0));
	EXPECT_ERRNO(EINVAL, write(fd, "x", 1));
	EXPECT_EQ(MAP_FAILED, mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0));
	EXPECT_EQ(ENODEV, errno);
	for (unsigned int i = 0; i < 0x100; i++) {
		EXPECT_ERRNO(ENOTTY, ioctl(fd, 0x5300 + i, 0));
		EXPECT_ERRNO(ENOTTY, ioctl(fd, _IOWR('s', i, buf), buf));
	}
	EXPECT_ERRNO(ENOTTY, ioctl(fd, TIOCGWINSZ, buf));
	EXPECT_ERRNO(ENOTTY, ioctl(fd, SHMEXEC_IOC_RESOLVE - 1, 0));
	EXPECT_ERRNO(ENOTTY, ioctl(fd, SHMEXEC_IOC_RESOLVE + 1, 0));
	EXPECT_ERRNO(ENOTTY, ioctl(fd, _IOR(0xe5, 1, int), buf));
	EXPECT_EQ(0, ioctl(fd, SHMEXEC_IOC_RESOLVE, 0));
	EXPECT_EQ(0, ioctl(fd, SHMEXEC_IOC_RESOLVE, -1L));
	close(fd);
}

/* Each check wins over the ones after it. */
TEST_F(device, order_of_checks)
{
	char *none = mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	size_t small = sizeof(struct shmexec_hdr);

	ASSERT_NE(MAP_FAILED, none);
	EXPECT_ERRNO(EINVAL, read(self->fd, none, 0));
	EXPECT_ERRNO(EINVAL, read(self->fd, none, 1));
	EXPECT_ERRNO(EINVAL, read(self->fd, none, small - 1));
	EXPECT_ERRNO(EAGAIN, read(self->fd, none, small));
	hit();
	EXPECT_ERRNO(EINVAL, read(self->fd, none, small - 1));
	EXPECT_ERRNO(EINVAL, read(self->fd, none, small));
	EXPECT_ERRNO(EFAULT, read(self->fd, none, 4096));
	EXPECT_EQ(1, read_batch(self->fd, self->batch));
}

TEST_F(device, too_small_a_buffer_consumes_nothing)
{
	unsigned char buf[2048];
	size_t len;

	hit();
	EXPECT_ERRNO(EINVAL, read(self->fd, buf, sizeof(struct shmexec_hdr)));
	ASSERT_EQ(1, read_batch(self->fd, self->batch));
	len = self->batch->len;
	hit();
	memset(buf, 0xcc, sizeof(buf));
	EXPECT_ERRNO(EINVAL, read(self->fd, buf, len - 1));
	for (size_t i = 0; i < sizeof(buf); i++) {
		ASSERT_EQ(0xcc, buf[i]);
	}
	EXPECT_EQ(len, read(self->fd, buf, len));
	EXPECT_EQ(0xcc, buf[len]);
	EXPECT_ERRNO(EAGAIN, read(self->fd, buf, len));
}

TEST_F(device, whole_records_only)
{
	unsigned char *buf = self->batch->buf;
	ssize_t len;

	hit();
	len = read(self->fd, buf, sizeof(self->batch->buf));
	ASSERT_LT(0, len);
	for (int i = 0; i < 5; i++)
		hit();
	EXPECT_EQ(len, read(self->fd, buf, 2 * len - 1));
	EXPECT_EQ(2 * len, read(self->fd, buf, 2 * len));
	EXPECT_EQ(2 * len, read(self->fd, buf, sizeof(self->batch->buf)));
}

/* A fault in the second record: the first is delivered, the second is kept. */
TEST_F(device, fault_in_the_middle)
{
	size_t page = sysconf(_SC_PAGESIZE);
	unsigned char *map = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE,
				  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct shmexec_hdr *first;
	ssize_t len;
	__u64 seq;

	ASSERT_EQ(0, mprotect(map + page, page, PROT_NONE));
	hit();
	ASSERT_EQ(1, read_batch(self->fd, self->batch));
	len = self->batch->len;
	seq = next(self->batch, NULL)->seq;
	hit();
	hit();
	first = (void *)(map + page - len - 8);
	EXPECT_EQ(len, read(self->fd, first, 4096));
	EXPECT_EQ(seq + 1, first->seq);
	EXPECT_ERRNO(EFAULT, read(self->fd, map + page - 8, 4096));
	ASSERT_EQ(1, read_batch(self->fd, self->batch));
	EXPECT_EQ(seq + 2, next(self->batch, NULL)->seq);
}

static __u64 now(clockid_t clock)
{
	struct timespec ts;

	clock_gettime(clock, &ts);
	return ts.tv_sec * 1000000000ULL + ts.tv_nsec;
}

TEST_F(device, header)
{
	__u64 real = now(CLOCK_REALTIME), boot = now(CLOCK_BOOTTIME);
	const struct shmexec_hdr *hdr;
	const struct shmexec_exec *exec;
	size_t end;

	hit();
	ASSERT_EQ(1, read_batch(self->fd, self->batch));
	hdr = next(self->batch, NULL);
	EXPECT_EQ(self->batch->len, hdr->len);
	EXPECT_EQ(0, hdr->len % 8);
	EXPECT_EQ(sizeof(*exec), hdr->hdr_len);
	EXPECT_EQ(SHMEXEC_VERSION_1, hdr->version);
	EXPECT_EQ(SHMEXEC_TYPE_EXEC, hdr->type);
	EXPECT_LT(0, hdr->epoch);
	EXPECT_GE(boot, hdr->epoch);
	EXPECT_LE(boot, hdr->boottime);
	EXPECT_GE(now(CLOCK_BOOTTIME), hdr->boottime);
	EXPECT_LE(real, hdr->realtime);
	EXPECT_GE(now(CLOCK_REALTIME), hdr->realtime);

	exec = (const void *)hdr;
	end = exec->hdr.hdr_len + exec->comm.len + exec->canonical.len +
	      exec->typed.len + exec->typed_path.len + exec->directory.len +
	      exec->pattern.len + exec->args.len + exec->cwd.len +
	      exec->root.len + exec->parent_comm.len + exec->fs_type.len +
	      exec->cgroup.len + exec->groups.len;
	EXPECT_EQ(hdr->len, (end + 7) / 8 * 8);
	for (; end < hdr->len; end++) {
		EXPECT_EQ(0, self->batch->buf[end]);
	}
}

TEST_F(device, readers_do_not_disturb_each_other)
{
	int early = open_reader(), late;
	struct batch *other = malloc(sizeof(*other));

	drain(early);
	hit();
	ASSERT_EQ(1, read_batch(self->fd, self->batch));
	hit();
	late = open_reader();
	ASSERT_EQ(2, read_batch(early, other));
	EXPECT_EQ(0, memcmp(self->batch->buf, other->buf, self->batch->len));
	ASSERT_EQ(1, read_batch(self->fd, self->batch));
	EXPECT_LE(2, read_batch(late, other));
	EXPECT_EQ(0, read_batch(self->fd, self->batch));
	close(early);
	close(late);
}

/* Cursors belong to the open file, as offsets do. */
TEST_F(device, a_duplicate_shares_the_cursor)
{
	int copy = dup(self->fd);

	hit();
	EXPECT_EQ(1, read_batch(copy, self->batch));
	EXPECT_EQ(0, read_batch(self->fd, self->batch));
	close(copy);
}

TEST_F(device, poll_is_level_triggered)
{
	struct pollfd p = { .fd = self->fd, .events = POLLIN | POLLOUT };

	EXPECT_EQ(0, poll(&p, 1, 0));
	hit();
	for (int i = 0; i < 3; i++) {
		EXPECT_EQ(1, poll(&p, 1, 0));
		EXPECT_EQ(POLLIN, p.revents);
	}
	read_batch(self->fd, self->batch);
	EXPECT_EQ(0, poll(&p, 1, 0));
}

/* Returns once @pid sleeps in system call @nr. */
static void await_sleep(pid_t pid, long nr)
{
	char path[64], text[64] = "", want[16];
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/syscall", pid);
	snprintf(want, sizeof(want), "%ld ", nr);
	while (strncmp(text, want, strlen(want))) {
		sched_yield();
		fd = open(path, O_RDONLY);
		if (fd < 0 || read(fd, text, sizeof(text)) < 1)
			fatal(path);
		close(fd);
	}
}

/* A child that waits in @wait, which tells by its result what happened. */
static pid_t waiter(int (*wait)(int fd))
{
	pid_t pid = fork();
	int fd;

	if (!pid) {
		fd = open_reader();
		drain(fd);
		if (fcntl(fd, F_SETFL, 0))
			_exit(99);
		_exit(wait(fd));
	}
	return pid;
}

static int in_read(int fd)
{
	char buf[SHMEXEC_RECORD_MAX];

	return read(fd, buf, sizeof(buf)) > 0 ? 0 : errno;
}

static int in_poll(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };

	return syscall(SYS_ppoll, &p, 1, NULL, NULL, 8) == 1 &&
	       p.revents == POLLIN ? 0 : 1;
}

static int in_epoll(int fd)
{
	struct epoll_event e = { .events = EPOLLIN | EPOLLET };
	int ep = epoll_create1(0);

	epoll_ctl(ep, EPOLL_CTL_ADD, fd, &e);
	return syscall(SYS_epoll_pwait, ep, &e, 1, -1, NULL, 8) == 1 ? 0 : 1;
}

TEST_F(device, waiting_readers_are_woken)
{
	pid_t reads = waiter(in_read), polls = waiter(in_poll),
	      epolls = waiter(in_epoll);

	await_sleep(reads, SYS_read);
	await_sleep(polls, SYS_ppoll);
	await_sleep(epolls, SYS_epoll_pwait);
	hit();
	EXPECT_EQ(0, wait_for(reads));
	EXPECT_EQ(0, wait_for(polls));
	EXPECT_EQ(0, wait_for(epolls));
}

static void on_signal(int signal)
{
}

static int in_read_interrupted(int fd)
{
	struct sigaction action = { .sa_handler = on_signal };

	sigaction(SIGUSR1, &action, NULL);
	action.sa_flags = SA_RESTART;
	sigaction(SIGUSR2, &action, NULL);
	return in_read(fd);
}

static long long boottime_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_BOOTTIME, &now);
	return now.tv_sec * 1000000000LL + now.tv_nsec;
}

/*
 * Readers are woken 10 ms after the first record that they were not woken for, whatever
 * comes meanwhile.  That a few had to wait longer may be the machine's doing.
 */
TEST_F_TIMEOUT(device, in_a_burst_readers_do_not_wait_long, 300)
{
	char *argv[] = { CHAIN, "1000", NULL };
	unsigned int records = 0, reads = 0, late = 0;
	pid_t pid;

	copy_file("/files/chain", CHAIN, 0755);
	fcntl(self->fd, F_SETFL, 0);
	pid = start(CHAIN, argv);
	while (records < 1000) {
		int n = read_batch(self->fd, self->batch);

		ASSERT_LT(0, n);
		records += n;
		reads++;
		late += boottime_ns() - (long long)next(self->batch, NULL)->boottime >
			slowness() * 40000000LL;
	}
	EXPECT_EQ(0, wait_for(pid));
	TH_LOG("%u records in %u reads, %u of them late", records, reads, late);
	EXPECT_GE(reads / 20, late);
}

/* Of many in a row the readers are not woken for each, but none is forgotten. */
TEST_F_TIMEOUT(device, a_burst_leaves_nobody_waiting, 120)
{
	char *argv[] = { CHAIN, "400", NULL };
	struct pollfd p = { .fd = self->fd, .events = POLLIN };
	unsigned int records = 0, reads = 0;
	const struct shmexec_hdr *rec;
	pid_t pid;

	copy_file("/files/chain", CHAIN, 0755);
	pid = start(CHAIN, argv);
	while (records < 400 && poll(&p, 1, 10000) == 1) {
		reads += read_batch(self->fd, self->batch) > 0;
		for (rec = NULL; (rec = next(self->batch, rec)); )
			records++;
	}
	EXPECT_EQ(400, records);
	EXPECT_EQ(0, wait_for(pid));
	TH_LOG("400 hits in %u reads", reads);
}

static int in_two_records(int fd)
{
	static struct batch batch;
	int records = 0;

	while (records < 2)
		records += read_batch(fd, &batch);
	return 0;
}

/* It comes so soon after the first, which woke the reader, that it has to wait. */
TEST_F_TIMEOUT(device, a_second_hit_is_told_too, 60)
{
	for (int i = 0; i < 10; i++) {
		pid_t pid = waiter(in_two_records);

		await_sleep(pid, SYS_read);
		hit();
		hit();
		EXPECT_EQ(0, wait_for(pid));
	}
}

TEST_F(device, signals)
{
	pid_t pid = waiter(in_read_interrupted);

	await_sleep(pid, SYS_read);
	kill(pid, SIGUSR1);
	EXPECT_EQ(EINTR, WEXITSTATUS(wait_for(pid)));

	pid = waiter(in_read_interrupted);
	await_sleep(pid, SYS_read);
	kill(pid, SIGUSR2);
	await_sleep(pid, SYS_read);
	hit();
	EXPECT_EQ(0, wait_for(pid));

	pid = waiter(in_read);
	await_sleep(pid, SYS_read);
	kill(pid, SIGKILL);
	EXPECT_EQ(SIGKILL, WTERMSIG(wait_for(pid)));
}

/* Hits of more than 4 KiB, so that few of them overrun the ring. */
static void large_hits(int n)
{
	char *arg = malloc(SHMEXEC_ARGS_MAX);
	char *argv[] = { "large", arg, NULL };

	memset(arg, 'x', SHMEXEC_ARGS_MAX - 1);
	arg[SHMEXEC_ARGS_MAX - 1] = '\0';
	while (n--)
		if (run_argv(HIT, argv))
			fatal(HIT);
	free(arg);
}

TEST_F(device, lost)
{
	enum { HITS = 300 };
	const struct shmexec_hdr *rec;
	struct shmexec_lost lost;
	__u64 seq, got = 0;
	int late, n;

	hit();
	ASSERT_EQ(1, read_batch(self->fd, self->batch));
	seq = next(self->batch, NULL)->seq + 1;
	large_hits(HITS);

	EXPECT_ERRNO(EINVAL, read(self->fd, &lost, sizeof(lost) - 1));
	ASSERT_EQ(sizeof(lost), read(self->fd, &lost, sizeof(lost)));
	EXPECT_EQ(SHMEXEC_TYPE_LOST, lost.hdr.type);
	EXPECT_EQ(SHMEXEC_VERSION_1, lost.hdr.version);
	EXPECT_EQ(sizeof(lost), lost.hdr.len);
	EXPECT_EQ(sizeof(lost), lost.hdr.hdr_len);
	EXPECT_EQ(seq, lost.hdr.seq);
	EXPECT_LT(HITS / 2, lost.count);
	seq += lost.count;

	late = open_reader();
	ASSERT_LT(0, read_batch(late, self->batch));
	rec = next(self->batch, NULL);
	EXPECT_EQ(SHMEXEC_TYPE_EXEC, rec->type);
	EXPECT_EQ(seq, rec->seq);
	close(late);

	while ((n = read_batch(self->fd, self->batch)) > 0) {
		for (rec = NULL; (rec = next(self->batch, rec)); got++) {
			EXPECT_EQ(SHMEXEC_TYPE_EXEC, rec->type);
			EXPECT_EQ(seq + got, rec->seq);
		}
	}
	EXPECT_EQ(HITS, got + lost.count);
}

struct count {
	bool stop;	/* atomic */
	__u64 next;
	__u64 read;
	__u64 lost;
	bool broken;
};

/* Every record read or lost, in order, none twice. */
static void count_records(struct count *count, const struct batch *batch)
{
	const struct shmexec_hdr *rec = NULL;

	while ((rec = next(batch, rec))) {
		__u64 covers = 1;

		if (rec->type == SHMEXEC_TYPE_LOST) {
			covers = ((const struct shmexec_lost *)rec)->count;
			count->lost += covers;
		} else {
			count->read++;
		}
		count->broken |= count->next && rec->seq != count->next;
		count->next = rec->seq + covers;
	}
}

static void *counting(void *arg)
{
	struct batch *batch = malloc(sizeof(*batch));
	struct count *count = arg;
	int fd = open_reader(), n;
	bool last;

	drain(fd);
	count->next = 0;
	__atomic_store_n(&count->stop, false, __ATOMIC_RELEASE);
	do {
		last = __atomic_load_n(&count->stop, __ATOMIC_ACQUIRE);
		while ((n = read_batch(fd, batch)) > 0)
			count_records(count, batch);
		sched_yield();
	} while (!last);
	close(fd);
	free(batch);
	return NULL;
}

TEST_F_TIMEOUT(device, c43_readers_in_a_storm_count_right, 120)
{
	enum { CHILDREN = 4, EACH = 150, READERS = 3 };
	struct count count[READERS] = {};
	pthread_t thread[READERS];
	pid_t pid[CHILDREN];

	for (int i = 0; i < READERS; i++) {
		count[i].stop = true;
		pthread_create(&thread[i], NULL, counting, &count[i]);
	}
	for (int i = 0; i < READERS; i++)
		while (__atomic_load_n(&count[i].stop, __ATOMIC_ACQUIRE))
			sched_yield();
	for (int i = 0; i < CHILDREN; i++) {
		pid[i] = fork();
		if (!pid[i]) {
			large_hits(EACH);
			_exit(0);
		}
	}
	for (int i = 0; i < CHILDREN; i++) {
		EXPECT_EQ(0, wait_for(pid[i]));
	}
	for (int i = 0; i < READERS; i++) {
		__atomic_store_n(&count[i].stop, true, __ATOMIC_RELEASE);
		pthread_join(thread[i], NULL);
		EXPECT_FALSE(count[i].broken);
		EXPECT_EQ(CHILDREN * EACH, count[i].read + count[i].lost);
	}
}

TEST_HARNESS_MAIN
