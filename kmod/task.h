/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SHMEXEC_TASK_H
#define _SHMEXEC_TASK_H

#include "record.h"
#include "scratch.h"

void shmexec_record_task(struct shmexec_record *record, pid_t old_tid,
			 struct shmexec_scratch *scratch);

#endif /* _SHMEXEC_TASK_H */
