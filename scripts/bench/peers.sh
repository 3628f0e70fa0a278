# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034
# Other watchers, from this machine's own Debian release, as an image for the
# guest: the programs, what libraries they need, and how they are set up.
# shellcheck source=scripts/lib/debian.sh
. "$top/scripts/lib/debian.sh"

peer_programs=(sbin/auditd sbin/auditctl usr/bin/bpftrace)

# take_program ROOT TO PROGRAM: with all that the loader would map.
take_program() {
	local path

	(cd "$1" && cp -L --parents "$3" lib64/ld-linux-x86-64.so.2 "$2/")
	chroot "$1" /lib64/ld-linux-x86-64.so.2 --list "/$3" |
		sed -n 's|.* => /\([^ ]*\) .*|\1|p' | sort -u |
		while read -r path; do
			(cd "$1" && cp -L --parents "$path" "$2/")
		done
}

# Sets peers_image.
peers_root() {
	local codename versions fresh program

	codename=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
	[ -n "$(apt-cache policy bpftrace 2>/dev/null)" ] || refresh_package_lists
	versions=$(apt-cache policy auditd bpftrace | sed -n 's/^ *Candidate: //p')
	peers_image=$cache/peers/$codename-$(cksum <<<"$versions" | cut -d ' ' -f 1).cpio
	[ ! -f "$peers_image" ] || return 0

	need "to measure other watchers" mmdebstrap debian-archive-keyring cpio
	[ "$(id -u)" = 0 ] || die "their files are unpacked by root"
	say "unpacking auditd and bpftrace, about 80 MB to download (to measure them too)"
	refresh_package_lists
	mkdir -p "$cache/peers"
	fresh=$(mktemp -d "$cache/peers/fresh.XXXXXX")
	debian_sources >"$fresh/sources.list"
	quietly mmdebstrap --mode=root --variant=extract --include=auditd,bpftrace \
		--keyring=/usr/share/keyrings/debian-archive-keyring.gpg \
		"$codename" "$fresh/root" "$fresh/sources.list" ||
		die "mmdebstrap could not make it"
	mkdir -p "$fresh/image/peers"
	for program in "${peer_programs[@]}"; do
		take_program "$fresh/root" "$fresh/image/peers" "$program"
	done
	mkdir -p "$fresh/image/peers/etc"
	cp -r "$fresh/root/etc/audit" "$fresh/image/peers/etc/"
	(cd "$fresh/image" && find . -print0 | cpio --quiet -0 -o -H newc) >"$fresh/cpio"
	mv "$fresh/cpio" "$peers_image"
	rm -rf "$fresh"
}
