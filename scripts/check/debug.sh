#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The tests in the guest, on kernels that look closer: A at memory, at locks, at
# allocations that fail, and at which lines run; B (PREEMPT_RT) at locks that sleep,
# while names and mounts change; C at data races.  If none is named also the fuzzers.
# A and B are of 6.12: the first that has PREEMPT_RT, and whose console does not set
# off PROVE_RAW_LOCK_NESTING when the kernel says something in a hard interrupt.
# usage: debug.sh [KERNEL]...
set -euo pipefail
# shellcheck source=scripts/lib/guest.sh
. "$(dirname "$0")/../lib/guest.sh"
# shellcheck source=scripts/lib/built.sh
. "$top/scripts/lib/built.sh"
# shellcheck source=scripts/matrix/qemu.sh
. "$top/scripts/matrix/qemu.sh"
# shellcheck source=scripts/lib/coverage.sh
. "$top/scripts/lib/coverage.sh"

bad=0 fragments=$top/tests/debug fuzz=''

# build_for KERNEL PACKAGE COPY [OPTION]...: the kernel of that source, and the module
# in a copy of the tree; sets module.
build_for() {
	local copy=$3

	built_kernel "debug-$1" "$2" "$fragments/base.config" "$fragments/$1.config"
	shift 3
	tracked_tree "$copy"
	quietly make -C "$KDIR" M="$copy" "$@" modules
	module=$copy/shmexec.ko
}

# prepare KERNEL COPY: what differs from one to the other, built in the copy.
# shellcheck disable=SC2034
prepare() {
	local copy=$2

	more_turns=() options=() toolchain=() usual=usual
	logger=$work/tree/userspace/shmexec-logger
	case $1 in
	A)
		build_for A linux-source-6.12 "$copy" GCOV_PROFILE=y UBSAN_SANITIZE=y
		CFLAGS='-O0 -g --coverage' quietly make -C "$copy" STATIC=1 logger
		logger=$copy/userspace/shmexec-logger usual=counted
		more_turns=("$guest/hotplug" "$guest/suspend" "$guest/faults")
		;;
	B)
		build_for B linux-source-6.12 "$copy"
		usual=restless options=(-f "$guest/restless")
		;;
	C)
		toolchain=(KCSAN_SANITIZE=n)	# the kernel; the module is
		build_for C linux-source-6.1 "$copy"
		;;
	esac
}

# What the host can run is run there, too.
show_lines() {
	guest_lines "$1" "$2" && host_lines "$work/host" || return
	show_coverage "the module" "$top/kmod/" "$1/lines" &&
		show_coverage "the logger" "$top/userspace/" "$1/lines" "$work/host/lines" &&
		show_coverage "what is pure" "$top/kmod/" "$work/host/lines"
}

run_kernel() {
	local kernel=$1 logs=$work/logs-$1 begun

	prepare "$kernel" "$work/$kernel"
	mkdir "$logs"
	begun=$SECONDS
	# Twice the memory and, at most, ten times the time.  Without ACPI a kernel
	# finds one CPU a socket.
	options+=(-x 10 -m 1024 -c "2,sockets=2")
	guest_tests "$logs" "${options[@]}" || bad=1
	other_tests "$logs" "${options[@]}" || bad=1
	echo "# kernel $kernel, $kernel_version: $(grep -c '^ok ' "$logs/tap") tests passed in $((SECONDS - begun)) s"
	[ "$kernel" != A ] || show_lines "$work/$kernel" "$logs" || bad=1
}

if [ $# = 0 ]; then
	fuzz=yes
	set -- A B C
fi
for kernel in "$@"; do
	[[ $kernel = [ABC] ]] || die "there is no debug kernel '$kernel'"
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Nothing is built in this tree: other parts may use it.
tracked_tree "$work/tree"
guest_programs "$work/tree"
use_suite bookworm amd64
# QEMU 7.2 may translate what another CPU is about to patch: the kernel trips then over
# a breakpoint that it has long taken back.
newer_qemu qemu-system-x86_64 qemu-system-x86 "$work/bin"
PATH=$work/bin:$PATH
# The CPUs of a guest have one time, which a kernel without ACPI does not believe:
# it takes its ticks then.
export more_arguments=tsc=reliable
# shellcheck disable=SC2034
no_log=yes last_tests=("$top/tests/kselftest/well")
for kernel in "$@"; do
	run_kernel "$kernel"
done
[ -z "$fuzz" ] || "$top/scripts/check/fuzz.sh" || bad=1
exit "$bad"
