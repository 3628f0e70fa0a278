// SPDX-License-Identifier: GPL-2.0
/*
 * Finds the rule's directories anew for those who use the device.  A filesystem
 * that does not answer holds a worker up, for as long as it likes, and nobody
 * else: an open is under the lock of all misc devices, one of which may be what
 * the filesystem is waiting for.
 */
#include <linux/atomic.h>
#include <linux/errno.h>
#include <linux/jiffies.h>
#include <linux/wait.h>
#include <linux/workqueue.h>
#include "compat.h"
#include "limits.h"
#include "policy.h"
#include "refresh.h"

static void refresh(struct work_struct *work);

static DECLARE_WORK(refresh_work, refresh);
static DECLARE_WAIT_QUEUE_HEAD(refreshed);

/* The last that was asked for; the last that was done, and what came of it. */
static atomic_t asked = ATOMIC_INIT(0), done = ATOMIC_INIT(0);
static int result;

static void refresh(struct work_struct *work)
{
	int turn = atomic_read(&asked);

	WRITE_ONCE(result, shmexec_policy_resolve());
	/* Whoever sees that it is done sees what came of it: with smp_rmb() below. */
	smp_wmb();
	atomic_set(&done, turn);
	wake_up_all(&refreshed);
}

/**
 * shmexec_refresh() - find the directories of the rule anew
 *
 * Where that takes longer, it is not waited for, but goes on.
 *
 * Context: may sleep, but not for long.
 * Return: 0; -ETIMEDOUT, -ENOMEM, -ESRCH, and then they are where they were
 */
int shmexec_refresh(void)
{
	int turn = atomic_inc_return(&asked);

	schedule_work(&refresh_work);
	if (!wait_event_timeout(refreshed, atomic_read(&done) - turn >= 0,
				SHMEXEC_REFRESH_SECONDS * HZ))
		return -ETIMEDOUT;
	/* With smp_wmb() above. */
	smp_rmb();
	return READ_ONCE(result);
}

/**
 * shmexec_refresh_stop() - wait for one that is under way
 *
 * Context: may sleep, waits for filesystems; nobody asks for more.
 */
void shmexec_refresh_stop(void)
{
	cancel_work_sync(&refresh_work);
}
