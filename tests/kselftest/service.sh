# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash disable=SC2034
# What the tests of services share.
n=0 bad=0

# check NAME COMMAND...
check() {
	what=$1
	shift
	n=$((n + 1))
	if "$@" >/tmp/said 2>&1; then
		echo "ok $n - $what"
	else
		echo "not ok $n - $what"
		sed 's/^/# /' /tmp/said
		bad=1
	fi
}

# await COMMAND...: whoever boots the guest has a time limit, but says nothing.
await() {
	tries=0
	until "$@"; do
		tries=$((tries + 1))
		[ "$tries" -lt 1000 ] || return 1
		busybox usleep 10000
	done
}

# hit WORD: root runs a file in /dev/shm, and the word is its argument.
hit() {
	/dev/shm/p "$1"
}

# words WORD LAST: WORD-1 to WORD-LAST
words() {
	seq -f "$1-%g" "$2"
}

# hits WORD LAST: over a while, in which other things happen.
hits() {
	for word in $(words "$@"); do
		hit "$word" && busybox usleep 20000 || return 1
	done
}

# status PID FIELD
status() {
	sed -n "s/^$2:[[:space:]]*//p" "/proc/$1/status"
}
