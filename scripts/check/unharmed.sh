#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The kernel's own tests of exec, mounts and PID namespaces, in the guest: they find
# the same with the module as without.  stress-ng executes, forks, clones, mounts
# and renames beside it.
set -euo pipefail
# shellcheck source=scripts/lib/guest.sh
. "$(dirname "$0")/../lib/guest.sh"
# shellcheck source=scripts/lib/built.sh
. "$top/scripts/lib/built.sh"
# shellcheck source=scripts/lib/image.sh
. "$top/scripts/lib/image.sh"

targets="exec mount mount_setattr pid_namespace"
tools=stress-ng,python3,bash,libc-bin,perl-base

# Sets selftests: them, as they are installed, in an archive.
build_selftests() {
	local out

	need "to build the kernel's own tests" make gcc libc6-dev rsync
	use_suite bookworm amd64
	unpack_source linux-source-6.1
	selftests=$cache/selftests/$kernel_version-${targets// /-}.tar
	[ ! -f "$selftests" ] || return 0
	say "building the kernel's own tests of $targets"
	mkdir -p "$cache/selftests"
	out=$(mktemp -d "$cache/selftests/fresh.XXXXXX")
	quietly make -s -C "$source" O="$out/headers" headers
	quietly make -s -C "$source/tools/testing/selftests" O="$out/build" \
		KHDR_INCLUDES="-isystem $out/headers/usr/include" TARGETS="$targets" \
		FORCE_TARGETS=1 INSTALL_PATH="$out/selftests" install
	tar -c -f "$out/tar" --owner=0 --group=0 -C "$out" selftests
	mv "$out/tar" "$selftests"
	rm -rf "$out"
}

# /bin is busybox's, but for what the tests call by its name there.
make_tools() {
	bootstrap extract "$tools" "$1/root"
	(cd "$1/root" && rm -rf usr/share/{doc,locale,man} &&
		cp -a --parents bin/bash lib lib64 usr "$1/image/")
}

stock_kernel
guest_programs "$top"
quietly make -C "$top" KDIR="$KDIR" module
build_selftests
made_image tools "$tools" make_tools
"$top/tests/vm/run.sh" -m 2048 -t 900 -M "$top/shmexec.ko" -s "$top/tests/vm/usual" \
	-i "$image" -f "$logger" -f "$guest/chain" \
	-f "$selftests" "$top/tests/kselftest/unharmed"
