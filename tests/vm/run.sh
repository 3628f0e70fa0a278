#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Boots the guest, runs programs in it, and holds what they said to be true.
# Prints TAP; ends 0 only if everything that should be there is there.
set -euo pipefail
# shellcheck source=tests/vm/lib.sh
. "$(dirname "$0")/lib.sh"

seconds=900 cpus=2 mib=512 module='' system='' files=() logs=''
architecture=amd64 vmlinuz='' busybox='' drivers=() image=/dev/null seed='' slow=''

usage() {
	die "usage: $0 [-S] [-a ARCHITECTURE] [-k KERNEL] [-b BUSYBOX] [-d DRIVER]... [-t SECONDS] [-x TIMES] [-n SEED] [-c CPUS] [-m MIB] [-M MODULE] [-s SYSTEM] [-i IMAGE] [-l LOGS] [-f FILE]... PROGRAM..."
}

while getopts Sa:k:b:d:t:x:n:c:m:M:s:i:l:f: option; do
	case $option in
	S) accelerator=tcg,thread=single ;;
	a) architecture=$OPTARG ;;
	k) vmlinuz=$OPTARG ;;
	b) busybox=$OPTARG ;;
	d) drivers+=("$OPTARG") ;;
	t) seconds=$OPTARG ;;
	x) slow=$OPTARG ;;
	n) seed=$OPTARG ;;
	c) cpus=$OPTARG ;;
	m) mib=$OPTARG ;;
	M) module=$OPTARG ;;
	s) system=$OPTARG ;;
	i) image=$OPTARG ;;
	l) logs=$OPTARG ;;
	f) files+=("$OPTARG") ;;
	*) usage ;;
	esac
done
shift $((OPTIND - 1))
[ $# -gt 0 ] || usage
seconds=$((seconds * ${slow:-1}))

# The guest runs them in the order in which they were given.
fill_guest() {
	local program driver n=10

	new_guest "$work/root" "$busybox"
	for program in "$@"; do
		cp "$program" "$work/root/tests/$n-$(basename "$program")"
		n=$((n + 1))
	done
	n=10
	mkdir "$work/root/drivers"
	for driver in "${drivers[@]}"; do
		cp "$driver" "$work/root/drivers/$n-$(basename "$driver")"
		n=$((n + 1))
	done
	[ -z "$module" ] || cp "$module" "$work/root/shmexec.ko"
	[ -z "$system" ] || cp "$system" "$work/root/system"
	[ ${#files[@]} = 0 ] || cp "${files[@]}" "$work/root/files/"
	pack_guest "$work/root" "$work/guest"
	# One archive after the other is unpacked.
	cat "$image" "$work/guest" >"$work/initramfs"
}

problem() {
	echo "not ok - vm: $*"
	problems=$((problems + 1))
}

# The words of a kernel that is not well.  Most of them panic it as well, which
# alone would look like a missing verdict: here is the reason.
kernel_trouble='WARNING:|BUG:|BUG |Oops|Call [Tt]race|page allocation failure|Kernel panic|general protection|Unable to handle|INFO: (task|rcu|possible|trying)|possible (recursive|circular)|suspicious RCU|UBSAN|KASAN|KCSAN|suspected memory leak|soft lockup|scheduling while atomic|Out of memory|double free|list_(add|del) corruption|refcount_t|nobody cared'

check_kernel_log() {
	local line

	grep -q 'Linux version' "$work/console" || problem "the kernel did not boot"
	if line=$(grep -a -m 1 -E "$kernel_trouble" "$work/console"); then
		problem "kernel log: $line"
	fi
}

check_ending() {
	case $1 in
	0) ;;
	124 | 137) problem "no end within $seconds seconds" ;;
	*) problem "qemu ended with $1" ;;
	esac
}

# Each program must be there, with the tests that its plan announces.
check_programs() {
	local lines

	lines=$(awk -v expected="$1" -f "$top/tests/vm/judge.awk" "$work/results")
	printf '%s\n' "$lines"
	problems=$((problems + $(grep -c '^not ok' <<<"$lines" || true)))
}

check_events() {
	local told sent

	sent=$(wc -l <"$work/events")
	told=$(sed -n 's/^# verdict: .* sent \([0-9]*\) events$/\1/p' "$work/results")
	[ "${told:-0}" = "$sent" ] ||
		problem "the guest sent ${told:-0} events, $sent arrived"
}

keep_logs() {
	[ -n "$logs" ] || return 0
	mkdir -p "$logs"
	cp "$work/console" "$work/results" "$work/events" "$logs/"
}

vm_packages "$architecture"
# Its CPUs take turns then: one that waits for another to start may keep it from
# that, so the guest starts them as it can.
[ -z "$seed" ] || qemu+=(-icount "shift=0,sleep=off" -seed "$seed"
	-rtc "base=2026-01-01,clock=vm") more_arguments=maxcpus=1
[ -n "$vmlinuz" ] || stock_kernel
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
touch "$work/console" "$work/results" "$work/events"
fill_guest "$@"

problems=0 status=0
boot_guest "$work/initramfs" "file:$work/console" "file:$work/results" \
	"file:$work/events" "$seconds" "$cpus" "$mib" </dev/null || status=$?
keep_logs
check_ending "$status"
check_kernel_log
check_programs $#
check_events
if [ "$problems" != 0 ]; then
	grep -a '^#' "$work/results" | tail -n 40 >&2 || true
	tail -n 20 "$work/console" >&2
	exit 1
fi
