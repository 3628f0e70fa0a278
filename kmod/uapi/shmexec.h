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
 * poll(2) reports EPOLLIN for as long as a record waits.  Who waits for one, there
 * or in read(2), is woken at once; if it was woken within 10 ms before, then at
 * most 10 ms later, or when an eighth of the ring is new.  lseek(2) and pread(2)
 * fail with ESPIPE, write(2) with EINVAL, an ioctl(2) that is not named below
 * with ENOTTY.  While the device is open the module cannot be removed.
 *
 * SHMEXEC_IOC_RESOLVE asks the module to find the directories that the rule
 * names anew: whoever notices that the mount table has changed sends it.  It
 * takes no argument and returns 0; ENOMEM or ESRCH, and they are where they were; or
 * ETIMEDOUT, and they are until the filesystem answers that has not for two
 * seconds.  An open does the same, and says nothing of it.
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
#define SHMEXEC_F_SECUREEXEC	0x100 /* the exec raised privileges: AT_SECURE */
#define SHMEXEC_F_KTHREAD_PARENT 0x200 /* the parent is a kernel thread */
#define SHMEXEC_F_MEMFD		0x400 /* the file is one of memfd_create(2) */
#define SHMEXEC_F_DETACHED	0x800 /* its mount has been unmounted */
#define SHMEXEC_F_CWD_CUT	0x1000 /* cwd: the middle is missing */
#define SHMEXEC_F_ROOT_CUT	0x2000 /* root: the middle is missing */

/*
 * exec.known: what else the module tells.  Where a bit is not set its fields
 * are 0 and mean nothing: the kernel has no such thing, it could not be looked
 * at, or the module is older.
 */
#define SHMEXEC_KNOWN_PROCESS	0x01 /* vpid to cap_ambient, groups */
#define SHMEXEC_KNOWN_PARENT	0x02 /* parent_start to parent_egid */
#define SHMEXEC_KNOWN_TTY	0x04 /* tty_major, tty_minor */
#define SHMEXEC_KNOWN_FILE	0x08 /* file_generation to fs_magic, file_btime */
#define SHMEXEC_KNOWN_AUDIT	0x10 /* loginuid, sessionid */

/* No more bytes of the arguments are kept, and fewer next to very long names. */
#define SHMEXEC_ARGS_MAX	4096

/* No more supplementary groups are kept. */
#define SHMEXEC_GROUPS_MAX	32

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
 * @loginuid: user who logged in, SHMEXEC_ID_UNSET: nobody, or not known
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
 * @known: SHMEXEC_KNOWN_*
 * @vpid: process id, as in the process's own pid namespace
 * @start: when the process was forked, ns of the boot clock; with @pid it names
 *	a process for good
 * @pgrp: process group, as in the initial pid namespace; 0: none
 * @session: session, likewise
 * @pgrp_start: as @start, of the process that leads @pgrp; 0: it has gone
 * @session_start: likewise, of the one that leads @session
 * @parent_start: as @start, of the parent
 * @parent_uid: real user id of the parent, as in the initial user namespace
 * @parent_euid: effective user id, likewise
 * @parent_gid: real group id, likewise
 * @parent_egid: effective group id, likewise
 * @cap_permitted: capabilities after the exec: bit n is number n of capability.h
 * @cap_effective: likewise
 * @cap_inheritable: likewise
 * @cap_bounding: likewise
 * @cap_ambient: likewise
 * @tty_major: device number of the controlling terminal; 0 and 0: none
 * @tty_minor: likewise
 * @groups_count: number of supplementary groups
 * @file_generation: tells files apart that had @file_inode one after the other;
 *	0: the filesystem has none
 * @file_inode: number of the file that runs, in its filesystem
 * @file_size: bytes
 * @file_atime: when it was last read, ns since 1970; 0: not known
 * @file_mtime: when it was last written, likewise
 * @file_ctime: when its inode last changed, likewise
 * @dev_major: device number of its filesystem
 * @dev_minor: likewise
 * @file_mode: type and permissions, as in stat(2)
 * @file_uid: owner, as in the initial user namespace
 * @file_gid: group, likewise
 * @file_nlink: number of its names
 * @fs_magic: type of the filesystem, as in statfs(2)
 * @ns_mnt: inode number of the task's mount namespace, as /proc/PID/ns shows
 *	it; 0, like each of these, if this kernel has none or it is not known
 * @ns_pid: of its pid namespace
 * @ns_user: of its user namespace
 * @ns_net: of its network namespace
 * @ns_cgroup: of its cgroup namespace
 * @ns_uts: of its host name's namespace
 * @ns_ipc: of its IPC namespace
 * @cwd: working directory, from the root of the task
 * @root: root directory of the task, inside the filesystem that it is on: "/"
 *	but for a task in a chroot or a container that has a part of one
 * @parent_comm: name of the parent
 * @fs_type: name of the filesystem's type
 * @cgroup: path in the unified hierarchy, or, where that is "/", in the first
 *	other one where it is not
 * @groups: supplementary groups, a __u32 each, as in the initial user namespace,
 *	up to SHMEXEC_GROUPS_MAX
 * @file_btime: when the file was made, ns since 1970, as statx(2) shows it on
 *	tmpfs from Linux 5.18 on; elsewhere 0: not known
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
	__u32 known;
	__u32 vpid;
	__u64 start;
	__u32 pgrp;
	__u32 session;
	__u64 pgrp_start;
	__u64 session_start;
	__u64 parent_start;
	__u32 parent_uid;
	__u32 parent_euid;
	__u32 parent_gid;
	__u32 parent_egid;
	__u64 cap_permitted;
	__u64 cap_effective;
	__u64 cap_inheritable;
	__u64 cap_bounding;
	__u64 cap_ambient;
	__u32 tty_major;
	__u32 tty_minor;
	__u32 groups_count;
	__u32 file_generation;
	__u64 file_inode;
	__u64 file_size;
	__u64 file_atime;
	__u64 file_mtime;
	__u64 file_ctime;
	__u32 dev_major;
	__u32 dev_minor;
	__u32 file_mode;
	__u32 file_uid;
	__u32 file_gid;
	__u32 file_nlink;
	__u32 fs_magic;
	__u32 ns_mnt;
	__u32 ns_pid;
	__u32 ns_user;
	__u32 ns_net;
	__u32 ns_cgroup;
	__u32 ns_uts;
	__u32 ns_ipc;
	struct shmexec_str cwd;
	struct shmexec_str root;
	struct shmexec_str parent_comm;
	struct shmexec_str fs_type;
	struct shmexec_str cgroup;
	struct shmexec_str groups;
	__u64 file_btime;
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
