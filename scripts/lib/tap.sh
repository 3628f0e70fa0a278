# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Checks that are a command each, as TAP.

tap_number=0 tap_failed=0

# tap NAME COMMAND...: its output is shown only if it fails.
tap() {
	local name=$1 log

	shift
	tap_number=$((tap_number + 1))
	log=$(mktemp)
	if "$@" >"$log" 2>&1 </dev/null; then
		echo "ok $tap_number - $name"
	else
		echo "not ok $tap_number - $name"
		tail -n 60 "$log" | sed 's/^/# /'
		tap_failed=1
	fi
	rm -f "$log"
}

# The plan, last: a script that dies on its way has none.
tap_end() {
	echo "1..$tap_number"
	exit "$tap_failed"
}
