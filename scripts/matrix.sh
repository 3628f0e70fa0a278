#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Builds this tree for the kernels of Debian's suites, and runs all tests on
# each.  Prints a table; ends non-zero, with the failing cells' logs, if any is
# not green.  usage: scripts/matrix.sh [--list] [--table] [--brief] [--jobs N] [CELL...]
# CELL may be a pattern, as in 'amd64-*'.  Logs are kept in tests/build/matrix:
# --table prints the table of them, and runs nothing.  --brief leaves out the
# programs that take long and depend on the kernel least.
set -euo pipefail
# shellcheck source=scripts/lib/common.sh
. "$(dirname "$0")/lib/common.sh"

# MiB that a cell takes at most: two guests' worth, and QEMU's own.
cell_mib=1500
cells=$top/scripts/matrix/cells logs=$top/tests/build/matrix
jobs='' list='' table='' failed=0

usage() {
	die "$1; usage: $0 [--list] [--table] [--brief] [--jobs N] [CELL...]"
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

# cell_line CELL: its fields.
cell_line() {
	grep -E "^$1[[:space:]]" "$cells"
}

is_embedded() {
	[[ $(cell_line "$1") = *[[:space:]]embedded*[[:space:]]* ]]
}

run_cell() {
	local cell=$1 begun=$SECONDS status=0 how=cell

	! is_embedded "$cell" || how=embedded
	mkdir -p "$logs/$cell"
	rm -f "$logs/$cell/facts"
	"$top/scripts/matrix/$how.sh" "$cell" "$logs/$cell" >"$logs/$cell.log" 2>&1 </dev/null || status=$?
	grep -aq '^ok ' "$logs/$cell.log" || status=1
	echo "status=$status seconds=$((SECONDS - begun))" \
		"brief=${brief:-}" "date=$(date -u +%F) commit=$(git -C "$top" rev-parse --short HEAD)" >>"$logs/$cell/facts"
	say "$cell: $([ "$status" = 0 ] && echo green || echo FAILED) after $((SECONDS - begun)) s"
}

count() {
	grep -acE "$1" "$2" || true
}

# row CELL: its line of the table.
row() {
	local cell=$1 kernel='' compiler='' status='' seconds='' brief='' skipped passed
	local architecture flavour

	# shellcheck source=/dev/null
	. "$logs/$cell/facts"
	read -r _ _ architecture flavour _ <<<"$(cell_line "$cell")"
	skipped=$(count '^ok .*# *SKIP' "$logs/$cell.log")
	passed=$(($(count '^ok ' "$logs/$cell.log") - skipped))
	[ "$skipped" = 0 ] || passed="$passed, $skipped skipped"
	[ "$status" = 0 ] || passed="$passed, $(count '^not ok ' "$logs/$cell.log") FAILED"
	[ -z "$brief" ] || passed="$passed, briefly"
	printf '| %s | %s | %s | %s | %s | %s | %s |\n' \
		"$cell" "$kernel" "$architecture" "$flavour" "$compiler" "$passed" "$seconds"
	[ "$status" = 0 ] || failed=$((failed + 1))
}

show_table() {
	local cell

	echo "| cell | kernel | architecture | flavour | built with | tests passed | seconds |"
	echo "|---|---|---|---|---|---|---|"
	for cell in "$@"; do
		if [ -e "$logs/$cell/facts" ]; then
			row "$cell"
		elif [ -z "$table" ]; then
			say "$cell did not end"
			failed=$((failed + 1))
		fi
	done
}

green() {
	grep -qs 'status=0 ' "$logs/$1/facts"
}

# As the first cell says it, each other must: what is logged is no machine's fact.
# A board's kernel has less to say.
compare() {
	local first='' cell said

	for cell in "$@"; do
		if is_embedded "$cell" || ! green "$cell"; then
			continue
		fi
		first=${first:-$cell}
		said=$(python3 "$top/tests/vm/same.py" "$logs/$first/usual/events" \
			"$logs/$cell/usual/events" 2>&1) && continue
		printf '\n%s\n' "== $cell does not log what $first does:"
		cut -c 1-1000 <<<"$said" | tail -n 20
		failed=$((failed + 1))
	done
}

show_failures() {
	local cell

	for cell in "$@"; do
		! green "$cell" || continue
		[ -e "$logs/$cell.log" ] || continue
		echo
		echo "== $cell: $logs/$cell.log"
		grep -avE '^ok |failed or was not there' "$logs/$cell.log" | tail -n 60
	done
}

while [ $# -gt 0 ]; do
	case $1 in
	--list) list=yes ;;
	--table) table=yes ;;
	--brief) export brief=yes ;;
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
if [ -z "$table" ]; then
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
fi
show_table "${chosen[@]}"
compare "${chosen[@]}"
show_failures "${chosen[@]}"
[ "$failed" = 0 ]
