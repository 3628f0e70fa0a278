#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The packages: built, cross-built, linted, and lived with in root file systems
# of two Debian releases, which are booted, too.
set -euo pipefail
# shellcheck source=scripts/lib/rootfs.sh
. "$(dirname "$0")/../lib/rootfs.sh"
# shellcheck source=scripts/matrix/kernel.sh
. "$top/scripts/matrix/kernel.sh"
# shellcheck source=scripts/lib/tap.sh
. "$top/scripts/lib/tap.sh"

suites=(bookworm trixie)
bad=0 pids=()

[ "$(id -u)" = 0 ] || die "the packages are tried in a chroot: run this as root"
[ "$(dpkg --print-architecture)" = amd64 ] || die "the kernels that they are tried with are for amd64"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
version=$(tree_version)

# This tree, of a later version; without git, as an archive of it would be.
next_version() {
	tracked_tree "$work/next"
	sed -i "s/^PACKAGE_VERSION=.*/PACKAGE_VERSION=\"$version.1\"/" "$work/next/dkms.conf"
	"$work/next/scripts/deb.sh" "$work/new"
}

# cross_built ARCHITECTURE: the package says so, and so does what is in it.
cross_built() {
	"$top/scripts/deb.sh" "$work/$1" "$1" &&
		dpkg-deb -x "$work/$1/shmexec-logger_${version}_$1.deb" "$work/$1/root" &&
		[ "$(dpkg-deb -f "$work/$1/shmexec-logger_${version}_$1.deb" Architecture)" = "$1" ] &&
		"$(dpkg-architecture -a "$1" -f -q DEB_HOST_GNU_TYPE)-readelf" -h \
			"$work/$1/root/usr/sbin/shmexec-logger" | grep "Machine: *$2"
}

# disk_of ROOT: an image of it as it is, ROOT.disk, which tries the packages once it is
# booted, and the kernel for it.
disk_of() {
	local root=$1 release

	release=$(basename "$root"/lib/modules/*-cloud-amd64)
	cp "$top/tests/packages/booted.service" "$root/etc/systemd/system/"
	quietly enter "$root" systemctl enable booted.service &&
		quietly enter "$root" update-initramfs -c -k "$release" &&
		cp "$root/boot/vmlinuz-$release" "$root.vmlinuz" &&
		cp "$root/boot/initrd.img-$release" "$root.initrd" &&
		quietly mke2fs -q -t ext4 -d "$root" "$root.disk" 3G
}

# booted ROOT: TAP of its own, and if that has no end what the kernel has said.  Of one
# CPU: others are patched while they execute, which QEMU may miss.
booted() {
	local root=$1

	timeout 600 qemu-system-x86_64 -accel tcg -m 1024 -display none -nic none -monitor none \
		-no-reboot -kernel "$root.vmlinuz" -initrd "$root.initrd" \
		-append "root=/dev/vda rw init=/lib/systemd/systemd console=ttyS0 panic=-1" \
		-drive "file=$root.disk,format=raw,if=virtio,cache=unsafe" \
		-serial "file:$root.log" -serial "file:$root.said"
	tr -d '\r' <"$root.said"
	if ! grep -q '^1[.][.]' "$root.said" || grep -a -q 'Call [Tt]race:' "$root.log"; then
		echo "not ok - it has booted and come to a good end"
		tail -n 40 "$root.log" | sed 's/^/# /'
		return 1
	fi
}

# live SUITE: TAP, in a file.
live() {
	local root=$work/$1

	mkdir -p "$root"
	tar -C "$root" -xf "$(root_image "$1")"
	mkdir "$root/srv/old" "$root/srv/new"
	cp "$top"/tests/packages/*.sh "$top/scripts/lib/tap.sh" "$root/srv/"
	cp "$work"/old/shmexec-{dkms,logger}_*.deb "$root/srv/old/"
	cp "$work"/new/shmexec-{dkms,logger}_*.deb "$root/srv/new/"
	enter "$root" /srv/life.sh "$version" "$version.1" && disk_of "$root" &&
		enter "$root" /srv/end.sh && booted "$root"
}

# kernel_tree ARCHITECTURE FLAVOUR: sets kdir, a kernel's headers as if it were one
# of one's own: it does not know by itself what compiles it.
kernel_tree() {
	local fresh deb

	use_suite bookworm "$1"
	resolve_headers "$2"
	kdir=$cache/firmware/$kernel_release-$kernel_version
	if [ ! -d "$kdir" ]; then
		say "downloading $headers and $common (to build as for firmware)"
		mkdir -p "$cache/firmware"
		fresh=$(mktemp -d "$cache/firmware/fresh.XXXXXX")
		suite_download "$fresh" "$headers" "$common"
		use_suite bookworm amd64
		suite_download "$fresh" "$kbuild"
		for deb in "$fresh"/*.deb; do
			dpkg-deb -x "$deb" "$fresh"
			rm "$deb"
		done
		rm "$fresh/usr/src/$headers/.kernelvariables"
		sed -i "s|/usr/src|$kdir/usr/src|" "$fresh/usr/src/$headers/Makefile"
		mv "$fresh" "$kdir"
	fi
	kdir=$kdir/usr/src/$headers
}

# firmware ARCHITECTURE FLAVOUR BUILDER...: TAP of its own.
firmware() {
	kernel_tree "$1" "$2"
	use_architecture "$1"
	"$top/tests/packages/firmware.sh" "$kernel_arch" "$triplet" "$kdir" "${@:3}" || bad=1
}

# finished JOB LOG
finished() {
	local status=0

	wait "$1" || status=$?
	cat "$2"
	return "$status"
}

need "to check packages" lintian git mmdebstrap zstd python3 kmod dpkg-dev debhelper \
	dh-dkms crossbuild-essential-{arm64,armhf,s390x} e2fsprogs qemu-system-x86
for suite in "${suites[@]}"; do
	root_image "$suite" >/dev/null
done
# What takes long goes on beside the rest.
next_version >"$work/next.log" 2>&1 </dev/null &
next=$!
tap "make deb" make -C "$top" deb DEB_DIR="$work/old"
tap "a later version, from a tree without git" finished "$next" "$work/next.log"
for suite in "${suites[@]}"; do
	live "$suite" >"$work/$suite.tap" 2>&1 </dev/null &
	pids+=($!)
done
tap "lintian finds no error" lintian --fail-on error --allow-root "$work"/old/*.changes
tap "cross-built for arm64" cross_built arm64 AArch64
tap "cross-built for armhf" cross_built armhf ARM
tap "cross-built for s390x" cross_built s390x "IBM S/390"
firmware arm64 arm64 buildroot yocto
firmware armhf armmp openwrt
for i in "${!suites[@]}"; do
	wait "${pids[$i]}" || bad=1
	sed "s/ - / - ${suites[$i]}: /" "$work/${suites[$i]}.tap"
done
[ "$tap_failed" = 0 ] || bad=1
echo "1..$tap_number"
exit "$bad"
