# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# The tests in the guest: the same for every kernel that it boots.
# shellcheck source=scripts/lib/kernel.sh
. "$(dirname "${BASH_SOURCE[0]}")/kernel.sh"
# shellcheck source=scripts/lib/source.sh
. "$(dirname "${BASH_SOURCE[0]}")/source.sh"

# guest_programs TREE: what runs in the guest, but for the module, built in that tree.
# Sets guest and logger.
guest_programs() {
	local tree=$1

	need "to build the guest's programs" make gcc libc6-dev python3
	kernel_source
	quietly make -C "$tree" STATIC=1 logger
	quietly make -C "$tree/tests" KSELFTEST="$KSELFTEST" guest
	guest=$tree/tests/build/guest logger=$tree/userspace/shmexec-logger
}

# boot_tests LOGS SYSTEM [OPTION]... PROGRAM...: of the kernel of vmlinuz,
# kernel_dir and module, and the programs of guest and logger; the logs are in
# LOGS/SYSTEM, the TAP in LOGS/tap too.
boot_tests() {
	local logs=$1 system=$2

	shift 2
	"$top/tests/vm/run.sh" -k "$vmlinuz" -M "$module" -l "$logs/$system" \
		-s "$top/tests/vm/$system" \
		-f "$logger" \
		-f "$guest/payload" -f "$guest/payload-dynamic" -f "$guest/chain" \
		-f "$guest/libc.so.6" -f "$guest/ld.so" \
		-f "$top/presets/shmexec-2023-08.conf" \
		-f "$top/presets/shmexec-2026-01.conf" \
		-f "$top/presets/shmexec-containers.conf" \
		-f "$kernel_dir/overlay.ko" -f "$kernel_dir/binfmt_misc.ko" \
		"$@" | tee -a "$logs/tap"
}

# Programs that a kernel has more: of the usual system, of the one whose CPUs take
# turns, and last in each; what the usual system is, whether what the programs
# send is no log, and how it is looked at.
more_tests=() more_turns=() last_tests=() usual=usual no_log='' ecs_options=()

# QEMU may miss that another CPU has patched what it executes, as the kernel does
# where a tracepoint is switched: there they take turns.
turns=(-S)

# Whether to leave out what takes long and depends on the kernel least: of that
# what one kernel has shown others hardly will not.
brief=${brief:-}

# guest_tests LOGS [OPTION]...: all of them.
guest_tests() {
	local logs=$1 bad=0 long=() longer=()

	shift
	if [ -z "$brief" ]; then
		long=("$guest/selftest" "$guest/rewrite")
		longer=("$guest/moved_mounts" "$guest/load" "$guest/fuzz_device" "$guest/fuzz_params")
	fi
	# What the logger is to find in the ring comes right before it.
	boot_tests "$logs" "$usual" "$@" \
		"$guest/device" "$guest/names" "$guest/mounts" "$guest/excludes" \
		"$guest/tasks" "$guest/odd_names" "$guest/record" \
		"$top/tests/kselftest/logger" "$guest/live_rule" "${long[@]}" \
		"$guest/presets" "$guest/storm" "$guest/bytes" "$guest/guard" \
		"$guest/moved" "${longer[@]}" "${more_tests[@]}" "$guest/lock" \
		"${last_tests[@]}" || bad=1
	[ -n "$brief" ] ||
		boot_tests "$logs" usual "$@" "${turns[@]}" -l "$logs/lifecycle" "$guest/lifecycle" \
			"${more_turns[@]}" "${last_tests[@]}" || bad=1
	boot_tests "$logs" embedded "$@" "$guest/embedded" "${last_tests[@]}" || bad=1
	[ -n "$no_log" ] ||
		python3 "$top/tests/vm/ecs.py" "${ecs_options[@]}" "$logs/$usual/events" \
			"$logs/embedded/events" || bad=1
	"$top/tests/vm/cases.sh" "$logs/tap" || bad=1
	return "$bad"
}

# The same module, but for the last letter of its version.
next_module() {
	local version

	version=$(modinfo -F version "$module")
	LC_ALL=C sed "s/\(\x00version=\)$version\x00/\1${version%?}x\x00/" "$module" >"$1"
	[ "$(modinfo -F version "$1")" = "${version%?}x" ]
}

# The same, but for the name of the tracepoint that it looks for.
blind_module() {
	LC_ALL=C sed 's/\x00sched_process_exec\x00/\x00sched_process_ezec\x00/' "$module" >"$1"
	! cmp -s "$module" "$1"
}

# other_tests LOGS [OPTION]...: of a filesystem that does not answer, of a logger that
# is killed, and of modules that are not quite this one.
other_tests() {
	local logs=$1

	shift
	next_module "$logs/shmexec-next.ko" && blind_module "$logs/shmexec-blind.ko" || return
	boot_tests "$logs" "$usual" "$@" -l "$logs/others" -f "$kernel_dir/fuse.ko" \
		-f "$logs/shmexec-next.ko" -f "$logs/shmexec-blind.ko" \
		"$guest/unanswered" "$guest/delivery" "$top/tests/kselftest/blind" \
		"$top/tests/kselftest/upgrade" "${last_tests[@]}"
}
