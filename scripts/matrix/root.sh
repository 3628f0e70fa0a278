# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034
# Build roots: a small Debian of each suite, for this machine's processor, with
# the compilers of that suite.  Kept in the cache; what is missing is added.
# shellcheck source=scripts/lib/suite.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/suite.sh"
# shellcheck source=scripts/matrix/arch.sh
. "$top/scripts/matrix/arch.sh"

base_of() {
	case $1 in
	*-backports) echo "${1%-backports}" ;;
	experimental) echo sid ;;
	*) echo "$1" ;;
	esac
}

make_root() {
	local fresh=$root.fresh

	need "to make build roots" mmdebstrap
	say "making a build root of $1"
	rm -rf "$fresh"
	quietly mmdebstrap --variant=apt --include=make,libc6-dev,perl-base \
		--aptopt='Acquire::Check-Valid-Until "false"' \
		--dpkgopt=force-unsafe-io --dpkgopt='path-exclude=/usr/share/doc/*' \
		--dpkgopt='path-exclude=/usr/share/man/*' \
		"$1" "$fresh" "$apt_state/sources.list" ||
		die "mmdebstrap could not make a root of $1"
	mv "$fresh" "$root"
}

# With a /proc, as objtool reads it from 7.3 on; it goes with the command.
# shellcheck disable=SC2016
in_root() {
	LC_ALL=C unshare --mount sh -c \
		'mount -t proc proc "$0/proc" && exec chroot "$0" "$@"' "$root" "$@"
}

has_packages() {
	local package

	for package in "$@"; do
		[ "$(dpkg-query --admindir="$root/var/lib/dpkg" -W \
			-f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || return 1
	done
}

# Adds packages of the suite to the root.  No other cell changes it meanwhile.
add_packages() (
	use_suite "$suite" amd64
	exec {lock}>"$root.lock"
	flock "$lock"
	[ -d "$root" ] || make_root "$(base_of "$suite")"
	if ! has_packages "$@"; then
		say "adding $* to the build root of $suite"
		mkdir -p "$root/var/cache/apt/archives/partial"
		quietly suite_apt -o "Dir::State::status=$root/var/lib/dpkg/status" \
			-o "Dir::Cache=$root/var/cache/apt" \
			-o "DPkg::Chroot-Directory=$root" \
			install --no-install-recommends "$@" ||
			die "apt-get could not add $* to $root"
		rm -f "$root"/var/cache/apt/archives/*.deb
	fi
)

# unpack PACKAGE.deb: into the root, over links of a merged /usr.
unpack_into_root() {
	dpkg-deb --fsys-tarfile "$1" |
		tar -x --keep-directory-symlink --no-same-owner -C "$root"
}

# use_root SUITE: sets root, the directory.  Suites with the same base have one
# each: what came from the later one keeps out packages of the earlier.
use_root() {
	root=$cache/root/$1
	mkdir -p "$cache/root"
}
