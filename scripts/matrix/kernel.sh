# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034
# The kernel of a cell: what boots of it, and its headers in a build root.
# shellcheck source=scripts/matrix/root.sh
. "$(dirname "${BASH_SOURCE[0]}")/root.sh"

# Sets what follows from headers, a package: kernel_release, kernel_version,
# compiler, and the packages that it needs.
read_headers() {
	local depends

	kernel_release=${headers#linux-headers-}
	kernel_version=$(field "$headers" Version)
	depends=$(field "$headers" Depends)
	compiler=$(grep -oE 'gcc-[0-9]+' <<<"$depends" | head -n 1)
	kbuild=$(grep -oE 'linux-kbuild-[^ ,]*' <<<"$depends")
	common=$(grep -oE 'linux-headers-[^ ,]*-common(-rt)?' <<<"$depends")
	kernel_dir=$cache/kernel/$architecture-$kernel_release-$kernel_version
}

# resolve_headers FLAVOUR: sets headers, the package that this one stands for
# today, and what follows from it.
resolve_headers() {
	headers=$(field "linux-headers-$1" Depends | grep -oE 'linux-headers-[0-9][^ ,]*' | head -n 1)
	[ -n "$headers" ] ||
		die "$suite has no linux-headers-$1 for $architecture"
	read_headers
}

# resolve_before FLAVOUR: of the kernel that comes right before that one.
resolve_before() {
	local newer=$headers

	headers=$(suite_cache pkgnames linux-headers- |
		grep -E "^linux-headers-[0-9][^-]*(-[0-9]+)?-$1\$" | sort -V |
		grep -xF -B 1 "$newer" | head -n 1)
	[ "$headers" != "$newer" ] ||
		die "the mirror has no linux-headers-$1 of $suite for $architecture with its kernel"
	read_headers
}

# A kernel is in one package, or in several.
image_packages() {
	local kind

	for kind in image binary modules base; do
		[ -z "$(field "linux-$kind-$kernel_release" Version)" ] ||
			echo "linux-$kind-$kernel_release"
	done
}

# Modules that a guest may need: the tests', and those of its ports.
module_files='./(usr/)?lib/modules/[^/]*/(vmlinu[xz]|modules\..*|kernel/(fs/overlayfs|fs/binfmt_misc|drivers/virtio|drivers/char/virtio_console|drivers/s390/virtio).*[^/])'

unpack_image() {
	local deb list=$1/list

	for deb in "$1"/*.deb; do
		dpkg-deb --fsys-tarfile "$deb" >"$1/tar"
		tar -t -f "$1/tar" |
			grep -E "^(\./boot/vmlinu[xz]-.*|$module_files)\$" >"$list" || true
		[ ! -s "$list" ] || tar -x -f "$1/tar" -C "$1" -T "$list"
	done
	[ ! -d "$1/usr" ] || mv "$1/usr/lib" "$1/lib"
	mv "$1"/boot/vmlinu?-* "$1/vmlinuz" 2>/dev/null ||
		mv "$1"/lib/modules/*/vmlinu? "$1/vmlinuz"
	rm -f "$1"/*.deb "$1/tar" "$list"
	depmod -b "$1" "$kernel_release"
}

# fetch_image FLAVOUR: sets vmlinuz.  A mirror may lack what its list names: then the
# kernel is the one before.
fetch_image() {
	local fresh packages

	vmlinuz=$kernel_dir/vmlinuz
	[ ! -f "$vmlinuz" ] || return 0
	need "to read modules" kmod xz-utils zstd
	mapfile -t packages < <(image_packages)
	say "downloading ${packages[*]} $kernel_version for $architecture"
	mkdir -p "$cache/kernel"
	fresh=$(mktemp -d "$cache/kernel/fresh.XXXXXX")
	if ! (suite_download "$fresh" "${packages[@]}"); then
		rm -rf "$fresh"
		resolve_before "$1"
		fetch_image "$1"
		return
	fi
	unpack_image "$fresh"
	rm -rf "$kernel_dir"
	mv "$fresh" "$kernel_dir"
}

# module_and_needs NAME DIRECTORY: what is to be loaded for it, in order and
# uncompressed; prints nothing for what is built in.
modules_for() {
	local file plain

	modprobe -d "$kernel_dir" -S "$kernel_release" --show-depends "$1" |
		sed -n 's/^insmod \([^ ]*\).*/\1/p' |
		while read -r file; do
			plain=$2/$(basename "${file%.xz}")
			case $file in
			*.xz) xz -dc "$file" >"$plain" ;;
			*) cp "$file" "$plain" ;;
			esac
			echo "$plain"
		done
}

# Into the build root of the suite, with the compiler that built the kernel.
# Sets cross, the prefix of the compiler's name.
install_headers() {
	# With W=1, 6.12 reads comments by a script of perl.
	local packages=("$compiler" "$kbuild" perl) fresh deb
	local stamp=$root/usr/src/unpacked-$architecture-$kernel_release-$kernel_version

	cross=
	if [ "$architecture" != amd64 ]; then
		use_architecture "$architecture"
		cross=$triplet-
		packages=("$compiler-$triplet" "libc6-dev-$architecture-cross" "${packages[@]}")
	fi
	add_packages "${packages[@]}"
	[ ! -e "$stamp" ] || return 0
	fresh=$(mktemp -d)
	suite_download "$fresh" "$headers" "$common"
	for deb in "$fresh"/*.deb; do
		unpack_into_root "$deb"
	done
	rm -rf "$fresh"
	touch "$stamp"
}
