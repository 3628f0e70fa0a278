// SPDX-License-Identifier: GPL-2.0
/*
 * Whatever a program may do to the device, in any order, from several threads
 * of several processes on the same open files, in the middle of hits.  What is
 * wrong with that the kernel says itself; in the end the device works.
 */
#include "fuzz.h"
#include <poll.h>
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/uio.h>

#define HIT	"/dev/shm/fuzz"

enum { FILES = 8, THREADS = 3 };

struct fuzzer {
	unsigned long state;
	unsigned long done;
	time_t begun;
};

static int file[FILES], epoll_fd, null_fd, pair[2];
static char *memory;	/* two pages, of which the second cannot be written */
static long page;

static int any_file(struct fuzzer *f)
{
	return file[chance(&f->state) % FILES];
}

/* Near the end of what can be written, or not there at all. */
static char *any_buffer(struct fuzzer *f)
{
	static char * const odd[] = { NULL, (char *)(-1UL / 3), (char *)-1UL };
	unsigned long n = chance(&f->state) % 8;

	if (n < 3)
		return odd[n];
	return memory + page - (n == 3 ? 0 : chance(&f->state) % (page + 1));
}

static size_t any_size(struct fuzzer *f)
{
	static const size_t size[] = {
		0, 1, 39, 40, 47, 48, 439, 440, 441, 4096, 32767, 32768, 32769,
		1 << 20, 0x7fffffff, 0xffffffff, -1UL >> 1, -1UL,
	};
	size_t n = chance(&f->state);

	return n & 1 ? size[(n >> 1) % (sizeof(size) / sizeof(*size))] : n % 70000;
}

static void do_open(struct fuzzer *f)
{
	int flags = O_NONBLOCK | (chance(&f->state) & (O_RDWR | O_APPEND | O_TRUNC |
						     O_DIRECT | O_SYNC | O_CLOEXEC));
	int fd = open(DEVICE, flags & O_ACCMODE ? flags : flags & ~O_TRUNC);

	if (fd < 0)
		return;
	/* The number stays one of ours: another thread may be using it. */
	dup2(fd, any_file(f));
	close(fd);
}

static void do_read(struct fuzzer *f)
{
	struct iovec iov[2] = {
		{ any_buffer(f), any_size(f) }, { any_buffer(f), any_size(f) },
	};
	int fd = any_file(f);

	switch (chance(&f->state) % 4) {
	case 0:
		readv(fd, iov, 2);
		break;
	case 1:
		pread(fd, iov[0].iov_base, iov[0].iov_len, chance(&f->state));
		break;
	default:
		read(fd, iov[0].iov_base, iov[0].iov_len);
	}
}

/* What it has no use for. */
static void do_nonsense(struct fuzzer *f)
{
	int fd = any_file(f);
	off_t off = chance(&f->state);
	void *map;

	switch (chance(&f->state) % 8) {
	case 0:
		lseek(fd, off, off % 6);
		break;
	case 1:
		write(fd, memory, off % 4096);
		break;
	case 2:
		ftruncate(fd, off);
		break;
	case 3:
		fsync(fd);
		break;
	case 4:
		sendfile(null_fd, fd, NULL, off % 70000);
		break;
	case 5:
		splice(fd, NULL, pair[0], NULL, off % 70000, SPLICE_F_NONBLOCK);
		break;
	case 6:
		posix_fallocate(fd, off, off);
		break;
	default:
		map = mmap(NULL, page, PROT_READ, MAP_SHARED, fd, 0);
		if (map != MAP_FAILED)
			fatal("the device can be mapped");
	}
}

static void do_ioctl(struct fuzzer *f)
{
	unsigned long n = chance(&f->state);

	ioctl(any_file(f), n & 1 ? SHMEXEC_IOC_RESOLVE : n >> 8, any_buffer(f));
}

static void do_wait(struct fuzzer *f)
{
	struct epoll_event event = {
		.events = EPOLLIN | (chance(&f->state) & (EPOLLET | EPOLLONESHOT |
							EPOLLOUT | EPOLLPRI)),
	};
	int fd = any_file(f);
	struct pollfd p = { .fd = fd, .events = chance(&f->state) };

	switch (chance(&f->state) % 4) {
	case 0:
		epoll_ctl(epoll_fd, EPOLL_CTL_ADD, fd, &event);
		break;
	case 1:
		epoll_ctl(epoll_fd, EPOLL_CTL_DEL, fd, &event);
		break;
	case 2:
		epoll_wait(epoll_fd, &event, 1, 0);
		break;
	default:
		poll(&p, 1, chance(&f->state) % 3);
	}
}

