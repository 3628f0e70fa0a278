#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Measures what an exec costs with shmexec, beside nothing, an empty probe and
# ftrace, in instructions of a guest that boots the stock kernel.
# usage: scripts/bench.sh [-w] [BOOTS]
# -w: writes what it measures to docs/performance.*
set -euo pipefail
# shellcheck source=scripts/bench/lib.sh
. "$(dirname "$0")/bench/lib.sh"

write=''
if [ "${1:-}" = -w ]; then
	write=yes
	shift
fi
boots=${1:-3}
[[ $boots =~ ^[1-9]$ ]] || die "usage: $0 [-w] [BOOTS]: 1 to 9 boots, not '$boots'"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
need "to draw what was measured" python3
build_for_bench
dirs=()
for seed in $(seq "$boots"); do
	say "boot $seed of $boots"
	measure "$seed" "$work/$seed" >"$work/tap" || { cat "$work/tap" >&2; die "boot $seed failed"; }
	dirs+=("$work/$seed")
done
{
	echo "# $kernel_release, boots: $boots"
	costs "${dirs[@]}"
	sizes
} >"$work/performance.tsv"
if [ -n "$write" ]; then
	cp "$work/performance.tsv" "$top/docs/performance.tsv"
	python3 "$top/scripts/bench/report.py" "$top/docs/performance.tsv" "$top/docs"
fi
python3 "$top/scripts/bench/report.py" "$work/performance.tsv"
echo "spread of the five pairs of blocks in each boot:"
cat "${dirs[@]/%//results}" | tr -d '\r' | sed -n 's/^# spread /  /p'
