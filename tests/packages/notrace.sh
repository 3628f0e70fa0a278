#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Makes a package of headers like Debian's own, of a kernel that shmexec cannot be
# built for: without CONFIG_TRACEPOINTS.  Prints its kernel release.
# usage: notrace.sh RELEASE DEB, of headers that are installed
set -euo pipefail

release=${1%-*}-notrace
real=linux-headers-$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
headers=$work/usr/src/linux-headers-$release

mkdir -p "$work"/{DEBIAN,usr/src,lib/modules/"$release"}
cp -a "/usr/src/$real" "$headers"
sed -i /CONFIG_TRACEPOINTS/d "$headers"/{.config,include/config/auto.conf,include/generated/autoconf.h}
ln -s "/usr/src/linux-headers-$release" "$work/lib/modules/$release/build"
sed "s/$1/$release/g" "/var/lib/dpkg/info/$real.postinst" >"$work/DEBIAN/postinst"
chmod 755 "$work/DEBIAN/postinst"
cat >"$work/DEBIAN/control" <<-EOF
	Package: linux-headers-$release
	Version: 1
	Architecture: all
	Maintainer: nobody <root@localhost>
	Description: headers of a kernel without tracepoints
EOF
dpkg-deb -Znone -b "$work" "$2" >/dev/null
echo "$release"
