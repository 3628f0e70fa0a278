#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# What takes too long for the checks, on a stock kernel: hits for MINUTES, 30 if not
# given, with memory watched; the module loaded and unloaded 1,000 times in an exec
# storm.  usage: scripts/soak.sh [MINUTES]
set -euo pipefail
# shellcheck source=scripts/lib/guest.sh
. "$(dirname "$0")/lib/guest.sh"

minutes=${1:-30} bad=0
[[ $minutes =~ ^[1-9][0-9]{0,4}$ ]] ||
	die "usage: $0 [MINUTES]: 1 to 99999, not '$minutes'"

# boot SECONDS [OPTION]... PROGRAM
boot() {
	"$top/tests/vm/run.sh" -M "$module" -l "$work/logs" -f "$guest/payload" \
		-f "$guest/chain" -f "$logger" -t "$@" || bad=1
	grep -a '^# [0-9h]' "$work/logs/results" || true
}

guest_programs "$top"
stock_kernel
quietly make -C "$top" KDIR="$KDIR" module
module=$top/shmexec.ko work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
echo "$minutes" >"$work/minutes"
echo 1000 >"$work/rounds"
boot $((minutes * 60 + 600)) -f "$work/minutes" "$top/tests/kselftest/soak"
# QEMU may miss that another CPU has patched what it executes: they take turns.
boot 3600 -S -f "$work/rounds" "$guest/lifecycle"
exit "$bad"
