#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Shows shmexec at work: builds it, boots a stock kernel in QEMU, and has root
# run a file from /dev/shm there.  Ends 0 only if the logger says so.
# usage: scripts/demo.sh [--shell]
set -euo pipefail
# shellcheck source=tests/vm/lib.sh
. "$(dirname "$0")/../tests/vm/lib.sh"

build() {
	say "building the module for $kernel_release, and the logger"
	quietly make -C "$top" KDIR="$KDIR" module
	quietly make -C "$top" STATIC=1 logger
	quietly make -C "$top/tests" payload
}

fill_guest() {
	new_guest "$work/root"
	cp "$top/shmexec.ko" "$work/root/"
	cp "$top/userspace/shmexec-logger" "$work/root/bin/"
	cp "$top/tests/build/guest/payload" "$work/root/files/"
	cp "$top/tests/vm/motd" "$work/root/files/"
	if [ "$1" = shell ]; then
		touch "$work/root/interactive"
	else
		cp "$top/tests/vm/demo" "$work/root/tests/"
	fi
	pack_guest "$work/root" "$work/initramfs"
}

boot_shell() {
	say "booting $kernel_release; 'poweroff -f' ends it"
	boot_guest "$work/initramfs" "file:$work/console" mon:stdio null 86400 2 256 ||
		die "the guest ended with a failure"
}

# What the guest says is shown as it comes, but for what is meant for tests.  However
# it ends, its last word tells.
boot_demo() {
	say "booting $kernel_release in QEMU (no KVM is needed)"
	touch "$work/results"
	boot_guest "$work/initramfs" "file:$work/console" stdio \
		"file:$work/events" 300 2 256 </dev/null |
		tee "$work/results" | grep --line-buffered -v '^# \|^1\.\.\|^ok ' || true
	grep -q '^# end demo 0$' "$work/results" ||
		{ tail -n 20 "$work/console" >&2; die "the hit did not come"; }
}

show_ecs() {
	echo
	echo "The same hit as an ECS document:"
	cat "$work/events"
	python3 -m json.tool <"$work/events" >/dev/null ||
		die "the ECS document is no JSON"
}

mode=demo
case ${1:-} in
'') ;;
--shell) mode=shell ;;
*) die "unknown option '$1'; usage: $0 [--shell]" ;;
esac

vm_packages amd64
need "to build the logger and to read its JSON" make gcc libc6-dev python3
stock_kernel
build
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fill_guest "$mode"
if [ "$mode" = shell ]; then
	boot_shell
else
	boot_demo
	show_ecs
	echo
	echo "shmexec caught it, and nothing else.  Try it yourself: $0 --shell"
fi
