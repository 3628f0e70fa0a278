# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034
# Other watchers: the programs, what libraries they need, and how they are set up,
# below /peers in an image.
# shellcheck source=scripts/lib/image.sh
. "$top/scripts/lib/image.sh"

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

make_peers() {
	local to=$1/image/peers program

	bootstrap extract auditd,bpftrace "$1/root"
	mkdir -p "$to/etc"
	for program in "${peer_programs[@]}"; do
		take_program "$1/root" "$to" "$program"
	done
	cp -r "$1/root/etc/audit" "$to/etc/"
}

# Sets peers_image.
peers_root() {
	made_image peers auditd,bpftrace make_peers
	peers_image=$image
}
