# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Debian root file systems to try packages in, made by mmdebstrap, kept as
# archives in the cache, and run by chroot without a network.
# shellcheck source=scripts/lib/suite.sh
. "$(dirname "${BASH_SOURCE[0]}")/suite.sh"

# A kernel's headers and DKMS are in it, and a second kernel is in /srv/later.
root_packages=dkms,openssl,passwd,systemd,initramfs-tools,linux-headers-amd64
root_later="linux-image-cloud-amd64 linux-headers-cloud-amd64"

# root_image SUITE: prints its archive, made now if need be.
root_image() {
	local image fresh

	image=$cache/rootfs/$1-$(cksum <<<"$root_packages $root_later" | cut -d ' ' -f 1).tar.zst
	echo "$image"
	[ ! -f "$image" ] || return 0

	need "to make a root file system" mmdebstrap zstd
	use_suite "$1" amd64
	say "making a root file system of Debian $1 (to try the packages in)"
	mkdir -p "$cache/rootfs"
	fresh=$(mktemp -u "$cache/rootfs/fresh.XXXXXX.tar.zst")
	# shellcheck disable=SC2016
	quietly mmdebstrap --mode=root --variant=apt --include="$root_packages" \
		--aptopt='APT::Install-Recommends "false"' \
		--customize-hook='mkdir -p "$1/srv/later/partial"' \
		--customize-hook='chroot "$1" apt-get -q -y --download-only \
			-o Dir::Cache::Archives=/srv/later install '"$root_later" \
		"$1" "$fresh" "$apt_state/sources.list" || die "mmdebstrap could not make it"
	mv "$fresh" "$image"
}

# enter DIRECTORY COMMAND...
enter() {
	local dir=$1

	shift
	unshare --mount --pid --net --fork --kill-child --mount-proc="$dir/proc" \
		chroot "$dir" env -i PATH="$PATH" LC_ALL=C.UTF-8 \
		DEBIAN_FRONTEND=noninteractive INITRD=No "$@"
}