/* Over a socket and back: another open file may get its number. */
static void do_pass(struct fuzzer *f)
{
	char control[CMSG_SPACE(sizeof(int))] = "";
	struct iovec iov = { "x", 1 };
	struct msghdr msg = {
		.msg_iov = &iov, .msg_iovlen = 1,
		.msg_control = control, .msg_controllen = sizeof(control),
	};
	struct cmsghdr *cmsg = CMSG_FIRSTHDR(&msg);
	char byte;
	int fd;

	*cmsg = (struct cmsghdr){ CMSG_LEN(sizeof(int)), SOL_SOCKET, SCM_RIGHTS };
	fd = any_file(f);
	memcpy(CMSG_DATA(cmsg), &fd, sizeof(fd));
	if (sendmsg(pair[0], &msg, MSG_DONTWAIT) < 0)
		return;
	msg = (struct msghdr){
		.msg_iov = &(struct iovec){ &byte, 1 }, .msg_iovlen = 1,
		.msg_control = control, .msg_controllen = sizeof(control),
	};
	if (recvmsg(pair[1], &msg, MSG_DONTWAIT | MSG_CMSG_CLOEXEC) < 0)
		return;
	cmsg = CMSG_FIRSTHDR(&msg);
	if (cmsg && cmsg->cmsg_type == SCM_RIGHTS) {
		memcpy(&fd, CMSG_DATA(cmsg), sizeof(fd));
		dup2(fd, any_file(f));
		close(fd);
	}
}

/* A child that shares the open files, and waits until it is killed. */
static void do_fork(struct fuzzer *f)
{
	int fd = any_file(f), n = chance(&f->state) % 3000;
	pid_t pid = fork();

	if (!pid) {
		fcntl(fd, F_SETFL, chance(&f->state) & O_NONBLOCK);
		for (;;)
			read(fd, memory, page);
	}
	usleep(n);
	kill(pid, SIGKILL);
	wait_for(pid);
	fcntl(fd, F_SETFL, O_NONBLOCK);
}

static void *fuzz(void *arg)
{
	static void (* const act[])(struct fuzzer *f) = {
		do_open, do_read, do_read, do_nonsense, do_ioctl, do_wait, do_pass,
	};
	struct fuzzer *f = arg;

	while (time_left(f->begun)) {
		for (int i = 0; i < 50; i++)
			act[chance(&f->state) % 7](f);
		do_fork(f);
		run(HIT);
		f->done += 50;
	}
	return NULL;
}

static void ignore(int sig)
{
}

/* A signal a millisecond, to whichever thread. */
static void signal_often(bool on)
{
	const struct itimerval often = {
		.it_interval.tv_usec = on ? 1000 : 0,
		.it_value.tv_usec = on ? 1000 : 0,
	};
	const struct sigaction action = { .sa_handler = ignore };

	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &often, NULL);
}

static void set_up(void)
{
	page = sysconf(_SC_PAGESIZE);
	memory = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE,
		      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	must(memory == MAP_FAILED || mprotect(memory + page, page, PROT_READ), "mmap");
	epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	null_fd = open("/dev/null", O_WRONLY | O_CLOEXEC);
	must(socketpair(AF_UNIX, SOCK_DGRAM, 0, pair), "socketpair");
	copy_file(PAYLOAD, HIT, 0755);
	for (int i = 0; i < FILES; i++)
		file[i] = open_reader();
}

TEST(device_survives_a_fuzzer)
{
	struct fuzzer fuzzer[THREADS] = {};
	unsigned long seed = pick_seed(), done = 0;
	pthread_t thread[THREADS];
	sigset_t alarm;
	struct batch *batch = malloc(sizeof(*batch));
	int fd;

	set_up();
	signal_often(true);
	for (int i = 0; i < THREADS; i++) {
		fuzzer[i] = (struct fuzzer){ seed + i, 0, time(NULL) };
		ASSERT_EQ(0, pthread_create(&thread[i], NULL, fuzz, &fuzzer[i]));
	}
	/* The kernel gives a signal to this one first. */
	sigemptyset(&alarm);
	sigaddset(&alarm, SIGALRM);
	pthread_sigmask(SIG_BLOCK, &alarm, NULL);
	for (int i = 0; i < THREADS; i++) {
		pthread_join(thread[i], NULL);
		done += fuzzer[i].done;
	}
	signal_often(false);
	for (int i = 0; i < FILES; i++)
		close(file[i]);
	TH_LOG("%lu actions", done);

	fd = open_reader();
	drain(fd);
	EXPECT_EQ(0, run(HIT));
	EXPECT_EQ(1, read_batch(fd, batch));
	close(fd);
	close(epoll_fd);
	EXPECT_EQ(0, unload());
	EXPECT_EQ(0, load(""));
}

TEST_HARNESS_MAIN
