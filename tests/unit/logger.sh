#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The logger on recorded events: what it prints, and how it ends.  Prints TAP.
# usage: logger.sh LOGGER
set -uo pipefail

logger=$1
streams=$(dirname "$0")/streams
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
n=0 bad=0

# The record of a hit, as the first module made it, without what was added to the
# layout since, and one of three lost events.
make_records() {
	python3 - "$work" <<-'PYTHON'
	import struct, sys
	def hdr(length, hdr_len, kind, seq):
	    return struct.pack("=IHBBQQQQ", length, hdr_len, 1, kind, seq, 7,
	                       1789912987123456789, 1294887123456)
	strings = [b"kdmtmpflush", b"/dev/shm/kdmtmpflush", b"./kdmtmpflush",
	           b"/dev/shm/*", b"./kdmtmpflush\0--init\0"]
	off, table = 152, b""
	for s in strings:
	    table += struct.pack("=II", off, len(s))
	    off += len(s)
	length = (off + 7) // 8 * 8
	body = struct.pack("=18I", 1, 1, 4242, 4242, 4242, 4241, 1000, 0, 0, 0,
	                   1000, 0, 0, 0, 1000, 3, 2, 21)
	hit = hdr(length, 152, 1, 23) + body + table + b"".join(strings)
	hit += bytes(length - len(hit))
	lost = hdr(48, 48, 2, 24) + struct.pack("=Q", 3)
	newer = hdr(48, 40, 200, 27) + bytes(8)
	other = hdr(48, 48, 2, 24)
	other = other[3::-1] + other[5:3:-1] + other[6:] + bytes(8)
	for name, data in (("hit", hit), ("lost", lost), ("newer", newer), ("other", other)):
	    open(f"{sys.argv[1]}/{name}", "wb").write(data)
	PYTHON
}

# check NAME: the commands before it ended with $?.
check() {
	local status=$?

	n=$((n + 1))
	if [ "$status" = 0 ]; then
		echo "ok $n - logger.$1"
	else
		echo "not ok $n - logger.$1"
		sed 's/^/# /' "$work/out" "$work/err"
		bad=1
	fi
}

# ends WITH ARGUMENT...: the logger's exit code, what it says in out and err.
ends() {
	local expected=$1

	shift
	"$logger" "$@" >"$work/out" 2>"$work/err" </dev/null
	[ $? = "$expected" ]
}

says() {
	grep -qF -- "$1" "$work/err"
}

golden='2026-09-20T14:03:07.123456Z root (login 1000) executed "/dev/shm/kdmtmpflush" args=["./kdmtmpflush", "--init"] ppid=4241 views=canonical given="./kdmtmpflush" pattern="/dev/shm/*" pid=4242 uid=1000 gid=1000 session=3 comm="kdmtmpflush" flags=deleted seq=23
2026-09-20T14:03:07.123456Z 3 events were lost seq=24'

is_golden() {
	[ "$(cat "$1")" = "$golden" ]
}

ecs_fires_the_rule() {
	python3 - "$work/out" <<-'PYTHON'
	import json, sys
	hit, lost = map(json.loads, open(sys.argv[1], encoding="utf-8"))
	assert hit["event"]["category"] == ["process"]
	assert hit["event"]["type"] == ["start"] and hit["event"]["action"] == "exec"
	assert hit["host"]["os"]["type"] == "linux" and hit["user"]["id"] == "0"
	assert hit["process"]["executable"] == "/dev/shm/kdmtmpflush"
	assert hit["process"]["args"] == ["./kdmtmpflush", "--init"]
	# Another machine may have recorded it.
	assert "name" not in hit["host"] and "id" not in hit["event"]
	assert lost["event"]["kind"] == "pipeline_error" and lost["shmexec"]["lost"] == 3
	assert "category" not in lost["event"] and "process" not in lost
	PYTHON
}

round_trip() {
	ends 0 -d "$work/all" -r && cmp "$work/all" "$work/out"
}

# More than one read takes: a record is cut where a read ends.
many() {
	for _ in {1..1000}; do cat "$work/all"; done >"$work/many"
	ends 0 -d "$work/many" -r && cmp "$work/many" "$work/out" &&
		ends 0 -d "$work/many" && [ "$(wc -l <"$work/out")" = 2000 ]
}

