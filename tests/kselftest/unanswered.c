// SPDX-License-Identifier: GPL-2.0
/*
 * A directory of the rule is on a filesystem that does not answer: FUSE, which is
 * served here.  That may hold up who looks there, and nobody else.
 */
#include <linux/fuse.h>
#include <pthread.h>
#include "params.h"

#define SLOW	"/mnt/slow"
#define RULE	INCLUDE "," SLOW "/sub/*"

/* What is done before it is said that no name is there. */
enum { NOTHING, OPEN_A_MISC_DEVICE, WAIT };

struct server {
	pthread_t thread;
	int fd, first;		/* @first: before a lookup is answered */
	int asked[2], go[2];	/* pipes: a byte for each that waits, or may go on */
};

static void reply(const struct server *server, __u64 unique, int error,
		  const void *data, size_t size)
{
	struct fuse_out_header *out;
	char buf[256];

	out = (void *)buf;
	*out = (struct fuse_out_header){ .len = sizeof(*out) + size, .error = -error,
					 .unique = unique };
	memcpy(out + 1, data, size);
	must(write(server->fd, buf, out->len) < 0 && errno != ENOENT, "answer");
}

static void lookup(struct server *server, __u64 unique)
{
	char byte = 0;
	int fd;

	switch (__atomic_load_n(&server->first, __ATOMIC_SEQ_CST)) {
	case OPEN_A_MISC_DEVICE:
		fd = open("/dev/fuse", O_RDWR | O_CLOEXEC);
		must(fd < 0 || close(fd), "/dev/fuse");
		break;
	case WAIT:
		must(write(server->asked[1], &byte, 1) != 1 ||
		     read(server->go[0], &byte, 1) != 1, "pipe");
	}
	reply(server, unique, ENOENT, NULL, 0);
}

static void *serve(void *arg)
{
	static const struct fuse_init_out init = {
		.major = FUSE_KERNEL_VERSION, .minor = FUSE_KERNEL_MINOR_VERSION,
		.max_write = 4096,
	};
	static char buf[2 * FUSE_MIN_READ_BUFFER];
	const struct fuse_in_header *in = (void *)buf;
	struct server *server = arg;

	while (read(server->fd, buf, sizeof(buf)) > 0)
		switch (in->opcode) {
		case FUSE_INIT:
			reply(server, in->unique, 0, &init, sizeof(init));
			break;
		case FUSE_LOOKUP:
			lookup(server, in->unique);
			break;
		case FUSE_FORGET:
		case FUSE_BATCH_FORGET:
		case FUSE_INTERRUPT:
			break;
		default:
			reply(server, in->unique, EOPNOTSUPP, NULL, 0);
		}
	return NULL;
}

FIXTURE(unanswered)
{
	struct case_state state;
	struct server server;
};

FIXTURE_SETUP(unanswered)
{
	struct server *server = &self->server;
	char options[96];

	case_begin(&self->state);
	load_module("/files/fuse.ko");
	must(mkdir(SLOW, 0755) && errno != EEXIST, SLOW);
	server->fd = open("/dev/fuse", O_RDWR | O_CLOEXEC);
	must(server->fd < 0 || pipe(server->asked) || pipe(server->go), "/dev/fuse");
	snprintf(options, sizeof(options), "fd=%d,rootmode=40000,user_id=0,group_id=0",
		 server->fd);
	must(mount("none", SLOW, "fuse", 0, options), SLOW);
	must(pthread_create(&server->thread, NULL, serve, server), "thread");
	ASSERT_EQ(0, set_param("include", RULE));
	drain(self->state.fd);
}

FIXTURE_TEARDOWN(unanswered)
{
	struct server *server = &self->server;

	set_param("include", INCLUDE);
	umount2(SLOW, MNT_DETACH);
	pthread_join(server->thread, NULL);
	close(server->fd);
	case_end(&self->state);
}

