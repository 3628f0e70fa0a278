// SPDX-License-Identifier: GPL-2.0
/* shmexec reports files that root executes from shared-memory directories. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/init.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include "chardev.h"
#include "compat.h"
#include "counters.h"
#include "limits.h"
#include "namespaces.h"
#include "params.h"
#include "policy.h"
#include "probe.h"
#include "scratch.h"
#include "stream.h"

static unsigned int ring_kb = SHMEXEC_RING_KB_DEFAULT;
module_param(ring_kb, uint, 0400);
MODULE_PARM_DESC(ring_kb, "KiB of records kept for readers");

static struct shmexec_stream stream;

static int __init check_ring_kb(void)
{
	if (ring_kb >= SHMEXEC_RING_KB_MIN && ring_kb <= SHMEXEC_RING_KB_MAX)
		return 0;
	pr_err("ring_kb=%u is out of range: give %d to %d\n", ring_kb,
	       SHMEXEC_RING_KB_MIN, SHMEXEC_RING_KB_MAX);
	return -EINVAL;
}

static int __init init_stream(void)
{
	int ret = shmexec_stream_init(&stream, ring_kb * 1024);

	if (ret)
		pr_err("no memory for ring_kb=%u: give less, down to %d\n",
		       ring_kb, SHMEXEC_RING_KB_MIN);
	return ret;
}

static int __init shmexec_init(void)
{
	int ret;

	ret = check_ring_kb();
	if (ret)
		return ret;
	/* The parameters may have made it; where loading fails they free it. */
	ret = shmexec_policy_init();
	if (ret)
		return ret;
	ret = init_stream();
	if (ret)
		return ret;
	ret = shmexec_scratch_init();
	if (ret)
		goto err_stream;
	shmexec_namespaces_init();
	ret = shmexec_probe_register(&stream);
	if (ret)
		goto err_scratch;
	ret = shmexec_chardev_register(&stream, shmexec_counters_groups);
	if (ret)
		goto err_probe;
	ret = shmexec_params_start(&stream);
	if (ret)
		goto err_chardev;

	pr_info("version " SHMEXEC_VERSION " watches execs\n");
	return 0;

err_chardev:
	shmexec_chardev_unregister();
err_probe:
	shmexec_probe_unregister(&stream);
err_scratch:
	shmexec_scratch_destroy();
err_stream:
	shmexec_stream_destroy(&stream);
	return ret;
}

static void __exit shmexec_exit(void)
{
	shmexec_params_stop();
	shmexec_chardev_unregister();
	shmexec_probe_unregister(&stream);
	shmexec_scratch_destroy();
	shmexec_stream_destroy(&stream);
	shmexec_policy_destroy();
}

module_init(shmexec_init);
module_exit(shmexec_exit);

MODULE_DESCRIPTION("Reports files that root executes from shared-memory directories");
MODULE_AUTHOR("The shmexec authors");
MODULE_VERSION(SHMEXEC_VERSION);
MODULE_LICENSE("GPL");
