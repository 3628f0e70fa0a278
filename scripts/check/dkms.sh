#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Installing: DKMS adds, builds, installs and removes this tree, and so do make
# install and uninstall, all below directories of their own.
set -euo pipefail
# shellcheck source=scripts/lib/kernel.sh
. "$(dirname "$0")/../lib/kernel.sh"
# shellcheck source=scripts/lib/tap.sh
. "$top/scripts/lib/tap.sh"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

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

make_here() {
	make -C "$work/src" KDIR="$KDIR" DESTDIR="$work/dest" PREFIX=/usr "$@"
}

files_installed() {
	(cd "$work/dest" && find . -type f -path '*shmexec*' | sort)
}

make_installs() {
	make_here install
	[ "$(files_installed)" = "./etc/logrotate.d/shmexec
./lib/modules/$kernel_release/updates/shmexec.ko
./usr/lib/modules-load.d/shmexec.conf
./usr/lib/systemd/system/shmexec-logger.service
./usr/lib/sysusers.d/shmexec.conf
./usr/lib/udev/rules.d/60-shmexec.rules
./usr/sbin/shmexec-logger
./usr/share/man/man4/shmexec.4
./usr/share/man/man8/shmexec-logger.8
$(cd "$top/examples" && find . -type f | sed 's|^\.|./usr/share/shmexec/examples|' | sort)
./usr/share/shmexec/openrc/shmexec-logger
./usr/share/shmexec/procd/shmexec-logger
./usr/share/shmexec/run
./usr/share/shmexec/shmexec-2023-08.conf
./usr/share/shmexec/shmexec-2026-01.conf
./usr/share/shmexec/shmexec-containers.conf
./usr/share/shmexec/systemd/parent.conf" ] &&
		grep -q '^ExecStart=/usr/sbin/shmexec-logger ' \
			"$work/dest/usr/lib/systemd/system/shmexec-logger.service" &&
		! grep -r '@PREFIX@' "$work/dest/usr/share/shmexec"
}

make_uninstalls() {
	make_here uninstall && [ -z "$(files_installed)" ]
}

# What kmod makes of a preset: as many options as there are lines of them.
modprobe_takes() {
	[ "$(modprobe -C "$1" --showconfig | grep -c '^options shmexec [a-z_]*=')" = \
		"$(grep -c '^options' "$1")" ]
}

need "to try DKMS" dkms kmod git
stock_kernel
# As users have it.
tracked_tree "$work/src"
version=$(tree_version)
tap "dkms add" add
tap "dkms build" dkms_here build "shmexec/$version" -k "$kernel_release"
tap "dkms install" dkms_here install "shmexec/$version" -k "$kernel_release"
tap "the module is there, of this version and for this kernel" is_installed
tap "dkms remove leaves nothing" leaves_nothing
for preset in "$top"/presets/*.conf; do
	tap "modprobe takes ${preset##*/}" modprobe_takes "$preset"
done
tap "make install" make_installs
tap "make uninstall leaves nothing" make_uninstalls
tap_end
