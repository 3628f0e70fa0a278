# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034
# Packages of another Debian suite or architecture than this machine's: an apt
# state of its own for each, on the mirrors that this machine uses.
# shellcheck source=scripts/lib/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

keyring=/usr/share/keyrings/debian-archive-keyring.gpg

# mirror NAME: where this machine has the archive of that name from.
mirror() {
	# shellcheck disable=SC2016
	apt-get indextargets --format '$(SITE)' | sort -u | grep -E "/$1/?\$" | head -n 1
}

# What a suite takes its packages from, least first.
parts_of() {
	case $1 in
	bullseye | bookworm | trixie) echo "$1 $1-security" ;;
	trixie-backports) echo "trixie trixie-security trixie-backports" ;;
	experimental) echo "sid experimental" ;;
	*) echo "$1" ;;
	esac
}

sources_of() {
	local part site

	for part in $(parts_of "$1"); do
		case $part in
		*-security) site=$(mirror debian-security) ;;
		*) site=$(mirror debian) ;;
		esac
		[ -z "$site" ] || echo "deb [signed-by=$keyring] $site $part main"
	done
}

# use_suite SUITE ARCHITECTURE: sets apt_state, and apt_options for apt-get.
use_suite() {
	suite=$1 architecture=$2
	apt_state=$cache/apt/$1-$2
	apt_options=(
		-o "Dir::State=$apt_state" -o "Dir::Cache=$apt_state"
		-o "Dir::Etc::SourceList=$apt_state/sources.list"
		-o Dir::Etc::SourceParts=/dev/null
		-o Dir::Etc::Preferences=/dev/null -o Dir::Etc::PreferencesParts=/dev/null
		-o "APT::Architecture=$2" -o "APT::Architectures=$2"
		-o Acquire::Check-Valid-Until=false -o Acquire::Languages=none
	)
	case $1 in
	*-backports | experimental) apt_options+=(-t "$1") ;;
	esac
	refresh_suite
}

# Asked anew twice a day.  Some mirrors have the updates of few architectures.
refresh_suite() {
	local stamp=$apt_state/updated

	[ -z "$(find "$stamp" -mmin -720 2>/dev/null)" ] || return 0
	need "to check Debian's signatures" debian-archive-keyring
	mkdir -p "$apt_state/lists/partial" "$apt_state/archives/partial"
	sources_of "$suite" >"$apt_state/sources.list"
	grep -q . "$apt_state/sources.list" ||
		die "apt has no Debian mirror: check /etc/apt/sources.list.d"
	if ! suite_apt update >"$apt_state/log" 2>&1; then
		sed -i '/-security main$/d' "$apt_state/sources.list"
		quietly suite_apt update ||
			die "the package lists of $suite for $architecture could not be fetched"
		say "the mirror has no security updates of $suite for $architecture: without them"
	fi
	touch "$stamp"
}

suite_apt() {
	DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dir::State::status=/dev/null \
		-o APT::Sandbox::User=root "${apt_options[@]}" "$@" </dev/null
}

suite_cache() {
	apt-cache -o Dir::State::status=/dev/null "${apt_options[@]}" "$@"
}

# field PACKAGE FIELD: of the candidate.
field() {
	suite_cache show --no-all-versions "$1" 2>/dev/null |
		sed -n "s/^$2: //p" | head -n 1
}

# suite_download DIRECTORY PACKAGE...: the .debs are there when it returns.
suite_download() {
	local to=$1

	shift
	(cd "$to" && quietly suite_apt download "$@") ||
		die "apt-get could not download $* of $suite for $architecture"
}
