# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034
# Images for the guest, made of packages of this machine's own Debian release.
# shellcheck source=scripts/lib/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

# Where this machine has its packages from.
# shellcheck disable=SC2016
debian_sources() {
	apt-get indextargets 'Created-By: Packages' 'Origin: Debian' \
		--format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' | sort -u
}

# bootstrap VARIANT PACKAGE,... ROOT [OPTION]...: by mmdebstrap.
bootstrap() {
	local variant=$1 packages=$2 root=$3

	shift 3
	debian_sources >"$root.list"
	quietly mmdebstrap --mode=root --variant="$variant" --include="$packages" \
		--keyring=/usr/share/keyrings/debian-archive-keyring.gpg \
		"$@" "$codename" "$root" "$root.list" ||
		die "mmdebstrap could not make a root file system of $packages"
}

# made_image NAME PACKAGE,... MAKE: an image of what MAKE DIRECTORY leaves in
# DIRECTORY/image, made anew where MAKE or one of the packages is.  Sets image.
made_image() {
	local name=$1 packages=${2//,/ } make=$3 fresh key

	codename=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
	# shellcheck disable=SC2086
	[ -n "$(apt-cache policy ${packages%% *} 2>/dev/null)" ] || refresh_package_lists
	# shellcheck disable=SC2086
	key=$({ apt-cache policy $packages | grep -E '^[^ ]|^ *Candidate'
		declare -f "$make"; } | md5sum | head -c 8)
	image=$cache/image/$name-$codename-$key.cpio
	[ ! -f "$image" ] || return 0

	need "to make a root file system" mmdebstrap debian-archive-keyring cpio
	[ "$(id -u)" = 0 ] || die "a root file system is made by root"
	say "making an image of $2, about 100 MB to download (for the guest)"
	refresh_package_lists
	mkdir -p "$cache/image"
	fresh=$(mktemp -d "$cache/image/fresh.XXXXXX")
	mkdir "$fresh/image"
	"$make" "$fresh"
	(cd "$fresh/image" && find . -print0 | cpio --quiet -0 -o -H newc) >"$fresh/cpio"
	mv "$fresh/cpio" "$image"
	rm -rf "$fresh"
}
