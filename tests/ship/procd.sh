#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# What the service for procd asks for, told by what stands in for procd: the logger
# takes the options, and it is started again.  usage: procd.sh SERVICE LOGGER
# shellcheck disable=SC2317

asked=
procd_open_instance() { asked="$asked open"; }
procd_close_instance() { asked="$asked close"; }
procd_set_param() { asked="$asked $*"; }
mkdir() { [ "$*" = "-p /tmp/shmexec" ]; }
chown() { [ "$*" = "shmexec /tmp/shmexec" ]; }

# shellcheck source=userspace/services/procd/shmexec-logger
. "$1"
start_service || exit 1
echo "$asked"
case $asked in
" open command /usr/sbin/shmexec-logger "*" respawn "*" close") ;;
*) exit 1 ;;
esac
options=${asked#*shmexec-logger }
# shellcheck disable=SC2086
exec "$2" ${options%% respawn*} -V
