/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SHMEXEC_PARAMS_H
#define _SHMEXEC_PARAMS_H

struct shmexec_stream;

int shmexec_params_start(struct shmexec_stream *stream);
void shmexec_params_stop(void);

#endif /* _SHMEXEC_PARAMS_H */
