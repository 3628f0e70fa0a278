# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2154
# What every cell builds, by its make_tree ARGUMENT..., a make in its copy of the
# tree, from whatever directory that is.

# The tree as git has it, and nothing that was built before.
copy_tree() {
	rm -rf "$tree"
	tracked_tree "$tree" ':!packaging'
}

# module_without_warnings VARIABLE...: for the kernel and compiler that they name.
module_without_warnings() {
	local log=$logs/module.log

	make_tree "$@" W=1 module >"$log" 2>&1 || { cat "$log"; return 1; }
	! grep -i 'warning\|error:' "$log"
}

# build_programs COMPILER KSELFTEST [VARIABLE...]: logger and tests.
build_programs() {
	make_tree CC="$1" STATIC=1 CFLAGS='-Os -Werror' logger &&
		make_tree -C tests CC="$1" KSELFTEST="$2" "${@:3}" guest
}
