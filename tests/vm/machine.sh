# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034
# The machines that QEMU makes, by Debian's names of their architectures.

# Sets qemu, its package and arguments, the kernel's console, and the ports on
# which the guest gives results and events, as it calls them.  Where there are
# no three serial ports, those two are virtio's, whose drivers may be modules.
use_machine() {
	results_port=/dev/vport0p1 events_port=/dev/vport0p2
	virtio_bus=virtio-serial-pci port_drivers=(virtio_pci virtio_console)
	case $1 in
	amd64)
		qemu=(qemu-system-x86_64) qemu_package=qemu-system-x86 console=ttyS0
		serial_ports
		;;
	amd64-virtio)
		# Two serial ports share an interrupt, which PREEMPT_RT takes for
		# one that nobody cared about once much is written.
		qemu=(qemu-system-x86_64) qemu_package=qemu-system-x86 console=ttyS0
		;;
	i386)
		qemu=(qemu-system-i386) qemu_package=qemu-system-x86 console=ttyS0
		serial_ports
		;;
	arm64)
		qemu=(qemu-system-aarch64 -M virt -cpu cortex-a57)
		qemu_package=qemu-system-arm console=ttyAMA0
		;;
	armhf)
		# Without LPAE the kernel cannot reach PCI in high memory.
		qemu=(qemu-system-arm -M "virt,highmem=off" -cpu cortex-a15)
		qemu_package=qemu-system-arm console=ttyAMA0
		;;
	riscv64)
		qemu=(qemu-system-riscv64 -M virt)
		qemu_package=qemu-system-misc console=ttyS0
		;;
	ppc64el)
		qemu=(qemu-system-ppc64 -M pseries -cpu POWER9)
		qemu_package=qemu-system-ppc console=hvc0
		;;
	s390x)
		qemu=(qemu-system-s390x -M s390-ccw-virtio)
		qemu_package=qemu-system-misc console=ttysclp0
		virtio_bus=virtio-serial-ccw port_drivers=(virtio_console)
		;;
	mips64el)
		qemu=(qemu-system-mips64el -M malta -cpu 5KEc)
		qemu_package=qemu-system-mips console=ttyS0
		serial_ports
		;;
	*) die "no machine is known for '$1'" ;;
	esac
}

serial_ports() {
	results_port=/dev/ttyS1 events_port=/dev/ttyS2 virtio_bus='' port_drivers=()
}

# port_arguments CONSOLE RESULTS EVENTS: sets ports; each is as for -serial.
port_arguments() {
	ports=(-serial "$1")
	if [ -z "$virtio_bus" ]; then
		ports+=(-serial "$2" -serial "$3")
	else
		ports+=(-device "$virtio_bus")
		ports+=(-chardev "${2/:/,path=},id=results" -device "virtserialport,chardev=results")
		ports+=(-chardev "${3/:/,path=},id=events" -device "virtserialport,chardev=events")
	fi
}
