# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# The guest: an initramfs around busybox, and QEMU that boots it.
# shellcheck source=scripts/lib/kernel.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../scripts/lib/kernel.sh"

vm_packages() {
	need "to boot a guest" qemu-system-x86 busybox-static cpio
}

# new_guest DIRECTORY: an empty guest's files, to be added to.
new_guest() {
	mkdir -p "$1"/{bin,dev,proc,sys,files,tests}
	cp "$(command -v busybox)" "$1/bin/busybox"
	cp "$top/tests/vm/init" "$1/init"
}

# pack_guest DIRECTORY IMAGE
pack_guest() {
	(cd "$1" && find . -print0 | cpio --quiet -0 -o -H newc) >"$2"
}

# boot_guest IMAGE CONSOLE RESULTS EVENTS SECONDS CPUS MIB: the three ports are
# QEMU's character devices.  A panic ends it: -no-reboot and panic=-1.
boot_guest() {
	timeout --foreground --kill-after=5 "$5" \
		qemu-system-x86_64 -accel tcg -smp "$6" -m "$7" \
		-display none -no-reboot -nic none -monitor none \
		-kernel "$vmlinuz" -initrd "$1" \
		-append "console=ttyS0 panic=-1 panic_on_warn=1 oops=panic softlockup_panic=1 hung_task_panic=1" \
		-serial "$2" -serial "$3" -serial "$4"
}
