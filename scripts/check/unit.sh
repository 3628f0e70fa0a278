#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The tests that need no guest: pure code, and the logger on recorded events.
set -euo pipefail
# shellcheck source=scripts/lib/source.sh
. "$(dirname "$0")/../lib/source.sh"

tests=(rule heads parse component random ring decode text ecs ids container cursor parent)
bad=0

need "to build and run the unit tests" make gcc libc6-dev python3
kernel_source
quietly make -C "$top/tests" KSELFTEST="$KSELFTEST" unit
quietly make -C "$top" logger

# Test programs stop at the first report of a sanitizer.
cd "$top/tests"
for name in "${tests[@]}"; do
	echo "# $name"
	UBSAN_OPTIONS=print_stacktrace=1 timeout 300 "$top/tests/build/unit/$name" || bad=1
done
timeout 120 "$top/tests/unit/logger.sh" "$top/userspace/shmexec-logger" || bad=1
timeout 300 "$top/tests/unit/delivery.py" "$top/userspace/shmexec-logger" || bad=1
exit "$bad"
