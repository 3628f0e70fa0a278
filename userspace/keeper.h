/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _KEEPER_H
#define _KEEPER_H

#include "cursor.h"

int keeper_open(struct cursor *cursor, const char *name);
int keeper_save(const struct cursor *cursor, const char *name);

#endif
