/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SHMEXEC_PROBE_H
#define _SHMEXEC_PROBE_H

struct shmexec_stream;

int shmexec_probe_register(struct shmexec_stream *stream);
void shmexec_probe_unregister(struct shmexec_stream *stream);

#endif /* _SHMEXEC_PROBE_H */
