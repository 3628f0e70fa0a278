#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# What runs the logger, and what takes its events further: services, for real
# where they can be, and rsyslog.
set -euo pipefail
# shellcheck source=scripts/lib/kernel.sh
. "$(dirname "$0")/../lib/kernel.sh"
# shellcheck source=scripts/lib/source.sh
. "$top/scripts/lib/source.sh"
# shellcheck source=scripts/lib/debian.sh
. "$top/scripts/lib/debian.sh"
# shellcheck source=scripts/lib/tap.sh
. "$top/scripts/lib/tap.sh"

bad=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# As make install leaves it on a machine, with the list that depmod makes there.
installed_tar() {
	quietly make -C "$top" KDIR="$KDIR" DESTDIR="$work/dest" STATIC=1 install
	depmod -b "$work/dest" "$kernel_release" 2>/dev/null
	tar -c -f "$work/installed.tar" --owner=0 --group=0 -C "$work/dest" .
}

need "to build and install" make gcc libc6-dev kmod
stock_kernel
debian_root
quietly make -C "$top/tests" payload
installed_tar
"$top/tests/vm/run.sh" -m 1024 -s "$top/tests/vm/systemd" -l "$work" \
	-i "$debian_image" -f "$work/installed.tar" \
	-f "$top/tests/build/guest/payload" -f "$top/tests/kselftest/service.sh" \
	"$top/tests/kselftest/systemd" "$top/tests/kselftest/forward" || bad=1
grep '^# rating' "$work/results" || bad=1

# Two rsyslogd, and the examples for whatever else sends events on.
need "to send events on" rsyslog rsyslog-relp openssl python3 python3-yaml
python3 "$top/tests/ship/rsyslog.py" "$top/examples/rsyslog" || bad=1
python3 "$top/tests/ship/examples.py" "$top" || bad=1
tap "procd: the logger takes what it is given" sh "$top/tests/ship/procd.sh" \
	"$top/userspace/services/procd/shmexec-logger" "$top/userspace/shmexec-logger"
[ "$tap_failed" = 0 ] || bad=1
echo "1..$tap_number"
exit "$bad"
