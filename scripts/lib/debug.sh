# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034
# Debug kernels, built from Debian's own source by the fragments in tests/debug
# and kept in the cache: by what they are made of, so a new one is never an old.
# shellcheck source=scripts/matrix/suite.sh
. "$(dirname "${BASH_SOURCE[0]}")/../matrix/suite.sh"

fragments=$top/tests/debug

unpack_source() {
	local package=$1 version=$2 fresh

	tree=$cache/debug/$package-$version
	[ ! -d "$tree" ] || return 0
	say "downloading $package $version, about 150 MB (to build debug kernels)"
	fresh=$(mktemp -d "$cache/debug/fresh.XXXXXX")
	suite_download "$fresh" "$package"
	dpkg-deb --fsys-tarfile "$fresh"/*.deb |
		tar -x -O "./usr/src/$package.tar.xz" | xz -d -c -T 2 |
		tar -x -C "$fresh"
	rm -rf "$cache/debug/$package"-*
	mv "$fresh/$package" "$tree"
	rm -rf "$fresh"
}

# What the fragments want, and nothing else; that all of it came true.
configure() {
	local wanted=$1 build=$2 missing

	make -s -C "$tree" O="$build" KCONFIG_ALLCONFIG="$wanted" allnoconfig || return
	missing=$(sed -n 's/^\(CONFIG_.*\)=n$/# \1 is not set/p; t; /^CONFIG_/p' "$wanted" |
		grep -vxF -f "$build/.config" || true)
	[ -z "$missing" ] || die "this kernel cannot have: $missing"
}

# Modules are built from what stays, by the same compiler.
build_kernel() {
	local wanted=$1 dir=$2

	mkdir "$dir/build" &&
		configure "$wanted" "$dir/build" &&
		make -s -C "$tree" O="$dir/build" -j "$(nproc)" bzImage modules &&
		cp "$dir/build/arch/x86/boot/bzImage" "$dir/vmlinuz" &&
		cp "$dir/build/fs/overlayfs/overlay.ko" \
			"$dir/build/fs/binfmt_misc.ko" "$dir/" &&
		find "$dir/build" -path "$dir/build/scripts" -prune -o \
			-path "$dir/build/tools" -prune -o -type f \
			'(' -name '*.[oa]' -o -name 'vmlinux*' -o -name '*.ko' ')' \
			-exec rm -f {} +
}

# debug_kernel NAME: sets vmlinuz, KDIR, and kernel_dir: the guest's modules.
debug_kernel() {
	local name=$1 package=linux-source-6.1 version key fresh

	need "to build debug kernels" make gcc libc6-dev flex bison bc \
		libelf-dev libssl-dev xz-utils
	use_suite bookworm amd64
	version=$(field "$package" Version)
	[ -n "$version" ] || die "apt knows no $package in $suite"
	key=$({
		echo "$version"
		gcc -dumpfullversion
		cat "$fragments/base.config" "$fragments/$name.config"
	} | sha256sum | cut -c 1-12)
	kernel_dir=$cache/debug/$name-$key
	vmlinuz=$kernel_dir/vmlinuz
	KDIR=$kernel_dir/build
	mkdir -p "$cache/debug"
	unpack_source "$package" "$version"
	[ ! -e "$vmlinuz" ] || return 0

	say "building debug kernel $name, about six minutes"
	fresh=$kernel_dir.fresh
	rm -rf "$fresh"
	mkdir "$fresh"
	cat "$fragments/base.config" "$fragments/$name.config" >"$fresh/wanted"
	quietly build_kernel "$fresh/wanted" "$fresh" ||
		die "kernel $name could not be built"
	rm -rf "$cache/debug/$name"-*[0-9a-f]
	mv "$fresh" "$kernel_dir"
}
