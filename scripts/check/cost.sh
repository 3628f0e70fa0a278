#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# What an exec costs and how big all is, against the recorded figures: growth by
# more than 5 % is a failure.  usage: cost.sh [record]
set -euo pipefail
# shellcheck source=scripts/bench/lib.sh
. "$(dirname "$0")/../bench/lib.sh"
# shellcheck source=scripts/lib/tap.sh
. "$top/scripts/lib/tap.sh"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# held NAME VALUE: not more than 5 % above what was recorded, nor the limit.
held() {
	local was limit

	was=$(awk -v name="$1" '$1 == name { print $2 }' "$recorded")
	limit=$(awk -v name="$1" '$1 == name { print $3 }' "$recorded")
	echo "$1: $2, recorded $was, limit ${limit:-none}"
	[ -n "$was" ] && [ "$2" -le $((was + was / 20)) ] &&
		[ "$2" -le "${limit:-$2}" ]
}

# Each recorded figure must be there: what is not measured is not held.
all_there() {
	local name

	while read -r name _; do
		grep -q "^$name " "$work/now" || { echo "$name is missing"; return 1; }
	done < <(grep -v '^#' "$recorded")
}

build_for_bench
measure "$work/boot" 1 "$top/tests/bench/probe" >"$work/tap" || { cat "$work/tap"; exit 1; }
{ costs "$work/boot"; sizes; } >"$work/now"
if [ "${1:-}" = record ]; then
	awk 'NR == FNR { if ($1 == "#") print; else limit[$1] = $3; next }
		{ print $1, $2, limit[$1] }' "$recorded" "$work/now" |
		sed 's/ *$//' >"$work/new"
	cp "$work/new" "$recorded"
	exit 0
fi
tap "cost: every recorded figure is measured" all_there
while read -r name value; do
	case $name in
	probe.shmexec.* | size.*) tap "cost: $name is $value" held "$name" "$value" ;;
	esac
done <"$work/now"
tap_end
