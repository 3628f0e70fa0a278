// SPDX-License-Identifier: GPL-2.0
/*
 * Loading and unloading; it ends with the module loaded, as it found it.
 * /files/rounds, if it is there, says how often in the storm.
 */
#include "params.h"
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/sysinfo.h>

#define HIT	"/dev/shm/lifecycle-test"
#define FULL	"/mnt/full"

static bool present(void)
{
	return !access(DEVICE, F_OK);
}

FIXTURE(lifecycle) {
	struct batch *batch;
};

FIXTURE_SETUP(lifecycle)
{
	copy_file(PAYLOAD, HIT, 0755);
	self->batch = malloc(sizeof(*self->batch));
	if (!present())
		ASSERT_EQ(0, load(""));
}

FIXTURE_TEARDOWN(lifecycle)
{
	free(self->batch);
	if (!present() && load(""))
		fatal(MODULE);
}

TEST_F(lifecycle, an_open_device_holds_the_module)
{
	int fd = open_reader(), copy = dup(fd);

	drain(fd);
	EXPECT_EQ(EWOULDBLOCK, unload());
	EXPECT_EQ(0, run(HIT));
	EXPECT_EQ(1, read_batch(fd, self->batch));
	close(fd);
	EXPECT_EQ(EWOULDBLOCK, unload());
	close(copy);
	EXPECT_EQ(0, unload());
	EXPECT_FALSE(present());
	EXPECT_EQ(0, run(HIT));
}

TEST_F(lifecycle, a_waiting_reader_holds_the_module)
{
	int ready[2], fd;
	char buf[4096];
	pid_t pid;

	ASSERT_EQ(0, pipe(ready));
	pid = fork();
	if (!pid) {
		fd = open_reader();
		drain(fd);
		fcntl(fd, F_SETFL, 0);
		if (write(ready[1], "", 1) != 1)
			_exit(1);
		_exit(read(fd, buf, sizeof(buf)) > 0 ? 0 : errno);
	}
	ASSERT_EQ(1, read(ready[0], buf, 1));
	EXPECT_EQ(EWOULDBLOCK, unload());
	EXPECT_EQ(0, run(HIT));
	EXPECT_EQ(0, wait_for(pid));
	EXPECT_EQ(0, unload());
}

TEST_F(lifecycle, a_second_load_starts_a_new_epoch)
{
	struct shmexec_hdr first;
	int fd;

	for (int i = 0; i < 2; i++) {
		EXPECT_EQ(0, unload());
		EXPECT_EQ(0, load(""));
		EXPECT_EQ(0, run(HIT));
		fd = open_reader();
		EXPECT_EQ(1, read_batch(fd, self->batch));
		EXPECT_EQ(1, next(self->batch, NULL)->seq);
		if (i)
			EXPECT_LT(first.epoch, next(self->batch, NULL)->epoch);
		memcpy(&first, self->batch->buf, sizeof(first));
		close(fd);
	}
}

TEST_F(lifecycle, twice_at_a_time_is_refused)
{
	EXPECT_EQ(EEXIST, load(""));
	EXPECT_TRUE(present());
}

/* A board may have no memory for the largest. */
static bool may_be_too_large(const char *params)
{
	struct sysinfo info;

	must(sysinfo(&info), "sysinfo");
	return strtoul(params + strlen("ring_kb="), NULL, 10) >
	       info.totalram / 1024 * info.mem_unit / 2;
}

TEST_F(lifecycle, ring_kb)
{
	static const struct {
		const char *params;
		int error;
	} row[] = {
		{ "ring_kb=0", EINVAL },	{ "ring_kb=63", EINVAL },
		{ "ring_kb=64", 0 },		{ "ring_kb=100", 0 },
		{ "ring_kb=65536", 0 },		{ "ring_kb=65537", EINVAL },
		{ "ring_kb=-1", EINVAL },	{ "ring_kb=", EINVAL },
		{ "ring_kb=4294967360", ERANGE }, { "ring_kb=64k", EINVAL },
	};

	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		if (!row[i].error && may_be_too_large(row[i].params))
			continue;
		EXPECT_EQ(0, unload());
		EXPECT_EQ(row[i].error, load(row[i].params))
			TH_LOG("%s", row[i].params);
		EXPECT_EQ(!row[i].error, present());
		if (!present())
			ASSERT_EQ(0, load(""));
	}
}

static void add_mib(int fd)
{
	static char zeros[1 << 20];

	must(write(fd, zeros, sizeof(zeros)) != sizeof(zeros), FULL);
}

/* Takes memory and gives it back, as others on the machine do. */
static void use_memory(void)
{
	const size_t size = 4 << 20;
	char *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);

	must(memory == MAP_FAILED, "mmap");
	munmap(memory, size);
}

