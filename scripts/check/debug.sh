#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The tests in the guest, on kernels that look closer: A at memory, locks and what
# fails, B at locks that sleep (PREEMPT_RT) while names and mounts change, C at
# data races.  A counts the lines that run, too.  usage: debug.sh [KERNEL]...,
# A by default
set -euo pipefail
# shellcheck source=scripts/lib/guest.sh
. "$(dirname "$0")/../lib/guest.sh"
# shellcheck source=scripts/lib/debug.sh
. "$top/scripts/lib/debug.sh"
# shellcheck source=scripts/lib/coverage.sh
. "$top/scripts/lib/coverage.sh"

bad=0

# build_copy DIRECTORY OPTION...: of the tree, in which is built; sets module.
build_copy() {
	local copy=$1

	mkdir "$copy"
	cp -r "$top"/{Kbuild,Makefile,dkms.conf,kmod,userspace} "$copy/"
	find "$copy" '(' -name '*.o' -o -name '.*.cmd' ')' -delete
	shift
	quietly make -C "$KDIR" M="$copy" "$@" modules
	module=$copy/shmexec.ko
}

# Twice the memory and, at most, ten times the time.  Without ACPI a kernel finds
# one CPU a socket.
boot_all() {
	local logs=$1

	guest_tests "$logs" -x 10 -m 1024 -c 2,sockets=2 -f "$guest/restless"
}

run_kernel() {
	local kernel=$1 logs=$work/logs-$1 begun options=() build=$work/$1

	debug_kernel "$kernel"
	mkdir "$logs"
	more_turns=() usual=usual no_log=yes logger=$usual_logger
	last_tests=("$top/tests/kselftest/well")
	case $kernel in
	A)
		options=(GCOV_PROFILE=y UBSAN_SANITIZE=y)
		usual=counted logger=$build/userspace/shmexec-logger
		more_turns=("$guest/hotplug" "$guest/faults")
		;;
	B) usual=restless ;;
	C) usual=races ;;
	esac
	build_copy "$build" "${options[@]}"
	[ "$kernel" != A ] || CFLAGS='-O0 -g --coverage' \
		quietly make -C "$build" STATIC=1 logger
	begun=$SECONDS
	boot_all "$logs" || bad=1
	echo "# kernel $kernel, $(basename "$tree"): $(grep -c '^ok ' "$logs/tap") tests passed in $((SECONDS - begun)) s"
	[ "$kernel" != A ] || show_lines "$build" "$logs" || bad=1
}

# What the host can run is run there, too.
show_lines() {
	guest_lines "$1" "$2" && host_lines "$work/host" || return
	show_coverage "the module" '.*/kmod/' "$1/lines" &&
		show_coverage "the logger" '.*/userspace/' "$1/lines" "$work/host/lines" &&
		show_coverage "what is pure" '.*/kmod/' "$work/host/lines"
}

guest_programs
usual_logger=$logger
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
[ $# -gt 0 ] || set -- A
for kernel in "$@"; do
	run_kernel "$kernel"
done
exit "$bad"
