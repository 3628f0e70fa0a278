#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Builds this tree for the kernels of Debian's suites, and runs all tests on
# each.  Prints a table; ends non-zero, with the failing cells' logs, if any is
# not green.  usage: scripts/matrix.sh [--list] [--jobs N] [CELL...]
# CELL may be a pattern, as in 'amd64-*'.  Logs are kept in tests/build/matrix.
set -euo pipefail
# shellcheck source=scripts/lib/common.sh
. "$(dirname "$0")/lib/common.sh"

# MiB that a cell takes at most: two guests' worth, and QEMU's own.
cell_mib=1500
cells=$top/scripts/matrix/cells logs=$top/tests/build/matrix
jobs='' list='' failed=0

usage() {
	die "$1; usage: $0 [--list] [--jobs N] [CELL...]"
}

all_cells() {
	grep -oE '^[a-z0-9][^[:space:]]*' "$cells"
}

# matching PATTERN...: each must mean some cell.
matching() {
	local pattern name found

	for pattern in "$@"; do
		found=
		while read -r name; do
			# shellcheck disable=SC2254
			case $name in
			$pattern)
				echo "$name"
				found=yes
				;;
			esac
		done < <(all_cells)
		[ -n "$found" ] || usage "no cell matches '$pattern'"
	done
}

# A core each, where memory allows.
default_jobs() {
	local cores room

	cores=$(nproc)
	room=$(($(sed -n 's/^MemAvailable: *\([0-9]*\) kB/\1/p' /proc/meminfo) / 1024 / cell_mib))
	[ "$room" -ge 1 ] || room=1
	echo $((room < cores ? room : cores))
}

run_cell() {
	local cell=$1 begun=$SECONDS status=0

	mkdir -p "$logs/$cell"
	"$top/scripts/matrix/cell.sh" "$cell" "$logs/$cell" >"$logs/$cell.log" 2>&1 </dev/null || status=$?
	grep -aq '^ok ' "$logs/$cell.log" || status=1
	echo "status=$status seconds=$((SECONDS - begun))" >>"$logs/$cell/facts"
	say "$cell: $([ "$status" = 0 ] && echo green || echo FAILED) after $((SECONDS - begun)) s"
}

# row CELL: its line of the table.
row() {
	local cell=$1 kernel='' compiler='' status='' seconds='' passed architecture flavour reason

	# shellcheck source=/dev/null
	. "$logs/$cell/facts"
	read -r _ _ architecture flavour _ <<<"$(grep -E "^${cell}[[:space:]]" "$cells")"
	passed=$(grep -ac '^ok ' "$logs/$cell.log" || true)
	reason=$(grep -acE '^not ok ' "$logs/$cell.log" || true)
	[ "$status" = 0 ] || passed="$passed, $reason FAILED"
	printf '| %s | %s | %s | %s | %s | %s | %s |\n' \
		"$cell" "$kernel" "$architecture" "$flavour" "$compiler" "$passed" "$seconds"
	[ "$status" = 0 ] || failed=$((failed + 1))
}

show_table() {
	local cell

	echo "| cell | kernel | architecture | flavour | built with | tests passed | seconds |"
	echo "|---|---|---|---|---|---|---|"
	for cell in "$@"; do
		row "$cell"
	done
}

show_failures() {
	local cell

	for cell in "$@"; do
		grep -q 'status=0 ' "$logs/$cell/facts" && continue
		echo
		echo "== $cell: $logs/$cell.log"
		grep -avE '^ok |failed or was not there' "$logs/$cell.log" | tail -n 60
	done
}

while [ $# -gt 0 ]; do
	case $1 in
	--list) list=yes ;;
	--jobs)
		[[ ${2:-} =~ ^[1-9][0-9]*$ ]] || usage "--jobs '${2:-}' is no number of cells"
		jobs=$2
		shift
		;;
	-*) usage "unknown option '$1'" ;;
	*) break ;;
	esac
	shift
done
if [ $# -gt 0 ]; then
	chosen=$(matching "$@")
else
	chosen=$(all_cells)
fi
mapfile -t chosen <<<"$chosen"
if [ -n "$list" ]; then
	printf '%s\n' "${chosen[@]}"
	exit
fi
[ "$(id -u)" = 0 ] || die "build roots are made by root"
[ -n "$jobs" ] || jobs=$(default_jobs)

mkdir -p "$logs"
for cell in "${chosen[@]}"; do
	while [ "$(jobs -rp | wc -l)" -ge "$jobs" ]; do
		wait -n || true
	done
	run_cell "$cell" &
done
wait
show_table "${chosen[@]}"
show_failures "${chosen[@]}"
[ "$failed" = 0 ]
