#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# As cell.sh, for the cell of a board: a kernel of few options, built from the
# suite's own source, a processor, 64 MiB of memory and less, and musl for all that
# runs there.
# usage: scripts/matrix/embedded.sh CELL LOGS
set -euo pipefail
# shellcheck source=scripts/matrix/suite.sh
. "$(dirname "$0")/suite.sh"
# shellcheck source=scripts/matrix/build.sh
. "$(dirname "$0")/build.sh"
# shellcheck source=scripts/lib/guest.sh
. "$top/scripts/lib/guest.sh"
# shellcheck source=scripts/lib/tap.sh
. "$top/scripts/lib/tap.sh"

cell=$1 logs=$(realpath -m "$2")
config=$top/scripts/matrix/embedded.config
musl="musl-gcc -idirafter /usr/include -idirafter /usr/include/$(gcc -print-multiarch)"

unpack_source() {
	local fresh

	[ ! -d "$source" ] || return 0
	say "downloading $package $version, about 140 MB (to build a kernel)"
	fresh=$(mktemp -d "$cache/source/fresh.XXXXXX")
	suite_download "$fresh" "$package"
	dpkg-deb --fsys-tarfile "$fresh"/*.deb |
		tar -x -O "./usr/src/$package.tar.xz" |
		tar -x -J -C "$fresh"
	mv "$fresh/$package" "$source"
	rm -rf "$fresh"
}

# What the file says, and that all of it came true.
configure() {
	local missing

	make -s -C "$source" O="$1" KCONFIG_ALLCONFIG="$config" allnoconfig
	missing=$(sed -n 's/^\(CONFIG_.*\)=n$/# \1 is not set/p; t; /^CONFIG_/p' "$config" |
		grep -vxF -f "$1/.config" || true)
	[ -z "$missing" ] || die "this kernel cannot have: $missing"
}

# Sets KDIR, vmlinuz and kernel_dir, where the guest's modules are.
embedded_kernel() {
	local key fresh

	package=$(field linux-source Depends | grep -oE 'linux-source-[0-9.]+')
	version=$(field "$package" Version)
	[ -n "$version" ] || die "$suite has no $package"
	key=$({ gcc --version; cat "$config"; } | sha256sum | head -c 8)
	source=$cache/source/$package-$version
	kernel_dir=$cache/kernel/embedded-$version-$key
	KDIR=$kernel_dir/build vmlinuz=$kernel_dir/build/arch/x86/boot/bzImage
	[ ! -d "$kernel_dir" ] || return 0

	mkdir -p "$cache/source" "$cache/kernel"
	unpack_source
	say "building a kernel of $package $version for a board"
	fresh=$(mktemp -d "$cache/kernel/fresh.XXXXXX")
	mkdir "$fresh/build"
	configure "$fresh/build"
	quietly make -s -C "$source" O="$fresh/build" -j "$(nproc)" bzImage modules ||
		die "the kernel could not be built: $config"
	cp "$fresh"/build/fs/overlayfs/overlay.ko "$fresh"/build/fs/binfmt_misc.ko "$fresh"
	mv "$fresh" "$kernel_dir"
}

make_tree() {
	make -C "$tree" "$@"
}

rm -rf "$logs"
mkdir -p "$logs"
read -r _ suite architecture _ <<<"$(grep -E "^${cell}[[:space:]]" "$top/scripts/matrix/cells")"
need "to build a kernel" make gcc libc6-dev flex bison bc libelf-dev xz-utils musl-tools
kernel_source
use_suite "$suite" "$architecture"
embedded_kernel
printf '%s\n' "kernel='$(make -s -C "$KDIR" kernelrelease) ($version)'" \
	"compiler='gcc-$(gcc -dumpversion), musl'" >"$logs/facts"
tree=$logs/tree
copy_tree
tap "module: no warning with W=1" module_without_warnings KDIR="$KDIR"
tap "logger and tests: no warning" build_programs "$musl" "$KSELFTEST" CFLAGS='-Os -s'
[ "$tap_failed" = 0 ] || tap_end
echo "1..$tap_number"
module=$tree/shmexec.ko guest=$tree/tests/build/guest logger=$tree/userspace/shmexec-logger
touch "$logs/lacking"
# shellcheck disable=SC2034
ecs_options=(--lacking)
bad=0
guest_tests "$logs" -c 1 -m 64 -f "$logs/lacking" || bad=1
# 32 MiB have no room for 2 MiB of arguments, trees deeper than a path, storms; nor
# for what many programs leave behind in one boot.
mkdir "$logs/small"
small=("$logs/small" usual -c 1 -m 32 -f "$logs/lacking")
boot_tests "${small[@]}" "$guest/device" "$guest/names" "$guest/mounts" \
	"$guest/excludes" || bad=1
boot_tests "${small[@]}" "$guest/record" "$top/tests/kselftest/logger" \
	"$guest/lock" || bad=1
exit "$bad"
