# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Which lines have run: of the module and the logger in the guest, of the logger
# and of what is pure on the host.
# shellcheck source=scripts/lib/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

# Of the lines at least so many per cent; tests/debug/unreached tells of the rest.
lines_min=95

# write_lines DIRECTORY OPTION...: what ran of what is compiled there, in DIRECTORY/lines.
write_lines() {
	local dir=$1

	shift
	need "to show coverage" gcovr
	quietly gcovr --root "$dir" --exclude '.*[.]mod[.]c' --exclude '.*/tests/' \
		--exclude-unreachable-branches --json "$dir/lines" "$@" "$dir"
}

# show_coverage WHAT FILTER LINES...: as TAP; of several the sum.
show_coverage() {
	local what=$1 filter=$2 lines options=() out told status=ok

	shift 2
	for lines in "$@"; do
		options+=(--add-tracefile "$lines")
	done
	out=$(mktemp -d)
	quietly gcovr --root "$top" "${options[@]}" --filter "$filter" \
		--json-summary "$out/sum" --txt "$out/table" || return
	sed "s/^/# $what: /" "$out/table"
	told=$(python3 -c '
import json, sys
of = json.load(open(sys.argv[1]))
print("%s %% of lines, %s %% of branches" % (of["line_percent"], of["branch_percent"]))
' "$out/sum")
	rm -rf "$out"
	[ "${told%%.*}" -ge "$lines_min" ] || status="not ok"
	echo "$status - coverage: $what: $told have run, $lines_min % of lines shall"
	[ "$status" = ok ]
}

# guest_lines BUILD LOGS: by what the guests have sent in each boot.
guest_lines() {
	local build=$1 results boot sum=

	for results in "$2"/*/results; do
		boot=$(dirname "$results")/gcov
		mkdir -p "$boot"
		sed -n 's/^gcov: //p' "$results" | tr -d '\r' | base64 -d |
			tar -x -z -C "$boot" || return
		[ -z "$sum" ] || quietly gcov-tool merge -o "$boot" "$sum" "$boot" || return
		sum=$boot
	done
	mv "$sum"/shmexec-logger-*.gcda "$build/userspace/" &&
		cp "$sum"/*.gcda "$build/kmod/" &&
		write_lines "$build"
}

# A test runs in a child that leaves by _exit(), without having written what it ran.
leaving_header='
#include <unistd.h>
void __gcov_dump(void);
#define _exit(status) (__gcov_dump(), _exit(status))
'

# What is compiled together must have names of its own.
rename_tests() {
	local test

	for test in "$1"/unit/*.c; do
		cp "$test" "${test%.c}_test.c"
	done
	sed -i 's|: unit/%[.]c|: unit/%_test.c|' "$1/Makefile"
}

# host_lines COPY: by the tests that need no guest.
host_lines() {
	local copy=$1

	tracked_tree "$copy"
	rename_tests "$copy/tests"
	echo "$leaving_header" >"$copy/leaving.h"
	(cd "$copy" && CFLAGS="-O0 -g --coverage -include $copy/leaving.h" \
		scripts/check/unit.sh) >"$copy/tap" 2>&1 || {
		sed 's/^/# /' "$copy/tap"
		return 1
	}
	write_lines "$copy"
}