# Much less fits into the pipe than one write has, and it does not block.
slow_reader() {
	python3 - "$logger" "$work/many" "$work/out" <<-'PYTHON'
	import fcntl, os, select, subprocess, sys
	r, w = os.pipe()
	fcntl.fcntl(w, fcntl.F_SETPIPE_SZ, 4096)
	os.set_blocking(w, False)
	logger = subprocess.Popen([sys.argv[1], "-d", sys.argv[2]], stdout=w)
	room = select.poll()
	room.register(w, select.POLLOUT)
	while room.poll(0) and logger.poll() is None:
	    pass
	os.close(w)
	with open(r, "rb") as pipe:
	    lines = pipe.read()
	same = lines == open(sys.argv[3], "rb").read()
	sys.exit(logger.wait() != 0 or not same)
	PYTHON
}

# The other end stays open: there is no end of file to stop at.
quiet_pipe() {
	local status

	mkfifo "$work/quiet"
	exec 3<>"$work/quiet"
	timeout 20 "$logger" -n -d "$work/quiet" >"$work/out" 2>"$work/err"
	status=$?
	exec 3>&-
	[ "$status" = 0 ] && [ ! -s "$work/out" ]
}

# Each byte of a record arrives alone.
in_pieces() {
	mkfifo "$work/pieces"
	python3 -c 'import os, sys
fd = os.open(sys.argv[2], os.O_WRONLY)
for byte in open(sys.argv[1], "rb").read():
    os.write(fd, bytes([byte]))' "$work/all" "$work/pieces" &
	ends 0 -d "$work/pieces" && is_golden "$work/out"
}

# It waits at a pipe whose other end is open; the line tells that it is there.
ends_with() {
	local pid line status

	rm -f "$work/idle" "$work/lines"
	mkfifo "$work/idle" "$work/lines"
	"$logger" -d "$work/idle" >"$work/lines" &
	pid=$!
	exec 4<"$work/lines" 3>"$work/idle"
	cat "$work/hit" >&3
	read -r line <&4
	kill "-$1" "$pid"
	wait "$pid"
	status=$?
	exec 3>&- 4<&-
	[ "$status" = 0 ] && [ "$line" = "${golden%%$'\n'*}" ]
}

closed_pipe() {
	local status

	mkfifo "$work/closed"
	(exec 3<"$work/closed") &
	exec 3>"$work/closed"
	wait $!
	"$logger" -d "$work/all" >&3 2>"$work/err" </dev/null
	status=$?
	exec 3>&-
	[ "$status" = 1 ] && says 'cannot write "standard output": Broken pipe'
}

# -n does not wait for the rest of a record, and does not hide that it is none.
part_in_an_open_pipe() {
	mkfifo "$work/open"
	exec 3<>"$work/open"
	cat "$work/hit" "$work/part" >&3
	ends 1 -d "$work/open" -n && says "the input ends within a record" &&
		[ "$(cat "$work/out")" = "${golden%%$'\n'*}" ]
}

# Everything before the damage is written, and the damage is said to be where
# it is.
damaged() {
	cat "$work/all" "$2" >"$work/damaged"
	ends 1 -d "$work/damaged" && is_golden "$work/out" &&
		says "\"$work/damaged\": byte $(stat -c %s "$work/all"): $1"
}

appends() {
	rm -f "$work/file"
	ends 0 -d "$work/hit" -o "$work/file" && ends 0 -d "$work/lost" -o "$work/file" &&
		is_golden "$work/file" && [ "$(stat -c %a "$work/file")" = 640 ]
}

# What modules have said so far, each by the length of its exec's fixed part.
recorded() {
	ends 0 -d "$streams/$1.raw" && cmp "$streams/$1.text" "$work/out"
}

