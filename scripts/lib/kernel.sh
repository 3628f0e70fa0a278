# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034
# The stock kernel of this machine's own Debian release: what the guest boots
# and what the module is built against.
# shellcheck source=scripts/lib/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

# What linux-image-amd64 depends on today, as PACKAGE=VERSION.
resolve_kernel() {
	local package

	[ "$(dpkg --print-architecture)" = amd64 ] ||
		die "the guest needs an amd64 Debian, this is $(dpkg --print-architecture)"
	[ -n "$(apt-cache policy linux-image-amd64 2>/dev/null)" ] ||
		refresh_package_lists
	package=$(apt-cache depends --important linux-image-amd64 |
		sed -n 's/^ *Depends: \(linux-image-[0-9].*\)/\1/p' | head -n 1)
	[ -n "$package" ] || die "apt knows no linux-image-amd64: is this a Debian with the main component?"
	kernel_release=${package#linux-image-}
	kernel_version=$(apt-cache policy "$package" | sed -n 's/^ *Candidate: //p')
	kernel_dir=$cache/kernel/$kernel_release-$kernel_version
}

# Modules of the kernel that the guest's tests load.
guest_modules=(fs/overlayfs/overlay.ko fs/binfmt_misc.ko fs/fuse/fuse.ko)

# Takes the image of a package, and those modules, out of it.
unpack_kernel() {
	local module modules=./lib/modules/$kernel_release/kernel

	dpkg-deb --fsys-tarfile "$1"/*.deb >"$1/tar"
	tar -x -f "$1/tar" -C "$1" --strip-components=2 ./boot
	for module in "${guest_modules[@]}"; do
		tar -x -O -f "$1/tar" "$modules/$module" >"$1/${module##*/}"
	done
	rm "$1/tar" "$1"/*.deb
}

# Sets kernel_release, kernel_dir, vmlinuz, and KDIR: the headers, installed.
stock_kernel() {
	local fresh

	resolve_kernel
	need "to build the module for $kernel_release" make gcc \
		"linux-headers-$kernel_release"
	KDIR=/lib/modules/$kernel_release/build
	vmlinuz=$kernel_dir/vmlinuz-$kernel_release
	[ ! -f "$kernel_dir/fuse.ko" ] || return 0

	say "downloading linux-image-$kernel_release $kernel_version (for the guest to boot)"
	mkdir -p "$cache/kernel"
	fresh=$(mktemp -d "$cache/kernel/fresh.XXXXXX")
	[ -n "${package_lists_fresh:-}" ] || refresh_package_lists
	download "linux-image-$kernel_release" "$fresh"
	unpack_kernel "$fresh"
	rm -rf "$kernel_dir"
	mv "$fresh" "$kernel_dir"
}
