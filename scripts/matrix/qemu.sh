# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2030
# A later QEMU than this machine's release has.
# shellcheck source=scripts/matrix/root.sh
. "$(dirname "${BASH_SOURCE[0]}")/root.sh"

# newer_qemu PROGRAM PACKAGE DIRECTORY: PROGRAM is in DIRECTORY then; it is Debian 13's,
# and runs from the build root of that with the libraries there.
newer_qemu() (
	program=$1 package=$2 directory=$3 suite=trixie

	use_root "$suite"
	add_packages "$package"
	libraries=$root/usr/lib/x86_64-linux-gnu
	mkdir -p "$directory"
	cat >"$directory/$program" <<-EOF
		#!/bin/sh
		export QEMU_MODULE_DIR="$libraries/qemu"
		exec "$root/lib64/ld-linux-x86-64.so.2" --library-path "$libraries" \
			"$root/usr/bin/$program" -L "$root/usr/share/qemu" \
			-L "$root/usr/share/seabios" "\$@"
	EOF
	chmod +x "$directory/$program"
	"$directory/$program" --version >/dev/null ||
		die "$program of Debian 13 does not run here: see $directory/$program"
)
