// SPDX-License-Identifier: GPL-2.0
/* The rule is locked while the module runs: for good, so this comes last. */
#include "lock.h"

CASES(lock)

TEST_F(lock, at_run_time)
{
	const struct shmexec_change *change;

	EXPECT_EQ(0, set_param("exclude", "/dev/shm/shmexec-selftest-*"));
	drain(self->state.fd);
	EXPECT_EQ(0, set_param("lock", "N"));
	EXPECT_NO_HIT();
	EXPECT_EQ(0, set_param("lock", "Y\n"));
	ASSERT_EQ(1, read_batch(self->state.fd, self->state.batch));
	change = (const void *)next(self->state.batch, NULL);
	check_locked_event(_metadata, change);
	EXPECT_EQ(getpid(), change->pid);

	/* An open device holds the module too; that is not what is tested. */
	close(self->state.fd);
	check_locked(_metadata);
	self->state.fd = open_reader();
	drain(self->state.fd);
	EXPECT_EQ(0, run(P));
	EXPECT_HIT(C | T | D, P);
	resolve(self->state.fd);
	EXPECT_EQ(0, system("/files/shmexec-logger --selftest 2>&1 | "
			    "grep -q 'as the rule is locked, edit'"));
}

TEST_HARNESS_MAIN
