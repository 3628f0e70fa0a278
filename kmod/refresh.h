/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _SHMEXEC_REFRESH_H
#define _SHMEXEC_REFRESH_H

int shmexec_refresh(void);
void shmexec_refresh_stop(void);

#endif /* _SHMEXEC_REFRESH_H */
