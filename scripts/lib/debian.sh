# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034
# A root file system with systemd and what else starts the logger: all is below
# /debian in its image.
# shellcheck source=scripts/lib/image.sh
. "$(dirname "${BASH_SOURCE[0]}")/image.sh"

debian_packages=systemd-sysv,udev,kmod,procps,logrotate,openrc,openssl,rsyslog,rsyslog-relp

make_debian() {
	local root=$1/image/debian

	bootstrap minbase "$debian_packages" "$root" --dpkgopt=force-unsafe-io
	rm "$root.list"
	(cd "$root" && rm -rf {dev,proc,sys,run}/* var/lib/apt/lists usr/share/{doc,locale,man})
}

# Sets debian_image.
debian_root() {
	made_image debian "$debian_packages" make_debian
	debian_image=$image
}
