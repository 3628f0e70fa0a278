/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SELFTEST_H
#define _SELFTEST_H

int selftest(void);

#endif
