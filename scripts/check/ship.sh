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
	-f "$top/tests/build/guest/payload" "$top/tests/kselftest/systemd" || bad=1
grep '^# rating' "$work/results" || bad=1
exit "$bad"
