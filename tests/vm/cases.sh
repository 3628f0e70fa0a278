#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The cases by number, from the TAP of the programs in the guests: each is there
# and none fails.  Prints TAP.  usage: cases.sh FILE
set -euo pipefail

cases=44
n=0 bad=0

# numbers WORD FILE: the cases in the names of the tests that are WORD, sorted.
numbers() {
	grep -aE "^$1 " "$2" | grep -av '# *SKIP' | sed 's/.*\.//' | grep -oE '(^|_)c[0-9]{2}' |
		grep -oE '[0-9]{2}' | sort -u
}

tests_of() {
	grep -aE "^ok .*[._]c$1_" "$2" | grep -av '# *SKIP' | sed 's/.* //' | tr '\n' ' '
}

numbers ok "$1" >"$1.passed" || true
numbers "not ok" "$1" >"$1.failed" || true
for number in $(seq -w 1 "$cases"); do
	if grep -qx "$number" "$1.passed" && ! grep -qx "$number" "$1.failed"; then
		echo "ok $((++n)) - case $number: $(tests_of "$number" "$1")"
	else
		echo "not ok $((++n)) - case $number: it has failed or was not there"
		bad=1
	fi
done
echo "# cases: $(comm -23 "$1.passed" "$1.failed" | wc -l) of $cases;" \
	"$(grep -acE '^ok .*\.n[0-9]{2}_' "$1") neighbours"
echo "1..$n"
exit "$bad"
