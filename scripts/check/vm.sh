#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The tests in the guest, after the guest itself: it must fail closed.
set -euo pipefail
# shellcheck source=scripts/lib/guest.sh
. "$(dirname "$0")/../lib/guest.sh"
# shellcheck source=scripts/lib/tap.sh
. "$top/scripts/lib/tap.sh"

bad=0

stock_kernel
guest_programs
quietly make -C "$top" KDIR="$KDIR" module

# The same module, but for the last letter of its version.
next_module() {
	local version

	version=$(modinfo -F version "$module")
	LC_ALL=C sed "s/\(\x00version=\)$version\x00/\1${version%?}x\x00/" "$module" >"$1"
	[ "$(modinfo -F version "$1")" = "${version%?}x" ]
}

# The same, but for the name of the tracepoint that it looks for.
blind_module() {
	LC_ALL=C sed 's/\x00sched_process_exec\x00/\x00sched_process_ezec\x00/' "$module" >"$1"
	! cmp -s "$module" "$1"
}

"$top/tests/vm/selftest.sh" || bad=1

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# shellcheck disable=SC2034
module=$top/shmexec.ko more_turns=("$guest/suspend")
guest_tests "$work" || bad=1
mkdir "$work/delivery"
boot_tests "$work/delivery" usual "$guest/delivery" || bad=1
next_module "$work/shmexec-next.ko"
blind_module "$work/shmexec-blind.ko"
"$top/tests/vm/run.sh" -M "$module" -s "$top/tests/vm/usual" -f "$logger" \
	-f "$guest/payload" -f "$work/shmexec-next.ko" -f "$work/shmexec-blind.ko" \
	-f "$kernel_dir/fuse.ko" "$guest/unanswered" \
	"$top/tests/kselftest/blind" "$top/tests/kselftest/upgrade" "$top/tests/kselftest/locked_down" || bad=1
tap "demo: what the README shows" "$top/scripts/demo.sh"
[ "$tap_failed" = 0 ] || bad=1
echo "1..$tap_number"
exit "$bad"
