#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# What the builders of firmware take of packaging/, built as each of them would
# for a kernel tree and a cross compiler.
# usage: firmware.sh ARCH TRIPLET KDIR [buildroot] [yocto] [openwrt]
set -euo pipefail
# shellcheck source=scripts/lib/common.sh
. "$(dirname "$0")/../../scripts/lib/common.sh"
# shellcheck source=scripts/lib/tap.sh
. "$top/scripts/lib/tap.sh"

arch=$1 triplet=$2 kdir=$3
cross=$triplet-
release=$(sed -n 's/^#define UTS_RELEASE "\(.*\)"/\1/p' "$kdir/include/generated/utsrelease.h")
here=$top/tests/packages
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tree=$work/tree

machine() {
	"${cross}readelf" -h "$1" | sed -n 's/ *Machine: *//p'
}

# are_installed DIRECTORY: a module for that kernel, and a logger that runs there.
are_installed() {
	local module

	module=$(find "$1" -name shmexec.ko)
	modinfo "$module"
	[[ "$(modinfo -F vermagic "$module")" = "$release "* ]] &&
		[ "$(machine "$module")" = "$(machine "$work/sample")" ] &&
		[ "$(machine "$1/usr/sbin/shmexec-logger")" = "$(machine "$work/sample")" ]
}

# With a kernel that is built our option can be chosen.  The kernel's own conf has
# other variables than Buildroot's.
config_is_read() {
	local tree=$tree/packaging/buildroot

	printf 'config BR2_LINUX_KERNEL\n\tdef_bool y\n' >"$work/Config.in"
	# shellcheck disable=SC2016
	sed 's/\$\([A-Z0-9_]*\)/$(\1)/' "$tree/Config.in" >>"$work/Config.in"
	# It leaves files where it runs.
	(cd "$work" && BR2_EXTERNAL_SHMEXEC_PATH=$tree KCONFIG_CONFIG=$work/config \
		"$kdir/scripts/kconfig/conf" --allyesconfig "$work/Config.in") &&
		grep -q BR2_PACKAGE_SHMEXEC=y "$work/config"
}

buildroot() {
	config_is_read || return
	make -f "$here/buildroot.mk" BR2_EXTERNAL_SHMEXEC_PATH="$tree/packaging/buildroot" \
		BUILD="$work/buildroot" LINUX_DIR="$kdir" ARCH="$arch" CROSS="$cross" CC="${cross}gcc" &&
		grep -q CONFIG_ENABLE_DEFAULT_TRACERS=y "$work/buildroot/fixups" &&
		are_installed "$work/buildroot/target"
}

# recipe NAME VALUE...
recipe() {
	python3 "$here/yocto.py" "$tree/packaging/yocto/recipes-kernel/shmexec/$1.bb" \
		"$work/yocto/$1" libdir=/usr/lib prefix=/usr datadir=/usr/share \
		nonarch_libdir=/usr/lib systemd_system_unitdir=/usr/lib/systemd/system "${@:2}"
}

# kernel.bbclass has the cross compiler in KERNEL_CC, and ARCH in the environment.
yocto() {
	recipe shmexec STAGING_KERNEL_DIR="$kdir" STAGING_KERNEL_BUILDDIR="$kdir" \
		KERNEL_VERSION="$release" KERNEL_CC="${cross}gcc" KERNEL_LD="${cross}ld" \
		KERNEL_AR="${cross}ar" KERNEL_OBJCOPY="${cross}objcopy" \
		KERNEL_STRIP="${cross}strip" \
		EXPORTED="ARCH CROSS_COMPILE" ARCH="$arch" CROSS_COMPILE="$cross" &&
		recipe shmexec-logger EXPORTED="CC CFLAGS" CC="${cross}gcc" CFLAGS=-O2 || return
	cp -R "$work"/yocto/*/image "$work/yocto"
	are_installed "$work/yocto/image"
}

openwrt() {
	make -C "$tree/packaging/openwrt/shmexec" TOPDIR="$here/openwrt" \
		BUILD="$work/openwrt" LINUX_DIR="$kdir" ARCH="$arch" CROSS="$cross" CC="${cross}gcc" &&
		are_installed "$work/openwrt/target"
}

tracked_tree "$tree"
"${cross}gcc" -c -x c -o "$work/sample" - <<<'int x;'
for builder in "${@:4}"; do
	tap "$builder builds for $release" "$builder"
done
tap_end
