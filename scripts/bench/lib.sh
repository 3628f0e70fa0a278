# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034
# What is measured, and where: a guest whose clock counts instructions.
# shellcheck source=scripts/lib/kernel.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/kernel.sh"
# shellcheck source=scripts/lib/source.sh
. "$top/scripts/lib/source.sh"

recorded=$top/tests/bench/recorded

build_for_bench() {
	need "to measure" make gcc libc6-dev musl-tools
	stock_kernel
	quietly make -C "$top" KDIR="$KDIR" module
	quietly make -C "$top" STATIC=1 logger
	quietly make -C "$KDIR" M="$top/tests/bench" modules
	quietly make -C "$top/tests" bench
}

# measure SEED DIRECTORY [short]: costs in DIRECTORY/results, TAP on the way.
measure() {
	local short=()

	mkdir -p "$2"
	if [ -n "${3:-}" ]; then
		touch "$2/short"
		short=(-f "$2/short")
	fi
	"$top/tests/vm/run.sh" -n "$1" -c 1 -M "$top/shmexec.ko" -l "$2" \
		-s "$top/tests/bench/system" \
		-f "$top/tests/bench/bracket.ko" -f "$top/tests/bench/empty.ko" \
		-f "$top/tests/build/bench/loop" -f "$top/userspace/shmexec-logger" \
		-f "$top/tests/build/guest/payload" "${short[@]}" \
		"$top/tests/bench/guest"
}

# costs DIRECTORY...: NAME VALUE, the median where there are several boots.
costs() {
	local dir

	for dir in "$@"; do
		tr -d '\r' <"$dir/results" | sed -n 's/^# cost //p'
	done | sort -k1,1 -k2,2n |
		awk '$1 != name { out(); name = $1; n = 0 } { value[++n] = $2 }
			function out() { if (n) print name, value[int((n + 1) / 2)] }
			END { out() }'
}

section_bytes() {
	size -A "$1" | awk '/^\.(text|init\.text|exit\.text|rodata|data|bss|init\.data)|^__param|^___srcu/ { n += $2 } END { print n }'
}

musl_logger_bytes() {
	local dir

	dir=$(mktemp -d)
	cp -r "$top"/{kmod,userspace,dkms.conf} "$dir/"
	quietly make -C "$dir/userspace" -B STATIC=1 CFLAGS=-Os \
		CC="musl-gcc -idirafter /usr/include -idirafter /usr/include/$(gcc -print-multiarch)"
	strip "$dir/userspace/shmexec-logger"
	stat -c %s "$dir/userspace/shmexec-logger"
	rm -rf "$dir"
}

limit() {
	sed -n "s/^#define $1[[:space:]]*\([0-9]*\).*/\1/p" "$top/kmod/limits.h"
}

# NAME VALUE, in bytes: what is there without a guest.
sizes() {
	echo "size.module-bytes $(section_bytes "$top/shmexec.ko")"
	echo "size.per-cpu-bytes $(($(limit SHMEXEC_SCRATCH_SIZE) + 32 +
		$(size -A "$top/shmexec.ko" | awk '$1 == ".data..percpu" { print $2 }')))"
	echo "size.ring-bytes $(($(limit SHMEXEC_RING_KB_DEFAULT) * 1024))"
	echo "size.musl-logger-bytes $(musl_logger_bytes)"
}
