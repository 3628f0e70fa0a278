#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Builds, lints and tests.  usage: scripts/check.sh [lint] [unit] [fuzz] [dkms] [ship] [packages] [cost] [vm] [unharmed] [matrix] [debug]
# Ends 0 if nothing failed and something ran; the last line counts.
set -euo pipefail
# shellcheck source=scripts/lib/common.sh
. "$(dirname "$0")/lib/common.sh"

all=(lint unit fuzz dkms ship packages cost vm unharmed matrix)
more=(debug)	# only where asked for
beside=matrix	# builds nothing in this tree: it runs while the others do
passed=0 failed=0 skipped=0

fail() {
	echo "not ok - $1"
	failed=$((failed + 1))
}

count() {
	grep -a -c "$1" "$2" || true
}

# A part has its say in TAP, with a plan for each program in it.
run_part() {
	local begun=$SECONDS

	echo "== $1"
	"$top/scripts/check/$1.sh" </dev/null 2>&1 || echo "== $1 failed"
	echo "== $1: $((SECONDS - begun)) s"
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

for part in "$@"; do
	[[ " ${all[*]} ${more[*]} " = *" $part "* ]] ||
		die "there is no part '$part': give some of ${all[*]} ${more[*]}"
done
[ $# -gt 0 ] || set -- "${all[@]}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
aside=''
if [ $# -gt 1 ] && [[ " $* " = *" $beside "* ]]; then
	run_part "$beside" >"$work/$beside" &
	aside=$!
fi
for part in "$@"; do
	if [ -n "$aside" ] && [ "$part" = "$beside" ]; then
		continue
	fi
	run_part "$part" | tee "$work/$part"
	judge "$part"
done
if [ -n "$aside" ]; then
	wait "$aside" || true
	cat "$work/$beside"
	judge "$beside"
fi
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
