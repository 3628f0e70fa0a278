// SPDX-License-Identifier: GPL-2.0
/* Loading this makes the kernel warn. */
#include <linux/bug.h>
#include <linux/module.h>

static int __init warn_init(void)
{
	WARN_ON(1);
	return 0;
}

module_init(warn_init);

MODULE_DESCRIPTION("Makes the kernel warn");
MODULE_LICENSE("GPL");
