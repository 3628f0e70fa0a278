/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _MODULE_H
#define _MODULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes of a parameter as it reads, at most: a page. */
#define PARAMETER_MAX	4096

/* What sysfs says of the loaded module. */
bool module_loaded(void);
bool module_parameter(const char *name, char value[PARAMETER_MAX]);
uint64_t module_counter(const char *name);

#endif
