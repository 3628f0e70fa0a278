#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Fuzzes what takes bytes from users: the rule, its parameters, a name's components,
# records on their way to a line, the cursor's file.  FUZZ_SECONDS for each, default
# 60; what is learned is kept in the cache, for the next run to begin with.
set -euo pipefail
# shellcheck source=scripts/lib/common.sh
. "$(dirname "$0")/../lib/common.sh"

targets=(rule parse component decode cursor)
seconds=${FUZZ_SECONDS:-60}
n=0 bad=0

need "to fuzz" make clang libclang-rt-dev
quietly make -C "$top/tests" fuzz

for target in "${targets[@]}"; do
	corpus=$cache/fuzz/$target
	found=$top/tests/build/fuzz/found-$target-
	log=$(mktemp)
	mkdir -p "$corpus"
	n=$((n + 1))
	if "$top/tests/build/fuzz/$target" -max_total_time="$seconds" \
		-max_len=4096 -timeout=10 -print_final_stats=1 \
		-artifact_prefix="$found" -dict="$top/tests/fuzz/dictionary" \
		"$corpus" "$top/tests/fuzz/corpus/$target" >"$log" 2>&1 </dev/null; then
		runs=$(sed -n 's/^stat::number_of_executed_units: //p' "$log")
		echo "ok $n - fuzz: $target: $runs executions in $seconds s"
	else
		echo "not ok $n - fuzz: $target: the input is in $found*"
		tail -n 40 "$log" | sed 's/^/# /'
		bad=1
	fi
	rm -f "$log"
done
echo "1..$n"
exit "$bad"
