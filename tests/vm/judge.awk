# SPDX-License-Identifier: GPL-2.0
# What the guest said on its second port, as TAP.  expected: how many programs.

function fail(why) {
	print "not ok - " name ": " why
}

/^# begin / {
	name = substr($3, 4)
	open = 1
	plan = -1
	tests = 0
	bad = 0
	next
}

/^# end / {
	if (plan < 0)
		fail("has no plan: it ran no test")
	else if (plan != tests)
		fail("planned " plan " tests, ran " tests)
	else if (tests == 0)
		fail("ran no test")
	if ($NF != 0 && !bad)
		fail("ended with " $NF)
	open = 0
	ended++
	next
}

/^# verdict: / {
	verdict = $0
	next
}

open && /^1\.\.[0-9]+/ {
	plan = substr($1, 4) + 0
}

open && /^(not )?ok / {
	tests++
	if (/^not ok/)
		bad = 1
	sub(/^(not )?ok [0-9]+ (- )?/, "&" name ": ")
	print
}

END {
	if (open)
		fail("did not end")
	name = "vm"
	if (ended != expected)
		fail("ran " ended + 0 " of " expected " programs")
	if (verdict !~ "^# verdict: ran " expected " programs, ")
		fail("the guest gave no verdict")
}
