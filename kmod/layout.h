/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Holds the layout of uapi/shmexec.h still.  The module and the logger include
 * it both, so a compiler that would lay a record out differently, or an edit
 * that moves a member or leaves a hole, stops the build.  static_assert() comes
 * from linux/build_bug.h or assert.h, included before.
 */
#ifndef _SHMEXEC_LAYOUT_H
#define _SHMEXEC_LAYOUT_H

#include "uapi/shmexec.h"

#define SHMEXEC_AT(type, member, offset)				\
	static_assert(__builtin_offsetof(struct type, member) == (offset), \
		      #type "." #member " has moved")
#define SHMEXEC_SIZE(type, size)					\
	static_assert(sizeof(struct type) == (size),			\
		      #type " has changed its size")

SHMEXEC_SIZE(shmexec_str, 8);

SHMEXEC_AT(shmexec_hdr, len, 0);
SHMEXEC_AT(shmexec_hdr, hdr_len, 4);
SHMEXEC_AT(shmexec_hdr, version, 6);
SHMEXEC_AT(shmexec_hdr, type, 7);
SHMEXEC_AT(shmexec_hdr, seq, 8);
SHMEXEC_AT(shmexec_hdr, epoch, 16);
SHMEXEC_AT(shmexec_hdr, realtime, 24);
SHMEXEC_AT(shmexec_hdr, boottime, 32);
SHMEXEC_SIZE(shmexec_hdr, 40);

SHMEXEC_AT(shmexec_exec, flags, 40);
SHMEXEC_AT(shmexec_exec, views, 44);
SHMEXEC_AT(shmexec_exec, pid, 48);
SHMEXEC_AT(shmexec_exec, tid, 52);
SHMEXEC_AT(shmexec_exec, old_tid, 56);
SHMEXEC_AT(shmexec_exec, ppid, 60);
SHMEXEC_AT(shmexec_exec, uid, 64);
SHMEXEC_AT(shmexec_exec, euid, 68);
SHMEXEC_AT(shmexec_exec, suid, 72);
SHMEXEC_AT(shmexec_exec, fsuid, 76);
SHMEXEC_AT(shmexec_exec, gid, 80);
SHMEXEC_AT(shmexec_exec, egid, 84);
SHMEXEC_AT(shmexec_exec, sgid, 88);
SHMEXEC_AT(shmexec_exec, fsgid, 92);
SHMEXEC_AT(shmexec_exec, loginuid, 96);
SHMEXEC_AT(shmexec_exec, sessionid, 100);
SHMEXEC_AT(shmexec_exec, args_count, 104);
SHMEXEC_AT(shmexec_exec, args_size, 108);
SHMEXEC_AT(shmexec_exec, comm, 112);
SHMEXEC_AT(shmexec_exec, canonical, 120);
SHMEXEC_AT(shmexec_exec, typed, 128);
SHMEXEC_AT(shmexec_exec, pattern, 136);
SHMEXEC_AT(shmexec_exec, args, 144);
SHMEXEC_AT(shmexec_exec, typed_path, 152);
SHMEXEC_AT(shmexec_exec, directory, 160);
SHMEXEC_AT(shmexec_exec, interp, 168);
SHMEXEC_AT(shmexec_exec, known, 176);
SHMEXEC_AT(shmexec_exec, vpid, 180);
SHMEXEC_AT(shmexec_exec, start, 184);
SHMEXEC_AT(shmexec_exec, pgrp, 192);
SHMEXEC_AT(shmexec_exec, session, 196);
SHMEXEC_AT(shmexec_exec, pgrp_start, 200);
SHMEXEC_AT(shmexec_exec, session_start, 208);
SHMEXEC_AT(shmexec_exec, parent_start, 216);
SHMEXEC_AT(shmexec_exec, parent_uid, 224);
SHMEXEC_AT(shmexec_exec, parent_euid, 228);
SHMEXEC_AT(shmexec_exec, parent_gid, 232);
SHMEXEC_AT(shmexec_exec, parent_egid, 236);
SHMEXEC_AT(shmexec_exec, cap_permitted, 240);
SHMEXEC_AT(shmexec_exec, cap_effective, 248);
SHMEXEC_AT(shmexec_exec, cap_inheritable, 256);
SHMEXEC_AT(shmexec_exec, cap_bounding, 264);
SHMEXEC_AT(shmexec_exec, cap_ambient, 272);
SHMEXEC_AT(shmexec_exec, tty_major, 280);
SHMEXEC_AT(shmexec_exec, tty_minor, 284);
SHMEXEC_AT(shmexec_exec, groups_count, 288);
SHMEXEC_AT(shmexec_exec, file_generation, 292);
SHMEXEC_AT(shmexec_exec, file_inode, 296);
SHMEXEC_AT(shmexec_exec, file_size, 304);
SHMEXEC_AT(shmexec_exec, file_atime, 312);
SHMEXEC_AT(shmexec_exec, file_mtime, 320);
SHMEXEC_AT(shmexec_exec, file_ctime, 328);
SHMEXEC_AT(shmexec_exec, dev_major, 336);
SHMEXEC_AT(shmexec_exec, dev_minor, 340);
SHMEXEC_AT(shmexec_exec, file_mode, 344);
SHMEXEC_AT(shmexec_exec, file_uid, 348);
SHMEXEC_AT(shmexec_exec, file_gid, 352);
SHMEXEC_AT(shmexec_exec, file_nlink, 356);
SHMEXEC_AT(shmexec_exec, fs_magic, 360);
SHMEXEC_AT(shmexec_exec, ns_mnt, 364);
SHMEXEC_AT(shmexec_exec, ns_pid, 368);
SHMEXEC_AT(shmexec_exec, ns_user, 372);
SHMEXEC_AT(shmexec_exec, ns_net, 376);
SHMEXEC_AT(shmexec_exec, ns_cgroup, 380);
SHMEXEC_AT(shmexec_exec, ns_uts, 384);
SHMEXEC_AT(shmexec_exec, ns_ipc, 388);
SHMEXEC_AT(shmexec_exec, cwd, 392);
SHMEXEC_AT(shmexec_exec, root, 400);
SHMEXEC_AT(shmexec_exec, parent_comm, 408);
SHMEXEC_AT(shmexec_exec, fs_type, 416);
SHMEXEC_AT(shmexec_exec, cgroup, 424);
SHMEXEC_AT(shmexec_exec, groups, 432);
SHMEXEC_AT(shmexec_exec, file_btime, 440);
SHMEXEC_SIZE(shmexec_exec, 448);

SHMEXEC_AT(shmexec_lost, count, 40);
SHMEXEC_SIZE(shmexec_lost, 48);

SHMEXEC_AT(shmexec_change, pid, 40);
SHMEXEC_AT(shmexec_change, ppid, 44);
SHMEXEC_AT(shmexec_change, uid, 48);
SHMEXEC_AT(shmexec_change, euid, 52);
SHMEXEC_AT(shmexec_change, loginuid, 56);
SHMEXEC_AT(shmexec_change, sessionid, 60);
SHMEXEC_AT(shmexec_change, comm, 64);
SHMEXEC_AT(shmexec_change, parameter, 72);
SHMEXEC_AT(shmexec_change, old_value, 80);
SHMEXEC_AT(shmexec_change, new_value, 88);
SHMEXEC_SIZE(shmexec_change, 96);

#endif /* _SHMEXEC_LAYOUT_H */
