# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034
# Kernels built from Debian's own source by config fragments, and kept in the cache
# by what they are made of, so that a new one is never an old.
# shellcheck source=scripts/lib/suite.sh
. "$(dirname "${BASH_SOURCE[0]}")/suite.sh"

# What builds them, and how make is told of it.
compiler=gcc toolchain=()

# unpack_source PACKAGE: of the suite in use; sets source and kernel_version.
unpack_source() {
	local package=$1 fresh

	need "to unpack a kernel's source" xz-utils
	kernel_version=$(field "$package" Version)
	[ -n "$kernel_version" ] || die "apt knows no '$package' in $suite"
	source=$cache/source/$package-$kernel_version
	[ ! -d "$source" ] || return 0
	say "downloading $package $kernel_version, about 150 MB (to build of it)"
	mkdir -p "$cache/source"
	fresh=$(mktemp -d "$cache/source/fresh.XXXXXX")
	suite_download "$fresh" "$package"
	dpkg-deb --fsys-tarfile "$fresh"/*.deb |
		tar -x -O "./usr/src/$package.tar.xz" | xz -d -c -T 2 |
		tar -x -C "$fresh"
	mv "$fresh/$package" "$source"
	rm -rf "$fresh"
}

make_kernel() {
	make -s -C "$source" "${toolchain[@]}" "$@"
}

# What the fragments want, and nothing else; that all of it came true.
configure() {
	local wanted=$1 build=$2 missing

	make_kernel O="$build" KCONFIG_ALLCONFIG="$wanted" allnoconfig || return
	missing=$(sed -n 's/^\(CONFIG_.*\)=n$/# \1 is not set/p; t; /^CONFIG_/p' "$wanted" |
		grep -vxF -f "$build/.config" || true)
	[ -z "$missing" ] || { say "this kernel cannot have: $missing"; return 1; }
}

# Modules are built from what stays.
build_kernel() {
	local wanted=$1 dir=$2

	mkdir "$dir/build" &&
		configure "$wanted" "$dir/build" &&
		make_kernel O="$dir/build" -j "$(nproc)" bzImage modules &&
		cp "$dir/build/arch/x86/boot/bzImage" "$dir/vmlinuz" &&
		find "$dir/build/fs" -name '*.ko' -exec cp -t "$dir/" {} + &&
		find "$dir/build" -path "$dir/build/scripts" -prune -o \
			-path "$dir/build/tools" -prune -o -type f \
			'(' -name '*.[oa]' -o -name 'vmlinux*' -o -name '*.ko' ')' \
			-exec rm -f {} +
}

# built_kernel NAME PACKAGE FRAGMENT...: of the suite in use.  Sets vmlinuz, KDIR,
# kernel_dir, where the guest's modules are, and kernel_version.
built_kernel() {
	local name=$1 package=$2 key fresh

	shift 2
	need "to build a kernel" make gcc libc6-dev flex bison bc libelf-dev \
		libssl-dev
	unpack_source "$package"
	key=$({ "$compiler" --version; printf %s "${toolchain[*]}"; cat "$@"; } |
		sha256sum | head -c 8)
	kernel_dir=$cache/kernel/$name-$kernel_version-$key
	vmlinuz=$kernel_dir/vmlinuz KDIR=$kernel_dir/build
	[ ! -f "$vmlinuz" ] || return 0

	say "building kernel $name of $package $kernel_version, some minutes"
	mkdir -p "$cache/kernel"
	fresh=$(mktemp -d "$cache/kernel/fresh.XXXXXX")
	cat "$@" >"$fresh/wanted"
	quietly build_kernel "$fresh/wanted" "$fresh" ||
		{ rm -rf "$fresh"; die "kernel $name could not be built of $*"; }
	rm -rf "$kernel_dir"
	mv "$fresh" "$kernel_dir"
}
