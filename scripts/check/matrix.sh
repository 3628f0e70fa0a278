#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The cells of the matrix that stand for the rest: the oldest kernel, the newest,
# which is not released yet, PREEMPT_RT, other processors, 32 bits, a small board.
set -euo pipefail
# shellcheck source=scripts/lib/common.sh
. "$(dirname "$0")/../lib/common.sh"
# shellcheck source=scripts/lib/tap.sh
. "$top/scripts/lib/tap.sh"

green() {
	grep -q '^status=0 ' "$1/facts"
}

mapfile -t cells < <(sed -n 's/^\([a-z0-9][^[:space:]]*\)[[:space:]].*[[:space:]]check$/\1/p' \
	"$top/scripts/matrix/cells")
[ "${#cells[@]}" -gt 0 ] || die "no cell is marked in scripts/matrix/cells"
# What an earlier run found is not what this one does.
for cell in "${cells[@]}"; do
	rm -f "$top/tests/build/matrix/$cell/facts"
done
"$top/scripts/matrix.sh" --brief --jobs 1 "${cells[@]}" | sed 's/^/# /' || true
for cell in "${cells[@]}"; do
	tap "matrix: $cell: $(sed -n "s/^kernel='\(.*\)'/\1/p" "$top/tests/build/matrix/$cell/facts")" \
		green "$top/tests/build/matrix/$cell"
done
tap "matrix: what they log is the same" "$top/scripts/matrix.sh" --table "${cells[@]}"
tap_end
