/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What older kernels lack.  The code is written for the newest kernel, and
 * this is the only file that asks which one it is built for.
 */
#ifndef _SHMEXEC_COMPAT_H
#define _SHMEXEC_COMPAT_H

#ifndef CONFIG_TRACEPOINTS
#error "shmexec needs CONFIG_TRACEPOINTS: turn on CONFIG_FTRACE and a tracer"
#endif

#endif /* _SHMEXEC_COMPAT_H */
