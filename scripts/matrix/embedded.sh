#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# As cell.sh, for the cell of a board: a kernel of few options, built from the
# suite's own source, a processor, 64 MiB of memory and less, and musl for all that
# runs there.  Of the flavour embedded-cfi clang builds it, to check each indirect
# call.
# usage: scripts/matrix/embedded.sh CELL LOGS
set -euo pipefail
# shellcheck source=scripts/lib/built.sh
. "$(dirname "$0")/../lib/built.sh"
# shellcheck source=scripts/matrix/build.sh
. "$(dirname "$0")/build.sh"
# shellcheck source=scripts/lib/guest.sh
. "$top/scripts/lib/guest.sh"
# shellcheck source=scripts/lib/tap.sh
. "$top/scripts/lib/tap.sh"

cell=$1 logs=$(realpath -m "$2")
fragments=("$top/scripts/matrix/embedded.config") tools=()

make_tree() {
	make -C "$tree" "$@"
}

rm -rf "$logs"
mkdir -p "$logs"
read -r _ suite architecture flavour _ <<<"$(grep -E "^${cell}[[:space:]]" "$top/scripts/matrix/cells")"
if [ "$flavour" = embedded-cfi ]; then
	fragments+=("$top/scripts/matrix/cfi.config")
	compiler=clang-16 toolchain=(LLVM=-16) tools=(clang-16 lld-16 llvm-16)
fi
need "to build for a board" make gcc musl-tools "${tools[@]}"
musl="musl-gcc -idirafter /usr/include -idirafter /usr/include/$(gcc -print-multiarch)"
kernel_source
use_suite "$suite" "$architecture"
built_kernel "$flavour" "$(field linux-source Depends | grep -oE 'linux-source-[0-9.]+')" \
	"${fragments[@]}"
printf '%s\n' "kernel='$(make -s -C "$KDIR" kernelrelease) ($kernel_version)'" \
	"compiler='${compiler%-*}-$("$compiler" -dumpversion), musl'" >"$logs/facts"
tree=$logs/tree
copy_tree
tap "module: no warning with W=1" module_without_warnings KDIR="$KDIR" "${toolchain[@]}"
tap "logger and tests: no warning" build_programs "$musl" "$KSELFTEST" CFLAGS='-Os -s'
[ "$tap_failed" = 0 ] || tap_end
echo "1..$tap_number"
module=$tree/shmexec.ko guest=$tree/tests/build/guest logger=$tree/userspace/shmexec-logger
touch "$logs/lacking"
# shellcheck disable=SC2034
ecs_options=(--lacking)
# Timers wait for a tick, as on a board without a better clock.
export more_arguments=highres=off
bad=0
guest_tests "$logs" -c 1 -m 64 -f "$logs/lacking" || bad=1
# 32 MiB have no room for 2 MiB of arguments, trees deeper than a path, storms; nor
# for what many programs leave behind in one boot.
mkdir "$logs/small"
small=("$logs/small" usual -c 1 -m 32 -f "$logs/lacking")
boot_tests "${small[@]}" "$guest/device" "$guest/names" "$guest/mounts" \
	"$guest/excludes" || bad=1
boot_tests "${small[@]}" "$guest/record" "$top/tests/kselftest/logger" \
	"$guest/lock" || bad=1
exit "$bad"
