/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * What /dev/shmexec says, and how.
 *
 * The device is a stream of records.  Each open file has a cursor of its own,
 * which starts at the oldest record still kept, so what happened before the
 * open is not missed and readers do not disturb each other.  The ring keeps
 * the newest records: a reader that is overtaken finds a record of type
 * SHMEXEC_TYPE_LOST in its stream, in the place of the records that it missed,
 * with their exact number.
 *
 * read(2) returns as many whole records as fit, at least one.  What it checks,
 * in this order:
 *
 *   EINVAL  the buffer is smaller than a struct shmexec_hdr
 *   EAGAIN  no record, and O_NONBLOCK is set
 *   EINTR   a signal came while waiting, and its handler is not SA_RESTART
 *   EINVAL  the next record does not fit; it is not consumed.  A buffer of
 *           SHMEXEC_RECORD_MAX bytes holds each.
 *   EFAULT  the buffer cannot be written; the record is not consumed
 *
 * poll(2) reports EPOLLIN for as long as a record waits.  lseek(2) and pread(2)
 * fail with ESPIPE, write(2) with EINVAL, an ioctl(2) that is not named below
 * with ENOTTY.  While the device is open the module cannot be removed.
 *
 * SHMEXEC_IOC_RESOLVE asks the module to find the directories that the rule
 * names anew: whoever notices that the mount table has changed sends it.  It
 * takes no argument and returns 0 or ENOMEM.  An open does the same.
 *
 * A record is a struct shmexec_hdr, the rest of its type's fixed part, and the
 * bytes of its strings:
 *
 *   0          hdr.hdr_len                                   hdr.len
 *   | fixed part | bytes of the strings, in any order | zeros |
 *
 * Numbers are in the byte order of the machine that made them.  A string is a
 * &struct shmexec_str: an offset from the start of the record and a length.
 * It is bytes, not text: any byte may be in it (a file name holds all but NUL
 * and '/'), and no NUL follows it.  An offset of 0 says that it is not known.
 *
 * The layout grows at the end of a fixed part, and hdr_len says how far it
 * goes: a reader takes from it what it knows and skips the rest, and skips
 * records whose type it does not know by their len.  hdr.version changes only
 * if that would no longer do.
 */
#ifndef _UAPI_SHMEXEC_H
#define _UAPI_SHMEXEC_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define SHMEXEC_IOC_RESOLVE	_IO(0xe5, 1)

#define SHMEXEC_VERSION_1	1

/* No record is longer (bytes). */
#define SHMEXEC_RECORD_MAX	32768

/* hdr.type */
#define SHMEXEC_TYPE_EXEC	1	/* struct shmexec_exec */
#define SHMEXEC_TYPE_LOST	2	/* struct shmexec_lost */
#define SHMEXEC_TYPE_RULE_CHANGED 3	/* struct shmexec_change */
#define SHMEXEC_TYPE_LOCKED	4	/* struct shmexec_change */

/* An id that is not known, or not set: what the kernel's own -1 means. */
#define SHMEXEC_ID_UNSET	((__u32)-1)

/**
 * struct shmexec_str - where a string of the record is
 * @off: bytes from the start of the record, 0: not known
 * @len: bytes
 */
struct shmexec_str {
	__u32 off;
	__u32 len;
};

/**
 * struct shmexec_hdr - what every record starts with
 * @len: the whole record, a multiple of 8 (bytes)
 * @hdr_len: its fixed part, this header included, a multiple of 8 (bytes)
 * @version: SHMEXEC_VERSION_1
 * @type: one of SHMEXEC_TYPE_*
 * @seq: 1 for the first record since the module was loaded, then one more each
 * @epoch: when the module was loaded, ns of the boot clock: (boot id, epoch,
 *	seq) names a record for good
 * @realtime: when the record was made, ns since 1970 (CLOCK_REALTIME)
 * @boottime: the same moment, ns since boot (CLOCK_BOOTTIME)
 */
struct shmexec_hdr {
	__u32 len;
	__u16 hdr_len;
	__u8 version;
	__u8 type;
	__u64 seq;
	__u64 epoch;
	__u64 realtime;
	__u64 boottime;
};

/* exec.views: the names of a file, and by which of them it hit */
#define SHMEXEC_VIEW_CANONICAL	0x01 /* exec.canonical */
#define SHMEXEC_VIEW_TYPED	0x02 /* exec.typed_path */
#define SHMEXEC_VIEW_DIRECTORY	0x04 /* exec.directory */