/* Nor does it cost another process its life. */
TEST_F_TIMEOUT(lifecycle, no_memory_for_the_ring, 120)
{
	pid_t other;
	int log, fd;

	EXPECT_EQ(0, unload());
	must(mkdir(FULL, 0700) && errno != EEXIST, FULL);
	must(mount("none", FULL, "tmpfs", 0, "size=100%"), FULL);
	fd = open(FULL "/file", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	while (memory_kib("MemAvailable") > 32 << 10)
		add_mib(fd);
	other = fork();
	while (!other)
		use_memory();
	log = log_begin();
	for (int i = 0; i < 20; i++)
		EXPECT_EQ(ENOMEM, load("ring_kb=65536"));
	kill(other, SIGTERM);
	EXPECT_EQ(SIGTERM, WTERMSIG(wait_for(other)));
	EXPECT_TRUE(log_says(log, "no memory for ring_kb=65536: give less"));
	close(fd);
	must(umount(FULL), FULL);
	EXPECT_FALSE(present());
	EXPECT_EQ(0, load(""));
}

TEST_F(lifecycle, rule_at_load)
{
	static const struct {
		const char *params;
		int error;
		const char *name, *value;
	} row[] = {
		{ "include=/tmp/*", 0, "include", "/tmp/*\n" },
		{ "include=/tmp/* include=/x/*", 0, "include", "/x/*\n" },
		{ "include=\"/a b/*\"", 0, "include", "/a b/*\n" },
		{ "exclude=", 0, "exclude", "\n" },
		{ "exclude=\"\"", 0, "exclude", "\n" },
		{ "uid=any views=typed ignore_case=N", 0, "views", "typed\n" },
		{ "lock=Y lock=N", 0, "lock", "N\n" },
		{ "lock=0", 0, "lock", "N\n" },
		{ "", 0, "include", INCLUDE "\n" },
		{ "", 0, "exclude", EXCLUDE "\n" },
		{ "include=", EINVAL },		{ "include", EINVAL },
		{ "include=tmp", EINVAL },	{ "include=/a,", EINVAL },
		{ "include=/a exclude=x", EINVAL },
		{ "uid=x", EINVAL },		{ "uid=", EINVAL },
		{ "views=", EINVAL },		{ "views=all", EINVAL },
		{ "ignore_case=x", EINVAL },	{ "lock=x", EINVAL },
		{ "lock=Y ring_kb=1", EINVAL },
	};
	int fd;

	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		EXPECT_EQ(0, unload());
		EXPECT_EQ(row[i].error, load(row[i].params))
			TH_LOG("%s", row[i].params);
		EXPECT_EQ(!row[i].error, present());
		if (!present()) {
			ASSERT_EQ(0, load(""));
			continue;
		}
		EXPECT_STREQ(row[i].value, get_param(row[i].name));
		/* What it was loaded with is no change. */
		fd = open_reader();
		EXPECT_EQ(0, read_batch(fd, self->batch));
		close(fd);
	}
}

/* A rule that was made before a later parameter is refused takes 4 KiB. */
TEST_F_TIMEOUT(lifecycle, a_load_that_fails_leaves_nothing, 120)
{
	enum { TIMES = 100 };
	long before = 0;

	EXPECT_EQ(0, unload());
	for (int i = -20; i < TIMES; i++) {
		if (!i)
			before = slab_kib();
		EXPECT_EQ(EINVAL, load("include=/tmp/* uid=any uid=x"));
	}
	/* A kernel that looks closer keeps what was freed, and finds a leak itself. */
	if (slowness() == 1)
		EXPECT_GT(before + 4 * TIMES / 2, slab_kib());
	TH_LOG("slab %+ld KiB", slab_kib() - before);
}

/* A larger ring keeps more: 64 KiB hold 15 hits of 4 KiB, 1 MiB all 40. */
TEST_F(lifecycle, ring_kb_is_the_size_of_the_ring)
{
	char *arg = malloc(4096), *argv[] = { "x", arg, NULL };
	int kept[2], fd, n;

	memset(arg, 'x', 4095);
	arg[4095] = '\0';
	for (int large = 0; large < 2; large++) {
		EXPECT_EQ(0, unload());
		EXPECT_EQ(0, load(large ? "ring_kb=1024" : "ring_kb=64"));
		for (int i = 0; i < 40; i++)
			run_argv(HIT, argv);
		fd = open_reader();
		for (kept[large] = 0; (n = read_batch(fd, self->batch)) > 0;)
			kept[large] += n;
		close(fd);
	}
	EXPECT_LE(10, kept[0]);
	EXPECT_GE(15, kept[0]);
	EXPECT_EQ(40, kept[1]);
}

TEST_F_TIMEOUT(lifecycle, c43_unload_in_an_exec_storm, 1200)
{
	const unsigned long rounds = file_number("/files/rounds", 100);
	enum { CHILDREN = 4 };
	pid_t pid[CHILDREN];

	for (int i = 0; i < CHILDREN; i++) {
		pid[i] = fork();
		while (!pid[i])
			run(HIT);
	}
	for (unsigned long i = 0; i < rounds; i++) {
		EXPECT_EQ(0, unload());
		EXPECT_EQ(0, load("ring_kb=64"));
	}
	for (int i = 0; i < CHILDREN; i++) {
		kill(pid[i], SIGKILL);
		EXPECT_EQ(SIGKILL, WTERMSIG(wait_for(pid[i])));
	}
}

TEST_HARNESS_MAIN
