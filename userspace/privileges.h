/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PRIVILEGES_H
#define _PRIVILEGES_H

int privileges_drop(const char *user);

#endif
