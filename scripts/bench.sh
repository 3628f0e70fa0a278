#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Measures what an exec costs with shmexec, beside nothing, an empty probe, ftrace,
# bpftrace and auditd, in instructions of a guest that boots the stock kernel.
# usage: scripts/bench.sh [-w] [BOOTS]
# -w: writes what it measures to docs/performance.*
set -euo pipefail
# shellcheck source=scripts/bench/lib.sh
. "$(dirname "$0")/bench/lib.sh"
# shellcheck source=scripts/bench/peers.sh
. "$top/scripts/bench/peers.sh"

write=''
if [ "${1:-}" = -w ]; then
	write=yes
	shift
fi
boots=${1:-2}
[[ $boots =~ ^[1-9]$ ]] || die "usage: $0 [-w] [BOOTS]: 1 to 9 boots, not '$boots'"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bench=$top/tests/bench

measure_shmexec() {
	local boot

	for boot in $(seq "$boots"); do
		measured "$work/boot-$boot" 1 "$bench/probe" "$bench/whole"
	done
}

measure_others() {
	local boot

	for boot in $(seq "$boots"); do
		measured "$work/scale-$boot" 4 "$bench/scale"
		measured "$work/peers-$boot" 1 -m 2048 -i "$peers_image" "$bench/peers"
	done
}

need "to draw what was measured" python3
build_for_bench
peers_root
say "measuring, $boots boots of each guest"
# A guest has one CPU of this machine, whatever it has itself.
measure_shmexec & shmexec=$!
measure_others & others=$!
failed=''
wait "$shmexec" || failed=yes
wait "$others" || failed=yes
[ -z "$failed" ] || die "not all was measured"
{
	echo "# $kernel_release, boots: $boots"
	costs "$work"/*-[1-9]
	sizes
} >"$work/performance.tsv"
export PYTHONDONTWRITEBYTECODE=1
"$top/scripts/bench/report.py" "$work/performance.tsv"
repeated "$work"/*-[1-9] || die "each boot is to give shmexec the same figures"
if [ -n "$write" ]; then
	cp "$work/performance.tsv" "$top/docs/performance.tsv"
	"$top/scripts/bench/report.py" "$work/performance.tsv" "$top/docs/performance.md" >/dev/null
	"$top/scripts/bench/chart.py" "$work/performance.tsv" >"$top/docs/performance.svg"
fi
