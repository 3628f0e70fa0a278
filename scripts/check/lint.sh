#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# What compilers and linters say of the tree.
set -euo pipefail
# shellcheck source=scripts/lib/kernel.sh
. "$(dirname "$0")/../lib/kernel.sh"
# shellcheck source=scripts/lib/source.sh
. "$top/scripts/lib/source.sh"
# shellcheck source=scripts/lib/tap.sh
. "$top/scripts/lib/tap.sh"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
musl="musl-gcc -idirafter /usr/include -idirafter /usr/include/x86_64-linux-gnu"

# A copy, so that each build is a whole one and the tree stays as it is.
fresh_tree() {
	rm -rf "$work/tree"
	mkdir "$work/tree"
	cp -r "$top"/{Kbuild,Makefile,dkms.conf,kmod,userspace} "$work/tree/"
	find "$work/tree" -name '*.o' -delete
	rm -f "$work/tree/userspace/shmexec-logger"
}

module_without_warnings() {
	fresh_tree
	make -C "$work/tree" KDIR="$KDIR" "$@" module >"$work/log" 2>&1 ||
		{ cat "$work/log"; return 1; }
	! grep -i 'warning\|error:' "$work/log"
}

# without OPTION...: a header that takes them away from the kernel's.
without() {
	printf '#undef CONFIG_%s\n' "$@" >"$work/without.h"
}

# What a kernel may lack, and the records of such a one lack too.
module_of_a_small_kernel() {
	without AUDIT AUDITSYSCALL PID_NS USER_NS NET_NS UTS_NS IPC_NS TTY \
		KALLSYMS KALLSYMS_ALL KPROBES MODULE_SIG DEBUG_INFO_BTF SECURITY
	module_without_warnings W=1 KCFLAGS="-include $work/without.h"
}

without_tracepoints_it_says_why() {
	without TRACEPOINTS
	! module_without_warnings KCFLAGS="-include $work/without.h" &&
		grep -q 'error.*CONFIG_TRACEPOINTS.*turn on FTRACE' "$work/log"
}

logger_without_warnings() {
	fresh_tree
	make -C "$work/tree" logger CFLAGS='-Os -Werror' "$@"
}

static_logger() {
	logger_without_warnings CC="$musl" STATIC=1 &&
		strip -o "$work/static-logger" "$work/tree/userspace/shmexec-logger"
}

bytes_of_static_logger() {
	stat -c %s "$work/static-logger" || echo 0
}

kib_of_static_logger() {
	timeout 120 "$top/tests/unit/memory.py" "$work/static-logger" || echo 0
}

# between LEAST NUMBER MOST: that is, there is one.
between() {
	[ "$1" -le "$2" ] && [ "$2" -le "$3" ]
}

# checkpatch leaves a file where it runs.  Outside of the kernel there are no
# u32 and no __printf(), the C library's PRIu64 is no CamelCase of ours, and ENOSYS
# is what a kernel says that was built without a system call.
# compat.h is there to know versions, its macro is a constant to checkpatch, and a
# type that old kernels lack is a new one.
c_style() {
	local ignored=()

	case $1 in
	kmod/compat.h) ignored=(--ignore 'LINUX_VERSION_CODE,CONSTANT_COMPARISON,NEW_TYPEDEFS,CAMELCASE') ;;
	userspace/*) ignored=(--ignore 'PREFER_KERNEL_TYPES,PREFER_DEFINED_ATTRIBUTE_MACRO,CAMELCASE,ENOSYS') ;;
	# An EXPECT_ of kselftest is more than one statement, a fixture more than
	# one definition, no argv is const, what is expected may be long, and a kernel is played.
	tests/*) ignored=(--ignore 'SPLIT_STRING,BRACES,MULTISTATEMENT_MACRO_USE_DO_WHILE,MACRO_ARG_REUSE,STATIC_CONST_CHAR_ARRAY,PREFER_KERNEL_TYPES,CAMELCASE,ENOSYS') ;;
	esac
	cd "$work" && perl "$checkpatch" --no-tree --strict --quiet --terse \
		--show-types "${ignored[@]}" -f "$top/$1"
}

# The same offsets on 32 bits, where a u64 may be aligned to 4.
layout_on_32_bits() {
	printf '#define static_assert _Static_assert\n#include "layout.h"\n' |
		gcc -m32 -ffreestanding -fsyntax-only -I"$top/kmod" \
			-I"/usr/include/$(gcc -print-multiarch)" -x c -
}

scripts_are_clean() {
	cd "$top" && git ls-files -z | xargs -0 grep -lZE '^#!/bin/(ba)?sh|^# shellcheck shell=' |
		xargs -0 shellcheck -x
}

# Which other pages this machine has does not matter.
man_page_is_clean() {
	local findings

	findings=$(mandoc -Tlint "$1" | grep -v 'STYLE: referenced manual not found' || true)
	echo "$findings"
	[ -z "$findings" ]
}

# Each option that the usage names has its place in the page.
man_page_has_options() {
	local option

	grep -oE '^	"  -[-A-Za-z]+' "$top/userspace/options.c" | grep -oE -- '-.*' |
		while read -r option; do
			grep -qE "^\.It Fl ${option#-}( |\$)" "$top/userspace/shmexec-logger.8" ||
				{ echo "$option is missing"; return 1; }
		done
}

# floors NAME: a planted mistake must be found.
planted() {
	rm -rf "$work/kmod"
	cp -r "$top/kmod" "$work/kmod"
	printf '%s\n' "$2" >>"$work/kmod/$1"
	! "$top/scripts/check/floors.sh" "$work/kmod"
}

need "to lint" make gcc libc6-dev sparse shellcheck perl clang musl-tools git \
	mandoc python3
stock_kernel
kernel_source
tap "module: no warning with W=1" module_without_warnings W=1
tap "module: sparse is silent" module_without_warnings C=2
tap "module: no warning without what a small kernel lacks" module_of_a_small_kernel
tap "module: without CONFIG_TRACEPOINTS the build says what to turn on" without_tracepoints_it_says_why
tap "logger: gcc" logger_without_warnings CC=gcc
tap "logger: clang" logger_without_warnings CC=clang
tap "logger: musl, static" static_logger
size=$(bytes_of_static_logger)
tap "logger: musl, static: $size bytes are below 200 KiB" between 1 "$size" 204799
size=$(kib_of_static_logger)
tap "logger: musl, static: $size KiB resident at most are below 1 MiB" between 1 "$size" 1023
tap "uapi: one layout on 32 bits" layout_on_32_bits
for page in "$top"/userspace/*.[48]; do
	tap "man: ${page##*/}" man_page_is_clean "$page"
done
tap "man: shmexec-logger.8 has each option" man_page_has_options
tap "shellcheck" scripts_are_clean
tap "floors" "$top/scripts/check/floors.sh" "$top/kmod"
tap "floors: an include upwards is found" planted ring.c '#include "stream.h"'
tap "floors: an include on the same floor is found" planted probe.c '#include "chardev.h"'
tap "floors: a condition is found" planted names.c '#ifdef CONFIG_SMP'
tap "floors: a kernel version is found" planted record.c 'KERNEL_VERSION(6, 1, 0)'
tap "floors: a file without a floor is found" planted new.c '/* */'
while read -r file; do
	tap "checkpatch: $file" c_style "$file"
done < <(cd "$top" && git ls-files 'kmod/*.[ch]' 'userspace/*.[ch]' 'tests/*.[ch]')
tap_end
