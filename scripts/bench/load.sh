#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Hits as fast as one CPU makes them, while the logger on it writes each as ECS to
# a file on tmpfs, from the ring as it is by default: none may be lost.
# usage: scripts/bench/load.sh [HITS]
set -euo pipefail
# shellcheck source=scripts/bench/lib.sh
. "$(dirname "$0")/lib.sh"

hits=${1:-100000}
[[ $hits =~ ^[1-9][0-9]{0,5}$ ]] || die "usage: $0 [HITS]: 1 to 999999 hits, not '$hits'"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
build_for_bench
echo "$hits" >"$work/load"
# About 6 KB a document.
measure "$work/logs" 1 -m $((512 + hits / 100)) -t 3600 -f "$work/load" \
	-f "$top/tests/build/guest/chain" "$top/tests/bench/load"
grep -a '^# hits' "$work/logs/results"
