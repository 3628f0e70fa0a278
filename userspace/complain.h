/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _COMPLAIN_H
#define _COMPLAIN_H

void complain(const char *what, const char *name, const char *why);

#endif
