/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SHMEXEC_DIRECTORIES_H
#define _SHMEXEC_DIRECTORIES_H

#include "record.h"
#include "scratch.h"

void shmexec_record_directories(struct shmexec_record *record,
				struct shmexec_scratch *scratch);

#endif /* _SHMEXEC_DIRECTORIES_H */