static void before_answers(struct server *server, int first)
{
	__atomic_store_n(&server->first, first, __ATOMIC_SEQ_CST);
}

/* An open is under the lock of all misc devices. */
TEST_F(unanswered, until_a_misc_device_is_opened)
{
	before_answers(&self->server, OPEN_A_MISC_DEVICE);
	close(open_reader());
	before_answers(&self->server, NOTHING);
	EXPECT_EQ(0, ioctl(self->state.fd, SHMEXEC_IOC_RESOLVE));
	EXPECT_EQ(0, run(P));
	EXPECT_HIT(C | T | D, P);
}

/* It is told, hits go on, and the rule can be changed to one without it. */
TEST_F(unanswered, who_asks_is_told)
{
	char byte = 0;

	before_answers(&self->server, WAIT);
	EXPECT_EQ(-1, ioctl(self->state.fd, SHMEXEC_IOC_RESOLVE));
	EXPECT_EQ(ETIMEDOUT, errno);
	ASSERT_EQ(1, read(self->server.asked[0], &byte, 1));
	EXPECT_STREQ(RULE "\n", get_param("include"));
	EXPECT_EQ(0, run(P));
	EXPECT_HIT(C | T | D, P);
	EXPECT_EQ(0, set_param("include", "/dev/shm/p"));
	EXPECT_EQ(1, read_batch(self->state.fd, self->state.batch));
	EXPECT_EQ(0, run(P));
	EXPECT_HIT(C | T | D, P, .pattern = "/dev/shm/p");

	before_answers(&self->server, NOTHING);
	ASSERT_EQ(1, write(self->server.go[1], &byte, 1));
	EXPECT_EQ(0, ioctl(self->state.fd, SHMEXEC_IOC_RESOLVE));
	/* What it has found was for the rule of before. */
	EXPECT_STREQ("/dev/shm/p\n", get_param("include"));
}

/* What it writes, to either output, is @out. */
static pid_t start_logger(int *out)
{
	int fds[2];
	pid_t pid;

	must(pipe(fds), "pipe");
	pid = fork();
	if (!pid) {
		must(dup2(fds[1], 1) < 0 || dup2(fds[1], 2) < 0, "dup2");
		become("/files/shmexec-logger", "shmexec-logger");
	}
	close(fds[1]);
	*out = fds[0];
	return pid;
}

/* Reads until @out has said @text. */
static void expect_text(int out, const char *text)
{
	static char buf[65536];
	size_t len = 0;
	ssize_t n;

	while ((n = read(out, buf + len, sizeof(buf) - 1 - len)) > 0) {
		len += n;
		buf[len] = '\0';
		if (strstr(buf, text))
			return;
	}
	fatal(text);
}

/* It says so, delivers, and asks again at the next mount. */
TEST_F(unanswered, the_logger_goes_on)
{
	struct server *server = &self->server;
	char byte = 0;
	pid_t logger;
	int out;

	before_answers(server, WAIT);
	logger = start_logger(&out);
	expect_text(out, "does not answer");
	EXPECT_EQ(0, run(P));
	expect_text(out, P);
	before_answers(server, NOTHING);
	ASSERT_EQ(1, read(server->asked[0], &byte, 1));
	ASSERT_EQ(1, write(server->go[1], &byte, 1));
	EXPECT_EQ(0, ioctl(self->state.fd, SHMEXEC_IOC_RESOLVE));

	before_answers(server, WAIT);
	mount_on("tmpfs", "/mnt/one_more");
	ASSERT_EQ(1, read(server->asked[0], &byte, 1));
	before_answers(server, NOTHING);
	ASSERT_EQ(1, write(server->go[1], &byte, 1));
	EXPECT_EQ(0, umount("/mnt/one_more"));
	must(kill(logger, SIGTERM), "kill");
	EXPECT_EQ(0, wait_for(logger));
	close(out);
}

TEST_HARNESS_MAIN
