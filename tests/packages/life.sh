#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The life of the packages, in a root file system that is thrown away: installed,
# a kernel comes later, another that they cannot be built for, upgraded.
# In /srv: old/ and new/, packages of two versions; later/, a kernel's.
# usage: life.sh OLD-VERSION NEW-VERSION
set -euo pipefail
# shellcheck source=scripts/lib/tap.sh
. /srv/tap.sh

old=$1 new=$2
first=$(ls /lib/modules)
later=

# module RELEASE: its file.
module() {
	find "/lib/modules/$1/" -name 'shmexec.ko*'
}

# is_built RELEASE VERSION SIGNER
is_built() {
	modinfo "$(module "$1")"
	[ "$(modinfo -F version "$(module "$1")")" = "$2" ] &&
		[[ "$(modinfo -F vermagic "$(module "$1")")" = "$1 "* ]] &&
		[ "$(modinfo -F signer "$(module "$1")")" = "$3" ]
}

status_of() {
	dpkg-query -W -f '${db:Status-Status}' "$1"
}

another_kernel_comes() {
	dpkg -i /srv/later/*.deb
}

# It is installed whole, and DKMS has tried nothing, or has said why not.
cannot_be_built() {
	local notrace

	notrace=$(/srv/notrace.sh "$first" /srv/notrace.deb) || return
	dpkg -i /srv/notrace.deb || return
	[ "$(status_of "linux-headers-$notrace")" = installed ] &&
		[ -z "$(module "$notrace")" ]
}

new_key() {
	openssl req -new -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=A key of ours" \
		-keyout /root/ours.key -outform DER -out /root/ours.der || return
	printf '%s\n' mok_signing_key=/root/ours.key mok_certificate=/root/ours.der \
		>/etc/dkms/framework.conf.d/ours.conf
	# Not only for the newest and the one that runs, which is none of them.
	echo autoinstall_all_kernels=yes >>/etc/dkms/framework.conf
}

upgrade() {
	mkdir -p /etc/dkms/framework.conf.d
	new_key || return
	dpkg -i /srv/new/*.deb || return
	[ ! -e "/usr/src/shmexec-$old" ] && [ ! -e "/var/lib/dkms/shmexec/$old" ]
}

tap "install" dpkg -i /srv/old/*.deb
tap "the module is there, and signed by DKMS" is_built "$first" "$old" "DKMS module signing key"
tap "another kernel comes" another_kernel_comes
later=$(basename /lib/modules/*-cloud-amd64)
tap "DKMS has built for it" is_built "$later" "$old" "DKMS module signing key"
tap "a kernel without tracepoints is installed nevertheless" cannot_be_built
tap "upgrade" upgrade
tap "the new module is there, and signed by a key of ours" is_built "$first" "$new" "A key of ours"
tap "for the other kernel too" is_built "$later" "$new" "A key of ours"
tap_end