# As the newest of them, from a module that knows more than this logger: fixed
# parts are longer, there are more strings, and records of another type.
make_newer_stream() {
	python3 - "$streams/440.raw" "$work/future" <<-'PYTHON'
	import struct, sys
	data, out, grown = open(sys.argv[1], "rb").read(), b"", 64
	strings = {1: list(range(112, 176, 8)) + list(range(392, 440, 8)),
	           3: range(64, 96, 8), 4: range(64, 96, 8)}
	while data:
	    length, hdr_len, _, kind = struct.unpack_from("=IHBB", data)
	    fixed, rest = bytearray(data[:hdr_len]), data[hdr_len:length]
	    for at in strings.get(kind, []):
	        off, = struct.unpack_from("=I", fixed, at)
	        struct.pack_into("=I", fixed, at, off and off + grown)
	    struct.pack_into("=IH", fixed, 0, length + grown + 8, hdr_len + grown)
	    out += bytes(fixed) + b"\xee" * grown + rest + b"\xdd" * 8
	    out += struct.pack("=IHBB", 48, 40, 1, 77) + b"\xcc" * 40
	    data = data[length:]
	open(sys.argv[2], "wb").write(out)
	PYTHON
}

from_a_newer_module() {
	make_newer_stream && ends 0 -d "$work/future" &&
		cmp "$streams/440.text" "$work/out" &&
		[ "$(stat -c %s "$work/future")" -gt "$(stat -c %s "$streams/440.raw")" ]
}

make_records
cat "$work/hit" "$work/newer" "$work/lost" >"$work/all"
head -c 100 "$work/hit" >"$work/part"
head -c 30 "$work/hit" >"$work/part-header"
{ head -c 6 "$work/hit"; printf '\2'; tail -c +8 "$work/hit"; } >"$work/version-2"
touch "$work/empty" "$work/out" "$work/err"

ends 0 -d "$work/all" && is_golden "$work/out"; check text
ends 0 -d "$work/all" -f ecs && ecs_fires_the_rule; check ecs
round_trip; check raw_round_trip
for length in 152 176 440; do
	recorded "$length"; check "recorded_stream_$length"
done
from_a_newer_module; check stream_of_a_newer_module
ends 0 -d "$work/empty" && [ ! -s "$work/out" ]; check nothing_there
in_pieces; check in_pieces
many; check many
slow_reader; check slow_reader
quiet_pipe; check quiet_pipe
damaged "the input ends within a record" "$work/part"; check part_of_a_record
damaged "the input ends within a record" "$work/part-header"; check part_of_a_header
part_in_an_open_pipe; check part_in_an_open_pipe
damaged "its version is not 1" "$work/version-2"; check newer_version
damaged "it is of the other byte order" "$work/other"; check other_byte_order
damaged "its version is not 1: it is no record" /dev/stdin <<<"0123456789012345678901234567890123456789"; check no_record
appends; check appends
ends 1 -d "$work/all" -o /dev/full && says 'cannot write "/dev/full": No space'; check full_disk
ends 1 -d "$work/all" -o "$work/no/file" && says 'cannot write'; check no_directory
ends 1 -d $'/no\nsuch\e' && says '"/no\nsuch\x1b": No such file'; check no_input
ends_with TERM; check sigterm
ends_with INT; check sigint
closed_pipe; check closed_pipe
ends 2 -x && says '"x"'; check unknown_option
ends 2 -f xml && says 'text or ecs, not "xml"'; check unknown_format
ends 2 -d && says '"d"'; check missing_value
ends 2 -r -f ecs && says '-r'; check raw_and_format
ends 2 -s -o /tmp/x && says '"-o"'; check syslog_and_file
ends 2 -s -r && says '"-r"'; check syslog_and_raw
ends 2 --selftest -n && says '--selftest takes no "-n"'; check selftest_and_more
ends 2 -n --selftest && says 'no other option goes with "--selftest"'; check more_and_selftest
ends 2 --foo && says 'there is no option "--foo"'; check unknown_word
ends 2 -n -o "$work/file" --foo=1 && says 'there is no option "--foo=1"'; check unknown_word_later
ends 2 -n- && says 'there is no option "-"'; check dash_in_a_word
ends 2 surplus && says '"surplus"'; check surplus_word
ends 0 -h && grep -q '^usage: shmexec-logger' "$work/out"; check help
ends 0 --help && grep -q '^usage: shmexec-logger' "$work/out"; check help_word
ends 0 -V && grep -qE '^shmexec-logger [0-9.]+$' "$work/out"; check version
ends 0 --version && grep -qE '^shmexec-logger [0-9.]+$' "$work/out"; check version_word
echo "1..$n"
exit "$bad"
