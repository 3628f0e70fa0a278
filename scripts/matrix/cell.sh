#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# One cell of the matrix: builds the module, the logger and the tests with the
# compiler of a suite, and runs them all on a kernel of it.  Prints TAP, and
# what it was about to LOGS/facts.  usage: scripts/matrix/cell.sh CELL LOGS
set -euo pipefail
# shellcheck source=scripts/matrix/kernel.sh
. "$(dirname "$0")/kernel.sh"
# shellcheck source=scripts/matrix/build.sh
. "$(dirname "$0")/build.sh"
# shellcheck source=scripts/matrix/qemu.sh
. "$(dirname "$0")/qemu.sh"
# shellcheck source=scripts/lib/guest.sh
. "$top/scripts/lib/guest.sh"
# shellcheck source=tests/vm/machine.sh
. "$top/tests/vm/machine.sh"
# shellcheck source=scripts/lib/tap.sh
. "$top/scripts/lib/tap.sh"

# Sets what the line of the table says.
read_cell() {
	local line

	line=$(grep -E "^${1}[[:space:]]" "$top/scripts/matrix/cells") ||
		die "there is no cell '$1': scripts/matrix.sh --list shows them"
	read -r _ suite architecture flavour programs cpus _ <<<"$line"
	machine=$architecture
	[[ $flavour != rt-* ]] || machine=$architecture-virtio
}

make_tree() {
	in_root make -C "/src/$cell" "$@"
}

# Sets cc, what compiles for an architecture in the root, and adds it there.
compiler_of() {
	local packages=("$compiler")

	cc=$compiler
	if [ "$1" != amd64 ]; then
		use_architecture "$1"
		cc=$triplet-$compiler
		packages=("$compiler-$triplet" "libc6-dev-$1-cross")
	fi
	add_packages "${packages[@]}"
}

fetch_busybox() {
	local fresh

	use_suite "$suite" "$programs"
	fresh=$(mktemp -d)
	suite_download "$fresh" busybox-static
	dpkg-deb --fsys-tarfile "$fresh"/*.deb | tar -x -C "$fresh"
	busybox=$logs/busybox
	find "$fresh" -path '*/bin/busybox' -type f -exec cp {} "$busybox" \;
	rm -rf "$fresh"
}

# shellcheck disable=SC2154
# Everything below LOGS that goes into the guest besides what was built.
gather() {
	local name

	mkdir -p "$logs/modules" "$logs/drivers"
	for name in overlay binfmt_misc; do
		modules_for "$name" "$logs/modules" >/dev/null
	done
	mapfile -t drivers < <(for name in "${port_drivers[@]}"; do
		modules_for "$name" "$logs/drivers"
	done | awk '!seen[$0]++')
	kernel_dir=$logs/modules
}

cell=$1 logs=$(realpath -m "$2")
rm -rf "$logs"
mkdir -p "$logs"
read_cell "$cell"
kernel_source
use_suite "$suite" "$architecture"
resolve_headers "$flavour"
fetch_image "$flavour"
printf '%s\n' "kernel='$kernel_release ($kernel_version)'" "compiler=$compiler" >"$logs/facts"
use_root "$suite"
install_headers
compiler_of "$programs"
tree=$root/src/$cell
copy_tree
cp -r "$KSELFTEST" "$root/src/"
tap "module: no warning with W=1" module_without_warnings \
	KDIR="/usr/src/linux-headers-$kernel_release" CROSS_COMPILE="$cross"
tap "logger and tests: no warning" build_programs "$cc" /src/selftests
[ "$tap_failed" = 0 ] || tap_end
echo "1..$tap_number"
fetch_busybox
# QEMU 7.2 may run what it translated of one program for another that took its place.
if [ "$architecture" = s390x ]; then
	newer_qemu qemu-system-s390x qemu-system-misc "$logs/bin"
	PATH=$logs/bin:$PATH
fi
use_machine "$machine"
gather
options=(-a "$machine" -b "$busybox" -c "$cpus" -t 1800)
# Of files, a tmpfs has half as many as the memory has pages, of 64 KiB here.
[ "$architecture" != ppc64el ] || options+=(-m 4096)
# There the CPUs stop for each patch: if they take turns, that takes minutes.
[[ $architecture != @(armhf|riscv64) ]] || turns=()
for driver in "${drivers[@]}"; do
	options+=(-d "$driver")
done
module=$tree/shmexec.ko guest=$tree/tests/build/guest logger=$tree/userspace/shmexec-logger
guest_tests "$logs" "${options[@]}"
