# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034
# What the checks take from the kernel's own source: kselftest and checkpatch.
# shellcheck source=scripts/lib/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

source_members=(
	tools/testing/selftests/kselftest.h
	tools/testing/selftests/kselftest_harness.h
	scripts/checkpatch.pl
	scripts/spelling.txt
	scripts/const_structs.checkpatch
)

# Sets KSELFTEST and checkpatch.
kernel_source() {
	local package fresh name dir

	need "to unpack the kernel's source" xz-utils
	[ -n "$(apt-cache policy linux-source 2>/dev/null)" ] ||
		refresh_package_lists
	package=$(apt-cache depends --important linux-source |
		sed -n 's/^ *Depends: \(linux-source-[0-9].*\)/\1/p' | head -n 1)
	[ -n "$package" ] || die "apt knows no linux-source"
	dir=$cache/source/$package
	KSELFTEST=$dir/tools/testing/selftests
	checkpatch=$dir/scripts/checkpatch.pl
	[ ! -d "$dir" ] || return 0

	say "downloading $package, about 140 MB (for kselftest_harness.h and checkpatch.pl)"
	mkdir -p "$cache/source"
	fresh=$(mktemp -d "$cache/source/fresh.XXXXXX")
	refresh_package_lists
	download "$package" "$fresh"
	for name in "${source_members[@]}"; do
		printf '%s\n' "$package/$name"
	done >"$fresh/members"
	dpkg-deb --fsys-tarfile "$fresh"/*.deb |
		tar -x -O "./usr/src/$package.tar.xz" |
		tar -x -J -C "$fresh" -T "$fresh/members"
	mv "$fresh/$package" "$dir"
	rm -rf "$fresh"
}
