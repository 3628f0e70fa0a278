# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash disable=SC2034
# What the guest's programs in shell share: TAP.  The plan is theirs.
n=0 bad=0

# check NAME COMMAND...: which may say in skip why it has not seen what it is about.
check() {
	name=$1 skip=
	shift
	n=$((n + 1))
	if "$@"; then
		echo "ok $n - $name${skip:+ # SKIP $skip}"
	else
		echo "not ok $n - $name"
		bad=1
	fi
}
