#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The rig fails closed: whatever goes wrong in the guest is reported, and with
# its own reason.  Prints TAP.
set -euo pipefail
# shellcheck source=scripts/lib/kernel.sh
. "$(dirname "$0")/../../scripts/lib/kernel.sh"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
n=0 bad=0

# program TEXT: a guest program that says it has one test.
program() {
	printf '#!/bin/sh\necho 1..1\n%s\n' "$1" >"$work/program"
	chmod +x "$work/program"
}

verdict() {
	n=$((n + 1))
	if [ "$1" = 0 ]; then
		echo "ok $n - rig: $2"
	else
		echo "not ok $n - rig: $2"
		sed 's/^/# /' "$work/log"
		bad=1
	fi
}

# expect NAME REASON TEXT: run.sh must fail, and say REASON.
expect() {
	local status=0

	program "$3"
	"$top/tests/vm/run.sh" -t "${4:-60}" -f "$work/warn.ko" \
		-f "$work/complain.ko" "$work/program" >"$work/log" 2>&1 || status=1
	grep -q "^not ok .*$2" "$work/log" && [ "$status" != 0 ] && status=0 || status=1
	verdict "$status" "$1 is a failure"
}

build_faults() {
	cp -r "$top/tests/vm/faults" "$work/"
	quietly make -C "$KDIR" M="$work/faults" modules
	cp "$work"/faults/*.ko "$work/"
}

stock_kernel
build_faults

status=0
program 'echo ok 1 - fine'
"$top/tests/vm/run.sh" -t 60 "$work/program" >"$work/log" 2>&1 || status=1
verdict "$status" "a good run is none"

expect "a failing test" 'a failing test' 'echo not ok 1 - a failing test; exit 1'
expect "a bad exit" 'ended with 3' 'echo ok 1 - fine; exit 3'
expect "a program that is killed" 'ended with 137' 'echo ok 1 - fine; kill -9 $$'
expect "a program without a test" 'planned 1 tests, ran 0' 'exit 0'
expect "a test too few" 'planned 2 tests, ran 1' 'echo 1..2; echo ok 1 - fine'
expect "a hang" 'no end within 20 seconds' 'echo ok 1 - fine; sleep 1000' 20
expect "a guest that ends early" 'gave no verdict' 'echo ok 1 - fine; poweroff -f'
expect "a panic" 'Kernel panic' 'echo ok 1 - fine; echo c >/proc/sysrq-trigger'
expect "a kernel warning" 'WARNING:' 'echo ok 1 - fine; insmod /files/warn.ko'
expect "a complaint in the kernel log" 'BUG: nothing is wrong' \
	'echo ok 1 - fine; insmod /files/complain.ko'
expect "an event that gets lost" 'the guest sent 2 events, 1 arrived' \
	'echo ok 1 - fine; printf "a\nb\n" >/events.ecs; echo a >/dev/ttyS2; ln -sf /dev/null /dev/ttyS2'
echo "1..$n"
exit "$bad"
