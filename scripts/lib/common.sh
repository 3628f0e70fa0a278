# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034
# What every script needs: where things are, how to speak, how to install.

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

# Downloads and what is unpacked from them: outside the tree, kept between runs.
if [ -n "${SHMEXEC_CACHE:-}" ]; then
	cache=$SHMEXEC_CACHE
elif [ "$(id -u)" = 0 ]; then
	cache=/var/cache/shmexec
else
	cache=${XDG_CACHE_HOME:-$HOME/.cache}/shmexec
fi

say() {
	printf '%s\n' "$*" >&2
}

die() {
	say "error: $*"
	exit 1
}

# Runs a command; its output is shown only if it fails.
quietly() {
	local log status=0

	log=$(mktemp)
	"$@" >"$log" 2>&1 </dev/null || status=$?
	if [ "$status" != 0 ]; then
		tail -n 40 "$log" >&2
		say "'$*' failed (exit $status)"
	fi
	rm -f "$log"
	return "$status"
}

# One after the other: for some of its locks apt-get does not wait.
apt_quietly() (
	mkdir -p "$cache"
	exec {lock}>"$cache/apt.lock"
	flock "$lock"
	DEBIAN_FRONTEND=noninteractive quietly apt-get -q -y \
		-o DPkg::Lock::Timeout=300 -o APT::Sandbox::User=root "$@"
)

installed() {
	[ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# Once a run, and only if something must be downloaded.
refresh_package_lists() {
	[ -z "${package_lists_fresh:-}" ] || return 0
	[ "$(id -u)" = 0 ] || return 0
	apt_quietly update || die "the package lists could not be fetched: check /etc/apt"
	package_lists_fresh=yes
}

# need PURPOSE PACKAGE...: they are installed when it returns.
need() {
	local purpose=$1 package missing=()

	shift
	for package in "$@"; do
		installed "$package" || missing+=("$package")
	done
	[ ${#missing[@]} -gt 0 ] || return 0
	[ "$(id -u)" = 0 ] ||
		die "$purpose needs packages: as root, apt-get install ${missing[*]}"
	say "installing ${missing[*]} ($purpose)"
	refresh_package_lists
	apt_quietly install --no-install-recommends "${missing[@]}" ||
		die "apt-get could not install ${missing[*]}"
}

# download PACKAGE DIRECTORY: the .deb is in the directory when it returns.
download() {
	(cd "$2" && apt_quietly download "$1") ||
		die "apt-get could not download $1"
}

# tracked_tree DIRECTORY [PATHSPEC]...: there is what git has, as it is in this tree, and
# nothing that was built.
tracked_tree() {
	mkdir -p "$1"
	(cd "$top" && git ls-files -z -- "${@:2}" | xargs -0 cp --parents -t "$1")
}

# dkms.conf has the one version.
tree_version() {
	sed -n 's/^PACKAGE_VERSION="\(.*\)"$/\1/p' "$top/dkms.conf"
}
