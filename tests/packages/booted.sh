#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The packages on a system that systemd has booted with both of them, once.  They are in
# /srv/new too.  What this says goes to the second serial port.
set -euo pipefail
# shellcheck source=scripts/lib/tap.sh
. /srv/tap.sh

events=/var/log/shmexec/events.json
unit=shmexec-logger
hits=0

# soon COMMAND...: it is true within a minute.
soon() {
	local end=$((SECONDS + 60))

	until "$@"; do
		[ "$SECONDS" -lt "$end" ] || return
		sleep 0.2
	done
}

runs() {
	soon systemctl --quiet is-active "$unit" || {
		systemctl status --no-pager "$unit"
		return 1
	}
}

# Nothing waits, and nothing has failed.
is_calm() {
	local state

	state=$(systemctl list-jobs --no-legend && systemctl --failed --no-legend) || return
	echo "$state"
	[ -z "$state" ]
}

rests() {
	! systemctl --quiet is-active "$unit" && is_calm
}

is_written() {
	local file

	hits=$((hits + 1))
	file=/dev/shm/hit-$hits
	cp /bin/true "$file" && "$file" && rm "$file" || return
	soon grep -q "\"executable\":\"$file\"" "$events"
}

at_boot() {
	systemctl is-system-running --wait
	grep '^shmexec ' /proc/modules && runs && is_calm
}

remove_logger() {
	dpkg -r "$unit" && rests && [ -c /dev/shmexec ]
}

beside_the_module() {
	dpkg -i "/srv/new/$unit"_*.deb && runs && is_calm
}

# It must not have waited for a device that is not there.
before_the_module() {
	dpkg -r "$unit" && modprobe -r shmexec && dpkg -i "/srv/new/$unit"_*.deb && rests &&
		! journalctl --no-pager -b -u "$unit" | grep 'Dependency failed'
}

with_the_device() {
	modprobe shmexec && runs
}

another_module() {
	systemctl stop "$unit"
	modprobe -r shmexec && modprobe shmexec && runs
}

purge() {
	dpkg -P "$unit" shmexec-dkms && rmmod shmexec || return
	rests && ! getent passwd shmexec && [ ! -e /var/log/shmexec ] && [ ! -e /dev/shmexec ]
}

tap "the module is loaded at boot, and the logger runs" at_boot
tap "what is executed is in its log" is_written
tap "removed, it has stopped" remove_logger
tap "installed where the module is loaded, it runs" beside_the_module
tap "and writes" is_written
tap "installed where the module is not, it rests" before_the_module
tap "it starts with the device" with_the_device
tap "and writes" is_written
tap "another module takes the place of the loaded one, as the README says" another_module
tap "and what comes then is written" is_written
tap "purged while it runs" purge
tap_end
