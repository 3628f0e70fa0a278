/* SPDX-License-Identifier: GPL-2.0 */
/* Every maximum that is not part of the contract with readers. */
#ifndef _SHMEXEC_LIMITS_H
#define _SHMEXEC_LIMITS_H

/* KiB.  The smallest ring still holds two records of SHMEXEC_RECORD_MAX. */
#define SHMEXEC_RING_KB_MIN	64
#define SHMEXEC_RING_KB_DEFAULT	256
#define SHMEXEC_RING_KB_MAX	65536

/* Bytes.  execveat(2) puts "/dev/fd/N/" before what it was given. */
#define SHMEXEC_TYPED_MAX	(PATH_MAX + 32)

/* Bytes of one pattern. */
#define SHMEXEC_PATTERN_MAX	256

/* Directories that a name too long to be written is followed up through. */
#define SHMEXEC_DEPTH_MAX	65536

/*
 * What is left of a name and of the arguments when more tasks are in the probe
 * than there are scratch buffers: bytes on the stack.
 */
#define SHMEXEC_SPARE_PATH	320
#define SHMEXEC_SPARE_ARGS	64

#endif /* _SHMEXEC_LIMITS_H */
