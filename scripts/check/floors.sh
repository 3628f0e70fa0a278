#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The floors of kmod/: a file includes, besides its own header, only what is on
# a lower one, and only compat.h asks which kernel it is built for.
# usage: floors.sh DIRECTORY
set -euo pipefail

dir=$1 bad=0

floor() {
	case $1 in
	main) echo 7 ;;
	probe | chardev | params) echo 6 ;;
	views | gate | refresh) echo 5 ;;
	names | policy | task | creds | inode | namespaces | directories | cgroup) echo 4 ;;
	roots | settings | change | record) echo 3 ;;
	parse | heads | paths | stream | scratch | mountpoint) echo 2 ;;
	rule | ring | component | counters) echo 1 ;;
	uapi/shmexec | limits | compat | layout) echo 0 ;;
	*) echo none ;;
	esac
}

finding() {
	echo "$*"
	bad=1
}

check_includes() {
	local file=$1 own=${1%.[ch]} name mine

	mine=$(floor "$own")
	[ "$mine" != none ] || finding "$file: is on no floor: give it one in $0"
	while read -r name; do
		name=${name%.h}
		[ "$name" != "$own" ] || continue
		[ "$own" != layout ] || [ "$name" != uapi/shmexec ] || continue
		[ "$(floor "$name")" != none ] || finding "$file: $name is on no floor"
		[ "$(floor "$name")" -lt "$mine" ] 2>/dev/null ||
			finding "$file: includes $name, which is not below it"
	done < <(sed -n 's/^#include "\(.*\)"$/\1/p' "$dir/$file")
}

check_conditionals() {
	local file=$1 found

	[ "$file" != compat.h ] || return 0
	found=$(grep -nE '^ *# *(if|elif)|LINUX_VERSION_CODE|KERNEL_VERSION' "$dir/$file" |
		grep -vE '^[0-9]+:#ifndef _(UAPI_)?SHMEXEC(_[A-Z]+)?_H$' || true)
	[ -z "$found" ] || finding "$file: conditionals belong into compat.h: $found"
}

while read -r file; do
	check_includes "$file"
	check_conditionals "$file"
done < <(cd "$dir" && find . -name '*.[ch]' ! -name '*.mod.c' -printf '%P\n')
exit "$bad"
