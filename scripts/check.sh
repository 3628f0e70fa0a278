#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Builds, lints and tests.  usage: scripts/check.sh [lint] [unit] [fuzz] [dkms] [ship] [packages] [cost] [vm] [matrix]
# Ends 0 if nothing failed and something ran; the last line counts.
set -euo pipefail
# shellcheck source=scripts/lib/common.sh
. "$(dirname "$0")/lib/common.sh"

all=(lint unit fuzz dkms ship packages cost vm)
more=(matrix)	# only where asked for
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
	local part=$1 log status=0 skips begun=$SECONDS

	echo "== $part"
	log=$(mktemp)
	"$top/scripts/check/$part.sh" </dev/null 2>&1 | tee "$log" || status=1
	skips=$(count '^ok .*# *SKIP' "$log")
	skipped=$((skipped + skips))
	passed=$((passed + $(count '^ok ' "$log") - skips))
	failed=$((failed + $(count '^not ok ' "$log")))
	if [ "$status" != 0 ] && ! grep -a -q '^not ok ' "$log"; then
		fail "$part: it ended with a failure and no test says why"
	fi
	grep -a -q '^ok ' "$log" || fail "$part: it ran no test"
	rm -f "$log"
	echo "== $part: $((SECONDS - begun)) s"
}

for part in "$@"; do
	[[ " ${all[*]} ${more[*]} " = *" $part "* ]] ||
		die "there is no part '$part': give some of ${all[*]} ${more[*]}"
done
[ $# -gt 0 ] || set -- "${all[@]}"
for part in "$@"; do
	run_part "$part"
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
