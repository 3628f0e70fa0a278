/* SPDX-License-Identifier: GPL-2.0 */
/* Every maximum that is not part of the contract with readers. */
#ifndef _SHMEXEC_LIMITS_H
#define _SHMEXEC_LIMITS_H

/* KiB.  The smallest ring still holds two records of SHMEXEC_RECORD_MAX. */
#define SHMEXEC_RING_KB_MIN	64
#define SHMEXEC_RING_KB_DEFAULT	256
#define SHMEXEC_RING_KB_MAX	65536

/*
 * ns that a reader waits at most for more, if it was woken within as many before,
 * and which part of the ring is enough for it to be woken sooner.
 */
#define SHMEXEC_WAKE_NS		10000000
#define SHMEXEC_WAKE_PART	8

/* Bytes.  execveat(2) puts "/dev/fd/N/" before what it was given. */
#define SHMEXEC_TYPED_MAX	(PATH_MAX + 32)

/* Bytes of what a "#!" line or binfmt_misc names. */
#define SHMEXEC_INTERP_MAX	256

/* Bytes of the name of a filesystem's type. */
#define SHMEXEC_FS_TYPE_MAX	32

/* Bytes of a path in a cgroup hierarchy, with a NUL. */
#define SHMEXEC_CGROUP_MAX	1024

/*
 * A list of patterns: bytes of one, bytes of all, how many.  The bytes of all,
 * times those of a name, bound the steps that judging the name takes.
 */
#define SHMEXEC_PATTERN_MAX	255
#define SHMEXEC_LIST_MAX	2047
#define SHMEXEC_PATTERNS_MAX	32

/* Bytes of a path by which most of those that cannot hit are told. */
#define SHMEXEC_HEADS_DEPTH	8

/* Directories that a name too long to be written is followed up through. */
#define SHMEXEC_DEPTH_MAX	65536

/* Times that such a name is put together anew, as directories were renamed. */
#define SHMEXEC_TRIES		8

/* Seconds that who uses the device waits for the directories of the rule. */
#define SHMEXEC_REFRESH_SECONDS	2

/* Directories that the gate follows a file up through before it looks closer. */
#define SHMEXEC_GLANCE_DEPTH	64

/* Mounts on one another that the gate follows; of more only d_path() tells. */
#define SHMEXEC_MOUNTS_MAX	64

/*
 * Bytes of scratch memory for one exec: its names, then as much as is left, or
 * SHMEXEC_ARGS_MAX, of its arguments.  With its share of the counters and of
 * the pool less than 8 KiB a CPU.
 */
#define SHMEXEC_SCRATCH_SIZE	8064

/*
 * Likewise, on the stack, for when more tasks are in the probe than there are
 * scratch buffers.
 */
#define SHMEXEC_SPARE_SIZE	768

#endif /* _SHMEXEC_LIMITS_H */
