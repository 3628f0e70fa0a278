// SPDX-License-Identifier: GPL-2.0
/* Loading this leaves a complaint in the kernel log, and the kernel goes on. */
#include <linux/module.h>
#include <linux/printk.h>

static int __init complain_init(void)
{
	pr_info("BUG: nothing is wrong\n");
	return 0;
}

module_init(complain_init);

MODULE_DESCRIPTION("Leaves a complaint in the kernel log");
MODULE_LICENSE("GPL");
