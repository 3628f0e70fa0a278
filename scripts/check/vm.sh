#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The tests in the guest, after the guest itself: it must fail closed.
set -euo pipefail
# shellcheck source=scripts/lib/kernel.sh
. "$(dirname "$0")/../lib/kernel.sh"
# shellcheck source=scripts/lib/source.sh
. "$top/scripts/lib/source.sh"
# shellcheck source=scripts/lib/tap.sh
. "$top/scripts/lib/tap.sh"

guest=$top/tests/build/guest
bad=0

need "to build the guest's programs" make gcc libc6-dev python3
stock_kernel
kernel_source
quietly make -C "$top" KDIR="$KDIR" module
quietly make -C "$top" STATIC=1 logger
quietly make -C "$top/tests" KSELFTEST="$KSELFTEST" guest

"$top/tests/vm/selftest.sh" || bad=1

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# boot SYSTEM PROGRAM...: what it says is shown, and kept for the summary.
boot() {
	local system=$1

	shift
	"$top/tests/vm/run.sh" -M "$top/shmexec.ko" -l "$work/$system" \
		-s "$top/tests/vm/$system" \
		-f "$top/userspace/shmexec-logger" \
		-f "$guest/payload" -f "$guest/payload-dynamic" \
		-f "$(gcc -print-file-name=libc.so.6)" \
		-f "$(gcc -print-file-name=ld-linux-x86-64.so.2)" \
		-f "$top/presets/shmexec-2023-08.conf" \
		-f "$top/presets/shmexec-2026-01.conf" \
		-f "$top/presets/shmexec-containers.conf" \
		-f "$kernel_dir/overlay.ko" -f "$kernel_dir/binfmt_misc.ko" \
		"$@" | tee -a "$work/tap" || bad=1
}

boot usual "$guest/device" "$guest/record" "$guest/names" "$guest/odd_names" \
	"$guest/mounts" "$guest/excludes" "$guest/tasks" \
	"$top/tests/kselftest/logger" "$guest/live_rule" "$guest/rewrite" \
	"$guest/lifecycle" "$guest/presets" "$guest/lock"
boot embedded "$guest/embedded"
python3 "$top/tests/vm/ecs.py" "$work/usual/events" || bad=1
"$top/tests/vm/cases.sh" "$work/tap" || bad=1
tap "demo: what the README shows" "$top/scripts/demo.sh"
[ "$tap_failed" = 0 ] || bad=1
echo "1..$tap_number"
exit "$bad"
