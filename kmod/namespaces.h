/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SHMEXEC_NAMESPACES_H
#define _SHMEXEC_NAMESPACES_H

#include "record.h"

void shmexec_namespaces_init(void);
void shmexec_record_namespaces(struct shmexec_record *record);

#endif /* _SHMEXEC_NAMESPACES_H */
