#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Builds, lints and tests.  usage: scripts/check.sh [PART]...
# Ends 0 if nothing failed and something ran; the last line counts.
set -euo pipefail
# shellcheck source=scripts/lib/common.sh
. "$(dirname "$0")/lib/common.sh"

# Parts that share what they build in this tree, one after the other, and beside
# them those that share nothing with others.  What is behind a dash a part's script is
# given.
all=(lint unit ship cost vm unharmed debug-A)
beside=(matrix packages dkms fuzz debug-B)
more=(debug debug-C)	# only where asked for
here='' passed=0 failed=0 skipped=0

fail() {
	echo "not ok - $1"
	failed=$((failed + 1))
}

count() {
	grep -a -c "$1" "$2" || true
}

# A part has its say in TAP, with a plan for each program in it.
run_part() {
	local begun=$SECONDS script given

	IFS=- read -r script given <<<"$1"
	echo "== $1"
	"$top/scripts/check/$script.sh" ${given:+"$given"} </dev/null 2>&1 || echo "== $1 failed"
	echo "== $1: $((SECONDS - begun)) s"
}

is_beside() {
	[[ " ${beside[*]} " = *" $1 "* ]]
}

# run_parts beside|here PART...: those of them.
run_parts() {
	local where=$1 part

	shift
	for part in "$@"; do
		if is_beside "$part"; then
			[ "$where" = here ] || run_part "$part" >"$work/$part"
		elif [ "$where" = here ]; then
			run_part "$part" | tee "$work/$part"
		fi
	done
}

# judge PART: by what it said.
judge() {
	local part=$1 log=$work/$1 skips

	skips=$(count '^ok .*# *SKIP' "$log")
	skipped=$((skipped + skips))
	passed=$((passed + $(count '^ok ' "$log") - skips))
	failed=$((failed + $(count '^not ok ' "$log")))
	if grep -a -q "^== $part failed$" "$log" && ! grep -a -q '^not ok ' "$log"; then
		fail "$part: it ended with a failure and no test says why"
	fi
	grep -a -q "^== $part: [0-9]* s$" "$log" || fail "$part: it did not end"
	grep -a -q '^ok ' "$log" || fail "$part: it ran no test"
}

[ $# -gt 0 ] || set -- "${all[@]}" "${beside[@]}"
for part in "$@"; do
	[[ " ${all[*]} ${beside[*]} ${more[*]} " = *" $part "* ]] ||
		die "there is no part '$part': give some of ${all[*]} ${beside[*]} ${more[*]}"
	is_beside "$part" || here=yes
done
[ -n "$here" ] || beside=()	# there is nothing to be beside
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
run_parts beside "$@" &
aside=$!
run_parts here "$@"
wait "$aside" || true
for part in "$@"; do
	! is_beside "$part" || cat "$work/$part" || true
	judge "$part"
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
