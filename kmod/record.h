/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SHMEXEC_RECORD_H
#define _SHMEXEC_RECORD_H

#include <linux/binfmts.h>
#include "ring.h"
#include "scratch.h"
#include "uapi/shmexec.h"

/* Each &struct shmexec_str of a &struct shmexec_exec. */
#define SHMEXEC_RECORD_STRINGS	14

/**
 * struct shmexec_record - a record of type SHMEXEC_TYPE_EXEC being made
 * @exec: its fixed part; len, seq and times are left to the stream
 * @pieces: its strings, which belong to whoever gave them
 * @nr: how many
 * @end: bytes so far
 */
struct shmexec_record {
	struct shmexec_exec exec;
	struct shmexec_piece pieces[SHMEXEC_RECORD_STRINGS];
	u32 nr;
	u32 end;
};

void shmexec_record_init(struct shmexec_record *record);
void shmexec_record_string(struct shmexec_record *record,
			   struct shmexec_str *str, const char *text, u32 len);
void shmexec_record_copy(struct shmexec_record *record, struct shmexec_str *str,
			 const void *from, u32 len,
			 struct shmexec_scratch *scratch);
void shmexec_record_program(struct shmexec_record *record,
			    const struct linux_binprm *bprm, char *args,
			    u32 size);

#endif /* _SHMEXEC_RECORD_H */