/* exec.flags */
#define SHMEXEC_F_DELETED	0x01 /* the file has no name any more */
#define SHMEXEC_F_NAME_CUT	0x02 /* canonical: the middle is missing */
#define SHMEXEC_F_SCRIPT	0x04 /* the file is the interpreter of a #! script */
#define SHMEXEC_F_ARGS_CUT	0x08 /* args: the end is missing */
#define SHMEXEC_F_ARGS_FAULT	0x10 /* args: not in memory from there on */
#define SHMEXEC_F_TYPED_CUT	0x20 /* typed_path: the middle is missing */
#define SHMEXEC_F_DIRECTORY_CUT	0x40 /* directory: the middle is missing */
#define SHMEXEC_F_UNREACHABLE	0x80 /* no path leads to the file from the
				      * task's root: it was opened outside, or
				      * its mount is detached
				      */

/* No more bytes of the arguments are kept, and fewer next to very long names. */
#define SHMEXEC_ARGS_MAX	4096

/**
 * struct shmexec_exec - a file that the rule names was executed
 * @hdr: type SHMEXEC_TYPE_EXEC
 * @flags: SHMEXEC_F_*
 * @views: SHMEXEC_VIEW_*, those of the file's names that the rule hit
 * @pid: process id (the thread group's), as in the initial pid namespace
 * @tid: thread id after the exec, likewise; equals @pid
 * @old_tid: id of the thread that called execve, likewise
 * @ppid: process id of the parent, likewise; 0: none
 * @uid: real user id, as in the initial user namespace
 * @euid: effective user id, likewise
 * @suid: saved user id, likewise
 * @fsuid: user id for files, likewise
 * @gid: real group id, likewise
 * @egid: effective group id, likewise
 * @sgid: saved group id, likewise
 * @fsgid: group id for files, likewise
 * @loginuid: user who logged in, SHMEXEC_ID_UNSET: nobody, or no audit in
 *	this kernel
 * @sessionid: audit session, SHMEXEC_ID_UNSET likewise
 * @args_count: number of arguments that the program was given
 * @args_size: bytes of all arguments, their NULs included
 * @comm: name of the task after the exec
 * @canonical: path of the file that runs, from the root of the task, without
 *	" (deleted)"
 * @typed: file name as given to execve
 * @pattern: the include pattern that hit, of the first of @views that did
 * @args: arguments, each with a NUL behind it, up to SHMEXEC_ARGS_MAX bytes
 * @typed_path: @typed, joined to the working directory if it is relative, with
 *	"//" and "/./" folded; not known where it has a ".." component
 * @directory: a directory that the rule names, as the rule spells it, and the
 *	path of the file below it: by the filesystem and the path in it, else
 *	by what @canonical or @typed_path begins with.  Not known if it is
 *	below none of them
 * @interp: what the "#!" line or binfmt_misc names, of the last one if there
 *	are several; known where SHMEXEC_F_SCRIPT is set
 */
struct shmexec_exec {
	struct shmexec_hdr hdr;
	__u32 flags;
	__u32 views;
	__u32 pid;
	__u32 tid;
	__u32 old_tid;
	__u32 ppid;
	__u32 uid;
	__u32 euid;
	__u32 suid;
	__u32 fsuid;
	__u32 gid;
	__u32 egid;
	__u32 sgid;
	__u32 fsgid;
	__u32 loginuid;
	__u32 sessionid;
	__u32 args_count;
	__u32 args_size;
	struct shmexec_str comm;
	struct shmexec_str canonical;
	struct shmexec_str typed;
	struct shmexec_str pattern;
	struct shmexec_str args;
	struct shmexec_str typed_path;
	struct shmexec_str directory;
	struct shmexec_str interp;
};

/**
 * struct shmexec_lost - records that this reader missed
 * @hdr: type SHMEXEC_TYPE_LOST; hdr.seq is that of the first one missed, and
 *	the times are those of the read that noticed it
 * @count: how many: the next record is number hdr.seq + count
 */
struct shmexec_lost {
	struct shmexec_hdr hdr;
	__u64 count;
};

/**
 * struct shmexec_change - somebody changed the rule, or locked it
 * @hdr: type SHMEXEC_TYPE_RULE_CHANGED or SHMEXEC_TYPE_LOCKED
 * @pid: process id of who did it, as in the initial pid namespace
 * @ppid: process id of its parent, likewise; 0: none
 * @uid: its real user id, as in the initial user namespace
 * @euid: its effective user id, likewise
 * @loginuid: as in &struct shmexec_exec
 * @sessionid: likewise
 * @comm: its name
 * @parameter: the module parameter that was set
 * @old_value: what it was, as the parameter reads
 * @new_value: what it is now, likewise
 */
struct shmexec_change {
	struct shmexec_hdr hdr;
	__u32 pid;
	__u32 ppid;
	__u32 uid;
	__u32 euid;
	__u32 loginuid;
	__u32 sessionid;
	struct shmexec_str comm;
	struct shmexec_str parameter;
	struct shmexec_str old_value;
	struct shmexec_str new_value;
};

#endif /* _UAPI_SHMEXEC_H */
