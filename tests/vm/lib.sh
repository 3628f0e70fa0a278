# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# The guest: an initramfs around busybox, and QEMU that boots it.
# shellcheck source=scripts/lib/kernel.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../scripts/lib/kernel.sh"
# shellcheck source=tests/vm/machine.sh
. "$top/tests/vm/machine.sh"

# vm_packages [ARCHITECTURE]: what to boot a guest of it with.
vm_packages() {
	use_machine "${1:-amd64}"
	need "to boot a guest" "$qemu_package" busybox-static cpio
}

# new_guest DIRECTORY [BUSYBOX]: an empty guest's files, to be added to.
new_guest() {
	mkdir -p "$1"/{bin,dev,proc,sys,files,tests}
	cp "${2:-$(command -v busybox)}" "$1/bin/busybox"
	cp "$top/tests/vm/init" "$1/init"
	cp "$top/tests/kselftest/tap.sh" "$1/tap.sh"
	printf 'results_port=%s\nevents_port=%s\n' "$results_port" "$events_port" >"$1/ports"
}

# pack_guest DIRECTORY IMAGE
pack_guest() {
	(cd "$1" && find . -print0 | cpio --quiet -0 -o -H newc) >"$2"
}

# boot_guest IMAGE CONSOLE RESULTS EVENTS SECONDS CPUS MIB: the three ports are
# QEMU's character devices.  A panic ends it: -no-reboot and panic=-1.  The CPUs
# run at the same time, or as accelerator says.  The kernel hands slow on, and is
# given more_arguments.
boot_guest() {
	port_arguments "$2" "$3" "$4"
	timeout --foreground --kill-after=5 "$5" \
		"${qemu[@]}" -accel "${accelerator:-tcg}" -smp "$6" -m "$7" \
		-display none -no-reboot -nic none -monitor none \
		-kernel "$vmlinuz" -initrd "$1" \
		-append "console=$console panic=-1 panic_on_warn=1 oops=panic softlockup_panic=1 hung_task_panic=1${slow:+ slow=$slow} ${more_arguments:-}" \
		"${ports[@]}"
}
