# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034
# A root file system of this machine's own Debian release, with systemd and what
# else starts the logger, as an image for the guest: all is below /debian in it.
# shellcheck source=scripts/lib/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

debian_packages=systemd-sysv,udev,kmod,procps,logrotate,openrc,openssl,rsyslog,rsyslog-relp

# Where this machine has its packages from.
# shellcheck disable=SC2016
debian_sources() {
	apt-get indextargets 'Created-By: Packages' 'Origin: Debian' \
		--format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' | sort -u
}

# Sets debian_image.
debian_root() {
	local codename version fresh key

	codename=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
	[ -n "$(apt-cache policy systemd-sysv 2>/dev/null)" ] || refresh_package_lists
	version=$(apt-cache policy systemd-sysv | sed -n 's/^ *Candidate: //p')
	key=$(echo "$debian_packages" | md5sum | head -c 8)
	debian_image=$cache/debian/$codename-$version-$key.cpio
	[ ! -f "$debian_image" ] || return 0

	need "to make a root file system" mmdebstrap debian-archive-keyring cpio
	[ "$(id -u)" = 0 ] || die "a root file system is made by root"
	say "making a root file system of Debian $codename, about 95 MB to download (for the guest to boot)"
	refresh_package_lists
	mkdir -p "$cache/debian"
	fresh=$(mktemp -d "$cache/debian/fresh.XXXXXX")
	debian_sources >"$fresh/sources.list"
	quietly mmdebstrap --mode=root --variant=minbase \
		--keyring=/usr/share/keyrings/debian-archive-keyring.gpg \
		--include="$debian_packages" \
		--dpkgopt=force-unsafe-io \
		"$codename" "$fresh/debian" "$fresh/sources.list" ||
		die "mmdebstrap could not make it"
	rm -rf "$fresh"/debian/{dev,proc,sys,run}/* "$fresh"/debian/var/lib/apt/lists \
		"$fresh"/debian/usr/share/{doc,locale,man}
	(cd "$fresh" && find debian -print0 | cpio --quiet -0 -o -H newc) >"$fresh/image"
	mv "$fresh/image" "$debian_image"
	rm -rf "$fresh"
}
