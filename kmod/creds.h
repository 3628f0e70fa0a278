/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SHMEXEC_CREDS_H
#define _SHMEXEC_CREDS_H

#include "record.h"
#include "scratch.h"

void shmexec_record_creds(struct shmexec_record *record,
			  struct shmexec_scratch *scratch);

#endif /* _SHMEXEC_CREDS_H */
