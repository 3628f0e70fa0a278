#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Builds the Debian packages into a directory.
# usage: scripts/deb.sh DIRECTORY [ARCHITECTURE]
# With an architecture that is not this machine's the logger alone, cross-built:
# shmexec-dkms is the same for all.
set -euo pipefail
# shellcheck source=scripts/lib/common.sh
. "$(dirname "$0")/lib/common.sh"

[[ $# = [12] ]] || die "usage: $0 DIRECTORY [ARCHITECTURE]"
mkdir -p "$1"
out=$(cd "$1" && pwd)
native=$(dpkg --print-architecture)
arch=${2:-$native}
version=$(tree_version)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# git has the date.
changelog() {
	local when

	when=${SOURCE_DATE_EPOCH:-$(git -C "$top" log -1 --format=%ct 2>/dev/null || date +%s)}
	cat <<-EOF
		shmexec ($version) unstable; urgency=medium

		  * Version $version.

		 -- $(sed -n 's/^Maintainer: //p' "$1/control")  $(date -R -u -d "@$when")
	EOF
}

# What git has, and nothing that was built; of a tree without git all of it.
copy_tree() {
	if git -C "$top" rev-parse --git-dir >/dev/null 2>&1; then
		tracked_tree "$work/shmexec"
	else
		mkdir "$work/shmexec"
		cp -a "$top/." "$work/shmexec"
		make -C "$work/shmexec/userspace" clean
	fi
	mv "$work/shmexec/packaging/debian" "$work/shmexec/debian"
	changelog "$work/shmexec/debian" >"$work/shmexec/debian/changelog"
}

if [ "$arch" = "$native" ]; then
	need "to build packages" dpkg-dev debhelper dh-dkms make gcc libc6-dev
	options=(-b)
else
	need "to build packages for $arch" dpkg-dev debhelper make "crossbuild-essential-$arch"
	options=(-B -a "$arch")
fi
export DEB_BUILD_OPTIONS=${DEB_BUILD_OPTIONS-noautodbgsym}
copy_tree
(cd "$work/shmexec" && quietly dpkg-buildpackage -us -uc "${options[@]}")
cp "$work"/*.deb "$work"/*.changes "$work"/*.buildinfo "$out/"
for deb in "$work"/*.deb; do
	echo "$out/${deb##*/}"
done
