#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""The most memory that a logger has resident, in KiB: over 200 records as long as
they get, each byte of which is escaped.  usage: memory.py LOGGER"""
import os
import re
import struct
import subprocess
import sys
import tempfile
import time

RECORDS = 200
FIXED = 440
# Where a string is said to be, and how long it is at most.
STRINGS = {112: 15, 120: 4095, 128: 4095, 136: 255, 144: 4096, 152: 4095, 160: 4095,
           168: 255, 392: 4095, 400: 1000, 408: 15, 416: 31, 424: 1023}


def record(seq):
    fixed, text = bytearray(FIXED), b""
    for at, length in STRINGS.items():
        struct.pack_into("=II", fixed, at, FIXED + len(text), length)
        text += b"\x01\xff" * (length // 2) + b"/" * (length % 2)
    text += bytes(-len(text) % 8)
    struct.pack_into("=IHBBQQQQ", fixed, 0, FIXED + len(text), FIXED, 1, 1, seq, 7,
                     1789912987123456789, 1294887123456)
    struct.pack_into("=II", fixed, 40, 0, 7)
    return bytes(fixed) + text


def main(logger):
    with tempfile.TemporaryDirectory() as here:
        fifo, out, cursor = (os.path.join(here, name) for name in ("fifo", "out", "cursor"))
        os.mkfifo(fifo)
        with subprocess.Popen([logger, "-d", fifo, "-f", "ecs", "-o", out, "-c", cursor],
                              stdin=subprocess.DEVNULL) as running:
            with open(fifo, "wb") as pipe:
                pipe.write(b"".join(record(seq) for seq in range(1, RECORDS + 1)))
                pipe.flush()
                while (not os.path.exists(cursor) or f"done {RECORDS}\n" not in
                       open(cursor, encoding="ascii").read()):
                    assert running.poll() is None, "it has ended"
                    time.sleep(0.01)
                status = open(f"/proc/{running.pid}/status", encoding="ascii").read()
        lines = open(out, "rb").read().count(b"\n")
        assert running.returncode == 0 and lines == RECORDS, (running.returncode, lines)
        print(re.search(r"VmHWM:\s+(\d+) kB", status)[1])


main(sys.argv[1])
