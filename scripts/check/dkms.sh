#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# DKMS adds, builds, installs and removes this tree, in a tree of its own.
set -euo pipefail
# shellcheck source=scripts/lib/kernel.sh
. "$(dirname "$0")/../lib/kernel.sh"
# shellcheck source=scripts/lib/tap.sh
. "$top/scripts/lib/tap.sh"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# As users have it: what git has, and nothing that was built.
copy_tree() {
	mkdir "$work/src"
	(cd "$top" && git ls-files -z | xargs -0 cp --parents -t "$work/src")
}

dkms_here() {
	local verb=$1

	shift
	dkms "$verb" --dkmstree "$work/dkms" --sourcetree "$work/usr-src" \
		--installtree "$work/modules" "$@"
}

add() {
	mkdir -p "$work"/{dkms,usr-src,modules/"$kernel_release"}
	# Newer DKMS looks for the headers below the tree that it installs to.
	ln -s "$(realpath "$KDIR")" "$work/modules/$kernel_release/build"
	dkms_here add "$work/src"
}

installed_module() {
	find "$work/modules/$kernel_release/" -name 'shmexec.ko*'
}

is_installed() {
	[ "$(modinfo -F version "$(installed_module)")" = "$version" ] &&
		modinfo -F vermagic "$(installed_module)" |
		grep -q "^$kernel_release "
}

leaves_nothing() {
	dkms_here remove "shmexec/$version" --all &&
		[ -z "$(installed_module)" ] && [ ! -e "$work/dkms/shmexec" ]
}

need "to try DKMS" dkms kmod git
stock_kernel
copy_tree
version=$(sed -n 's/^PACKAGE_VERSION="\(.*\)"$/\1/p' "$top/dkms.conf")
tap "dkms add" add
tap "dkms build" dkms_here build "shmexec/$version" -k "$kernel_release"
tap "dkms install" dkms_here install "shmexec/$version" -k "$kernel_release"
tap "the module is there, of this version and for this kernel" is_installed
tap "dkms remove leaves nothing" leaves_nothing
tap_end
