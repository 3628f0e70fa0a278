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

# measure DIRECTORY CPUS [OPTION]... PROGRAM...: programs of tests/bench; costs in
# DIRECTORY/results, TAP on the way.  A clock counts the instructions of all CPUs.
measure() {
	local dir=$1 cpus=$2

	shift 2
	mkdir -p "$dir"
	"$top/tests/vm/run.sh" -n 1 -t 1800 -c "$cpus" -M "$top/shmexec.ko" -l "$dir" \
		-s "$top/tests/bench/system" -f "$top/tests/bench/lib" \
		-f "$top/tests/bench/bracket.ko" -f "$top/tests/bench/empty.ko" \
		-f "$top/tests/build/bench/loop" -f "$top/userspace/shmexec-logger" \
		-f "$top/tests/build/guest/payload" "$@"
}

# measured DIRECTORY CPUS...: likewise, and says so only if that fails.
measured() {
	local tap=$1.tap

	measure "$@" >"$tap" || { grep -v '^ok' "$tap" >&2; die "${1##*/} failed"; }
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

# repeated DIRECTORY...: each of shmexec's figures is the same within 1 % in each
# boot; how far apart the others' are is told.  What is added to a whole exec is a
# difference of two, and held to 1 % of those.
repeated() {
	local dir

	for dir in "$@"; do
		tr -d '\r' <"$dir/results" | sed -n 's/^# cost //p'
	done | awk '{ if (!n[$1]++) least[$1] = most[$1] = $2
			if ($2 < least[$1]) least[$1] = $2
			if ($2 > most[$1]) most[$1] = $2 }
		END { exec = least["whole.hit.nothing"]
			for (name in n) {
				if (n[name] < 2)
					continue
				all = most[name] + (name ~ /^whole/ ? exec : 0)
				off = all ? 100 * (most[name] - least[name]) / all : 0
				whose = name ~ /[.](nothing|empty|ftrace|bpftrace|auditd)/ ? "others" : "shmexec"
				if (off >= worst[whose]) { worst[whose] = off; of[whose] = name }
			}
			for (whose in worst)
				printf "between boots, of %s: %.2f %% at most (%s)\n", whose,
					worst[whose], of[whose]
			exit worst["shmexec"] > 1 }'
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
