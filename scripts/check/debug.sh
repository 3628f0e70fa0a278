#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The tests in the guest, on a kernel that looks closer: at memory, at locks, and at
# allocations that fail.  It counts the lines that run, too.
set -euo pipefail
# shellcheck source=scripts/lib/guest.sh
. "$(dirname "$0")/../lib/guest.sh"
# shellcheck source=scripts/lib/debug.sh
. "$top/scripts/lib/debug.sh"
# shellcheck source=scripts/lib/coverage.sh
. "$top/scripts/lib/coverage.sh"

bad=0

# The module and the logger as a copy of the tree has them, told to count; sets
# module and logger.
build_copy() {
	local copy=$1

	mkdir "$copy"
	cp -r "$top"/{Kbuild,Makefile,dkms.conf,kmod,userspace} "$copy/"
	find "$copy" '(' -name '*.o' -o -name '.*.cmd' ')' -delete
	quietly make -C "$KDIR" M="$copy" GCOV_PROFILE=y UBSAN_SANITIZE=y modules
	module=$copy/shmexec.ko
	CFLAGS='-O0 -g --coverage' quietly make -C "$copy" STATIC=1 logger
	logger=$copy/userspace/shmexec-logger
}

# What the host can run is run there, too.
show_lines() {
	guest_lines "$1" "$2" && host_lines "$work/host" || return
	show_coverage "the module" '.*/kmod/' "$1/lines" &&
		show_coverage "the logger" '.*/userspace/' "$1/lines" "$work/host/lines" &&
		show_coverage "what is pure" '.*/kmod/' "$work/host/lines"
}

guest_programs
debug_kernel A
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
build_copy "$work/tree"
mkdir "$work/logs"
# shellcheck disable=SC2034
usual=counted no_log=yes more_turns=("$guest/hotplug" "$guest/faults")
# shellcheck disable=SC2034
last_tests=("$top/tests/kselftest/well")
begun=$SECONDS
# Twice the memory and, at most, ten times the time.  Without ACPI a kernel finds
# one CPU a socket.
guest_tests "$work/logs" -x 10 -m 1024 -c 2,sockets=2 || bad=1
echo "# $(basename "$tree"): $(grep -c '^ok ' "$work/logs/tap") tests passed in $((SECONDS - begun)) s"
show_lines "$work/tree" "$work/logs" || bad=1
exit "$bad"
