// SPDX-License-Identifier: GPL-2.0
/* On the board of tests/vm/embedded. */
#include "lock.h"

FIXTURE(embedded) { struct case_state state; };

FIXTURE_SETUP(embedded)
{
	self->state.fd = open_reader();
	self->state.batch = malloc(sizeof(*self->state.batch));
}

FIXTURE_TEARDOWN(embedded)
{
	case_end(&self->state);
}

/* Whatever the order of the parameters was: the others were set. */
TEST_F(embedded, locked_at_load)
{
	const struct shmexec_change *change;

	ASSERT_LE(1, read_batch(self->state.fd, self->state.batch));
	change = (const void *)next(self->state.batch, NULL);
	EXPECT_EQ(1, change->hdr.seq);
	check_locked_event(_metadata, change);
	close(self->state.fd);
	check_locked(_metadata);
	self->state.fd = open_reader();
}

TEST_F(embedded, c28_shm_mounted_after_the_module_was_loaded)
{
	must(mount("none", "/dev/shm", "tmpfs", 0, NULL), "mount");
	copy_file(PAYLOAD, P, 0755);
	drain(self->state.fd);
	EXPECT_EQ(0, run("/run/shm/p"));
	EXPECT_HIT(C | T, P, .typed = "/run/shm/p");
	resolve(self->state.fd);
	EXPECT_EQ(0, run("/run/shm/p"));
	EXPECT_HIT(C | T | D, P, .typed = "/run/shm/p");
}

TEST_F(embedded, c30_var_is_tmp)
{
	payload_at("/tmp/run/p");
	drain(self->state.fd);
	EXPECT_EQ(0, run("/tmp/run/p"));
	EXPECT_HIT(D, "/var/run/p", .canonical = "/tmp/run/p",
		   .typed = "/tmp/run/p", .pattern = "/var/run/*");
	EXPECT_EQ(0, run("/var/run/p"));
	EXPECT_HIT(T | D, "/var/run/p", .canonical = "/tmp/run/p",
		   .pattern = "/var/run/*");
	EXPECT_EQ(0, run(payload_at("/tmp/run/docker/p")));
	EXPECT_EQ(0, run(payload_at("/tmp/runner/p")));
	EXPECT_EQ(0, run(payload_at("/run/p")));
	EXPECT_NO_HIT();
}

TEST_HARNESS_MAIN
