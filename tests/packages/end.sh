#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The end of the packages, where they are installed: removed, and purged.
set -euo pipefail
# shellcheck source=scripts/lib/tap.sh
. /srv/tap.sh

# What the logger writes is there as long as the package is.
remove() {
	install -D /dev/null /var/log/shmexec/events.json
	install -D /dev/null /var/lib/shmexec/cursor
	dpkg -r shmexec-logger shmexec-dkms || return
	[ -e /var/log/shmexec/events.json ] &&
		[ -z "$(find /lib/modules /usr/src /var/lib/dkms -name '*shmexec*')" ] &&
		[ ! -e /usr/sbin/shmexec-logger ]
}

# Logs, and the passwd of before, are allowed to know.
purge() {
	local left

	dpkg -P shmexec-logger shmexec-dkms || return
	left=$(find / -xdev \( -path /proc -o -path /srv -o -path /tmp \) -prune -o -name '*shmexec*' -print
		grep -rl shmexec /etc /usr/lib /var/lib --exclude='*-' --exclude='*-old')
	echo "left: $left"
	[ -z "$left" ]
}

tap "remove leaves nothing but what was logged" remove
tap "purge leaves nothing" purge
tap_end
