#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The tests in the guest, after the guest itself: it must fail closed.  What takes long
# is left to debug-A and debug-B.
set -euo pipefail
# shellcheck source=scripts/lib/guest.sh
. "$(dirname "$0")/../lib/guest.sh"
# shellcheck source=scripts/lib/tap.sh
. "$top/scripts/lib/tap.sh"

bad=0

stock_kernel
guest_programs "$top"
quietly make -C "$top" KDIR="$KDIR" module

"$top/tests/vm/selftest.sh" || bad=1

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# shellcheck disable=SC2034
module=$top/shmexec.ko brief=yes
guest_tests "$work" || bad=1
last_tests=("$top/tests/kselftest/locked_down")
other_tests "$work" || bad=1
tap "demo: what the README shows" "$top/scripts/demo.sh"
[ "$tap_failed" = 0 ] || bad=1
echo "1..$tap_number"
exit "$bad"
