#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Delivery by the real logger of recorded events: each once, whenever it is
killed, whatever the disk does.  Needs root for mounts of its own.  Prints TAP.
usage: delivery.py LOGGER [TEST]..."""
import fcntl
import json
import os
import pty
import random
import re
import resource
import select
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import tty

LOGGER = os.path.abspath(sys.argv[1])
LIMIT = 60  # seconds that anything awaited may take
BOOT = open("/proc/sys/kernel/random/boot_id", encoding="ascii").read().strip()


def record(seq, epoch=7, kind=1, count=0, more=0):
    """As the first module made it; the arguments make it longer."""
    def header(length, hdr_len):
        return struct.pack("=IHBBQQQQ", length, hdr_len, 1, kind, seq, epoch,
                           1789912987123456789, 1294887123456)
    if kind == 2:
        return header(48, 48) + struct.pack("=Q", count)
    strings = [b"p", b"/dev/shm/p", b"/dev/shm/p", b"/dev/shm/*",
               b"/dev/shm/p\0" + b"x" * (seq % 97 + more) + b"\0"]
    off, table = 152, b""
    for text in strings:
        table += struct.pack("=II", off, len(text))
        off += len(text)
    length = (off + 7) // 8 * 8
    body = struct.pack("=18I", 0, 1, seq, seq, seq, 1, 0, 0, 0, 0, 0, 0, 0, 0,
                       0xffffffff, 0xffffffff, 2, 0)
    data = header(length, 152) + body + table + b"".join(strings)
    return data + bytes(length - len(data))


def stream(first, last, epoch=7):
    return b"".join(record(seq, epoch) for seq in range(first, last + 1))


class Here:
    """A directory of its own, in which the tests work."""

    def __init__(self):
        self.dir = tempfile.mkdtemp(prefix="shmexec-delivery-")
        self.out = self.path("out")
        self.cursor = self.path("cursor")

    def path(self, name):
        return os.path.join(self.dir, name)

    def put(self, name, data):
        with open(self.path(name), "wb") as file:
            file.write(data)
        return self.path(name)

    def start(self, *args, **popen):
        popen.setdefault("stderr", subprocess.PIPE)
        return subprocess.Popen([LOGGER, *args], stdin=subprocess.DEVNULL, **popen)

    def run(self, *args, status=0):
        done = subprocess.run([LOGGER, *args], stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=LIMIT, check=False)
        assert done.returncode == status, (done.returncode, done.stderr)
        return done.stderr.decode()

    def keep(self, data, *args, status=0):
        """One run that delivers a stream, its position kept."""
        return self.run("-d", self.put("in", data), "-o", self.out, "-c",
                        self.cursor, *args, status=status)


def lines(path):
    data = open(path, "rb").read()
    assert not data or data.endswith(b"\n"), "the last line is torn"
    return data.decode().splitlines()


def said(path):
    """What the lines tell: a number for an event, (count, first) for a loss."""
    told = []
    for line in lines(path):
        loss = re.search(r" (\d+) events were lost seq=(\d+)$", line)
        hit = re.search(r" executed .* seq=(\d+)$", line)
        assert loss or hit, line
        told.append((int(loss[1]), int(loss[2])) if loss else int(hit[1]))
    return told


def await_text(pipe, text):
    """Reads until it is there; what was read is returned."""
    got, end = b"", time.monotonic() + LIMIT
    while text.encode() not in got:
        ready = select.select([pipe], [], [], max(0, end - time.monotonic()))[0]
        part = os.read(pipe.fileno(), 4096) if ready else b""
        assert part, f"'{text}' did not come: {got}"
        got += part
    return got.decode()


def ends(logger, status):
    assert logger.wait(LIMIT) == status, (logger.returncode, logger.stderr.read())


def goes_on_where_it_was(here):
    here.keep(stream(1, 5))
    assert said(here.out) == [1, 2, 3, 4, 5]
    here.keep(stream(1, 5))
    here.keep(stream(3, 9))
    assert said(here.out) == list(range(1, 10))
    assert "done 9\nto 9\n" in open(here.cursor, encoding="ascii").read()


def tells_what_it_missed(here):
    here.keep(stream(4, 5))
    here.keep(stream(9, 10))
    assert said(here.out) == [(3, 1), 4, 5, (3, 6), 9, 10]


def tells_the_rest_of_a_loss(here):
    """The module's own loss may overlap with what was told before."""
    here.keep(stream(1, 5))
    here.keep(record(3, kind=2, count=6) + stream(9, 9))
    here.keep(record(3, kind=2, count=7))
    here.keep(record(12, kind=2, count=2) + stream(14, 14))
    assert said(here.out) == [1, 2, 3, 4, 5, (3, 6), 9, (2, 10), (2, 12), 14]


def counts_losses_in_a_row(here):
    """What the cursor misses, and behind it the module's own loss: one gap."""
    here.keep(stream(1, 2), "-f", "ecs")
    here.keep(record(6, kind=2, count=4) + stream(10, 11), "-f", "ecs")
    told = [json.loads(line)["shmexec"] for line in lines(here.out)]
    lost = [(doc.get("lost"), doc.get("lost_before")) for doc in told]
    assert lost == [(None, 0), (None, 0), (3, None), (4, None), (None, 7), (None, 0)], lost


def loss_in_raw_records(here):
    here.keep(stream(1, 2), "-r")
    here.keep(stream(5, 5), "-r")
    here.run("-d", here.out, "-o", here.path("text"))
    assert said(here.path("text")) == [1, 2, (2, 3), 5]


def module_loaded_anew(here):
    here.keep(stream(1, 5) + stream(1, 2, epoch=8))
    here.keep(stream(1, 3, epoch=8))
    here.keep(stream(2, 2, epoch=9))
    assert said(here.out) == [1, 2, 3, 4, 5, 1, 2, 3, (1, 1), 2]


def write_was_cut(here):
    """A table of what a kill, or a reboot, may leave behind."""
    here.keep(stream(1, 9))
    whole = open(here.out, "rb").read()
    size = [len(line) + 1 for line in whole.decode().splitlines()]
    done4, done7 = sum(size[:4]), sum(size[:7])
    state = os.stat(here.out)
    for name, there, epoch, inode, want in (
            ("nothing of it", done4, 7, 0, [*range(1, 10)]),
            ("a byte of it", done4 + 1, 7, 0, [*range(1, 10)]),
            ("a line of it", done4 + size[4], 7, 0, [*range(1, 10)]),
            ("all but a byte", done7 - 1, 7, 0, [*range(1, 10)]),
            ("all of it", done7, 7, 0, [*range(1, 10)]),
            ("nothing, then a reboot", done4, 8, 0, [*range(1, 5), (3, 5), *range(1, 10)]),
            ("half a line, then a reboot", done4 + 9, 8, 0,
             [*range(1, 5), (3, 5), *range(1, 10)]),
            ("a line and a half, then a reboot", done4 + size[4] + 9, 8, 0,
             [*range(1, 6), (2, 6), *range(1, 10)]),
            ("all, then a reboot", done7, 8, 0, [*range(1, 8), *range(1, 10)]),
            # It may be all in the other file: twice is better than not at all.
            ("another file", done4, 7, 1, [*range(1, 10)])):
        with open(here.out, "r+b") as out:
            out.write(whole)
            out.truncate(there)
        here.put("cursor", (
            f"shmexec-cursor 1\nboot -\nepoch 7\ndone 4\nto 7\ndev {state.st_dev}\n"
            f"inode {state.st_ino + inode}\noffset {done4}\n"
            f"length {done7 - done4}\n").encode())
        here.keep(stream(1, 9, epoch=epoch))
        assert said(here.out) == want, (name, said(here.out))


def last_of(path):
    """The last event that is there in a whole line."""
    data = open(path, "rb").read() if os.path.exists(path) else b""
    told = re.findall(rb'"sequence":(\d+),[^\n]*\n', data)
    return int(told[-1]) if told else 0


def time_of_a_run(here):
    """The middle one of five that deliver 20 events: what is killed at a random time
    before that is killed in a write, or before it."""
    def one():
        begun = time.monotonic()
        here.run("-d", here.put("in", stream(1, 20)), "-o", here.path("try"), "-c",
                 here.path("try.cursor"), "-f", "ecs")
        os.unlink(here.path("try.cursor"))
        return time.monotonic() - begun
    return sorted(one() for _ in range(5))[2]


def killed_at_any_time(here):
    """200 times with work left: there are always 20 events more than are done."""
    usual = time_of_a_run(here)
    seed = random.randrange(1 << 32)
    print(f"# seed {seed}")
    chance, killed, cut, there = random.Random(seed), 0, 0, 20
    args = ("-d", here.path("in"), "-o", here.out, "-c", here.cursor, "-f", "ecs")
    while killed < 200 or cut <= 20:
        assert there < 10000, f"{killed} times killed before its end, {cut} in a write"
        here.put("in", stream(1, there))
        logger = here.start(*args)
        time.sleep(chance.uniform(0, usual))
        logger.kill()
        logger.wait()
        logger.stderr.close()
        # As fast as it was it may no longer be, or not yet.
        usual *= 1.02 if logger.returncode == -signal.SIGKILL else 0.9
        last = last_of(here.out)
        killed += logger.returncode == -signal.SIGKILL and last < there
        cut += os.path.exists(here.cursor) and b"length 0\n" not in open(
            here.cursor, "rb").read()
        there = min(max(there, last + 20), 10000)
    print(f"# killed {killed} times before its end, {cut} times in a write")
    here.put("in", stream(1, 10000))
    here.run(*args)
    told = [json.loads(line)["event"]["sequence"] for line in lines(here.out)]
    assert told == list(range(1, 10001)), f"{len(told)} events, {len(set(told))} of them once"


def cut_among_losses(here):
    """Each write in turn is cut by a kill: among losses, gaps, and events that only
    a newer logger knows, there are fewer lines, or for more numbers, than events."""
    def data(epoch):
        return (stream(1, 3, epoch) + record(4, epoch, kind=2, count=5) +
                stream(9, 10, epoch) + stream(13, 15, epoch))

    want = [1, 2, 3, (5, 4), 9, 10, (2, 11), 13, 14, 15]
    args = ("-d", here.path("in"), "-o", here.out, "-c", here.cursor)
    killed = 0
    for number in range(1, 14):
        for reboot in (False, True):
            known = b"" if reboot else record(16, kind=200) + stream(17, 18)
            here.put("in", data(7) + known)
            killed += cut_write(here, number, args)
            if not reboot:
                here.run(*args)
                assert said(here.out) == want + [17, 18], (number, said(here.out))
            elif os.path.exists(here.cursor):
                to = int(re.search(r"to (\d+)", open(here.cursor, encoding="ascii").read())[1])
                here.put("in", data(8))
                here.run(*args)
                told = said(here.out)
                told, again = told[:-len(want)], told[-len(want):]
                lost = told.pop()[0] if told and told[-1] not in want else 0
                there = flat(told)
                assert again == want and there == flat(want)[:len(there)], (number, told)
                assert len(there) + lost == to, (number, told, lost, to)
            for path in (here.out, here.cursor):
                if os.path.exists(path):
                    os.unlink(path)
    assert killed > 20, killed


def cut_write(here, number, args):
    """Whether there was such a write."""
    logger = here.start(*args, env={"LD_PRELOAD": shim(here), "FAULT": f"cut:{number}:1"})
    logger.wait(LIMIT)
    logger.stderr.close()
    return logger.returncode == -signal.SIGKILL


def shim(here):
    """fault.c, to be loaded before the C library."""
    name = here.path("fault.so")
    source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "fault.c")
    if not os.path.exists(name):
        subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", name,
                        source], check=True)
    return name


def flat(told):
    """The numbers of losses one by one, as two next to each other may be one."""
    return [number for item in told for number in (
        [("lost", item[1] + i) for i in range(item[0])]
        if isinstance(item, tuple) else [item])]


def full_disk(here):
    """1 MiB that fills up, and then has room again."""
    small = here.path("small")
    os.mkdir(small)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", small], check=True)
    for kept in (False, True):
        with open(f"{small}/ballast", "wb") as ballast:
            ballast.write(bytes(900 * 1024))
        out = f"{small}/out{kept}"
        cursor = ("-c", f"{small}/cursor") if kept else ()
        logger = here.start("-d", here.put("in", stream(1, 1500)), "-o", out, *cursor)
        text = await_text(logger.stderr, "again each second\n")
        assert "No space left on device: it is tried" in text, text
        os.unlink(f"{small}/ballast")
        await_text(logger.stderr, "that failed for")
        ends(logger, 0)
        assert logger.stderr.read() == b"", "it was said twice"
        assert said(out) == list(range(1, 1501))
        os.unlink(out)
    subprocess.run(["umount", small], check=True)


def full_disk_to_the_end(here):
    """Told to end meanwhile: no torn line, it says so, and goes on later."""
    small = here.path("small")
    os.mkdir(small)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "none", small], check=True)
    args = ("-d", here.put("in", stream(1, 3000)), "-o", f"{small}/out", "-c",
            here.cursor)
    logger = here.start(*args)
    await_text(logger.stderr, "again each second\n")
    logger.terminate()
    await_text(logger.stderr, "bytes were not written")
    ends(logger, 1)
    told = said(f"{small}/out")
    assert told == list(range(1, len(told) + 1)) and 100 < len(told) < 3000
    assert "No space" in here.run(*args, "-n", status=1)
    subprocess.run(["mount", "-o", "remount,size=4m", small], check=True)
    here.run(*args)
    assert said(f"{small}/out") == list(range(1, 3001))
    subprocess.run(["umount", small], check=True)


def rotated_on_a_full_disk(here):
    """SIGHUP meanwhile: what was half written goes to the new file as a whole."""
    small = here.path("small")
    os.mkdir(small)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "none", small], check=True)
    out = f"{small}/out"
    logger = here.start("-d", here.put("in", stream(1, 3000)), "-o", out, "-c",
                        here.cursor)
    await_text(logger.stderr, "again each second\n")
    os.rename(out, f"{small}/out.1")
    logger.send_signal(signal.SIGHUP)
    wait_for(lambda: os.path.exists(out))
    before = said(f"{small}/out.1")
    os.unlink(f"{small}/out.1")
    # Room for as much again: it is stuck once more, and the file is removed.
    await_text(logger.stderr, "that failed for")
    await_text(logger.stderr, "again each second\n")
    data = open(out, "rb").read()
    between = [int(n) for n in re.findall(rb" seq=(\d+)\n", data)]
    os.unlink(out)
    logger.send_signal(signal.SIGHUP)
    wait_for(lambda: os.path.exists(out))
    subprocess.run(["mount", "-o", "remount,size=4m", small], check=True)
    ends(logger, 0)
    after = said(out)
    # What was in whole lines of a write that was cut is there twice, but the
    # file that it was in is gone.
    assert before == list(range(1, len(before) + 1)) and len(before) > 100
    assert between[0] == len(before) + 1 and after[0] <= between[-1] + 1
    assert after == list(range(after[0], 3001))
    subprocess.run(["umount", small], check=True)


def full_disk_of_records(here):
    small = here.path("small")
    os.mkdir(small)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=128k", "none", small], check=True)
    args = ("-d", here.put("in", stream(1, 3000)), "-r", "-o", f"{small}/out", "-c",
            here.cursor)
    logger = here.start(*args)
    await_text(logger.stderr, "again each second\n")
    logger.terminate()
    ends(logger, 1)
    here.run("-d", f"{small}/out", "-o", here.path("text"))
    told = said(here.path("text"))
    assert told == list(range(1, len(told) + 1)) and 100 < len(told) < 3000
    subprocess.run(["mount", "-o", "remount,size=4m", small], check=True)
    here.run(*args)
    assert open(f"{small}/out", "rb").read() == stream(1, 3000)
    subprocess.run(["umount", small], check=True)


def cut_on_a_full_disk(here):
    """Somebody empties the file to have room, and says so or not: no line is torn."""
    small = here.path("small")
    os.mkdir(small)
    for told, cursor in ((False, ()), (True, ()), (False, ("-c", here.cursor))):
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "none", small],
                       check=True)
        out = f"{small}/out"
        logger = here.start("-d", here.put("in", stream(1, 3000)), "-o", out, *cursor)
        await_text(logger.stderr, "again each second\n")
        before = re.findall(rb" seq=(\d+)\n", open(out, "rb").read())
        os.truncate(out, 0)
        if told:
            logger.send_signal(signal.SIGHUP)
        await_text(logger.stderr, "that failed for")
        subprocess.run(["mount", "-o", "remount,size=4m", small], check=True)
        ends(logger, 0)
        after = said(out)
        assert 1 < after[0] <= len(before) + 1, (after[0], len(before))
        assert after == list(range(after[0], 3001))
        subprocess.run(["umount", small], check=True)


def mounts_on_a_full_disk(here):
    """What is mounted meanwhile the module has to be told of all the same."""
    small, other = here.path("small"), here.path("other")
    os.mkdir(small)
    os.mkdir(other)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "none", small], check=True)
    with open(f"{small}/ballast", "wb") as ballast:
        ballast.write(bytes(64 * 1024))
    here.put("asked", b"")
    master, device = pty.openpty()
    tty.setraw(device)
    logger = here.start("-d", os.ttyname(device), "-o", f"{small}/out", env={
        "LD_PRELOAD": shim(here), "ASKED": here.path("asked")})
    os.write(master, stream(1, 3))
    await_text(logger.stderr, "again each second\n")
    before = os.path.getsize(here.path("asked"))
    subprocess.run(["mount", "-t", "tmpfs", "none", other], check=True)
    wait_for(lambda: os.path.getsize(here.path("asked")) > before)
    os.unlink(f"{small}/ballast")
    await_text(logger.stderr, "that failed for")
    logger.terminate()
    ends(logger, 0)
    assert said(f"{small}/out") == [1, 2, 3]
    subprocess.run(["umount", small, other], check=True)


def standard_output_on_a_full_disk(here):
    """As a service manager has it appended to: the next run begins a line."""
    small = here.path("small")
    os.mkdir(small)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "none", small], check=True)
    args = ("-d", here.put("in", stream(1, 2000)), "-c", here.cursor)
    for status in (1, 0):
        with open(f"{small}/out", "ab") as out:
            ends(here.start(*args, stdout=out), status)
        assert lines(f"{small}/out")
        subprocess.run(["mount", "-o", "remount,size=4m", small], check=True)
    assert said(f"{small}/out") == list(range(1, 2001))
    subprocess.run(["umount", small], check=True)


def loss_that_finds_no_room(here):
    """What an earlier load owes is owed until it is written."""
    small = here.path("small")
    os.mkdir(small)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "none", small], check=True)
    out = f"{small}/out"
    args = ("-d", here.put("in", stream(1, 3, epoch=8)), "-o", out, "-c", here.cursor)
    for how in (signal.SIGTERM, signal.SIGKILL):
        here.put("cursor", b"shmexec-cursor 1\nboot -\nepoch 7\ndone 4\nto 9\n"
                 b"dev 0\ninode 0\noffset 0\nlength 0\n")
        with open(f"{small}/ballast", "wb") as ballast:
            ballast.write(bytes(64 * 1024))
        logger = here.start(*args)
        await_text(logger.stderr, "again each second\n")
        logger.send_signal(how)
        logger.wait(LIMIT)
        os.unlink(f"{small}/ballast")
        here.run(*args)
        assert said(out) == [(5, 5), 1, 2, 3], (how, said(out))
        os.unlink(out)
    subprocess.run(["umount", small], check=True)


def loss_of_an_earlier_load_in_records(here):
    """It is that load's: what comes later keeps its numbers."""
    here.put("cursor", b"shmexec-cursor 1\nboot -\nepoch 7\ndone 4\nto 9\n"
             b"dev 0\ninode 0\noffset 0\nlength 0\n")
    here.keep(stream(1, 8, epoch=8), "-r")
    here.run("-d", here.out, "-o", here.path("text"), "-c", here.path("other"))
    assert said(here.path("text"))[-9:] == [(5, 5), *range(1, 9)], said(here.path("text"))


def records_that_were_cut(here):
    """As write_was_cut, of records."""
    here.keep(stream(1, 9), "-r")
    state = os.stat(here.out)
    ends_at = [len(stream(1, n)) for n in range(10)]
    for there, epoch, want in (
            (ends_at[4], 7, [*range(1, 10)]), (ends_at[4] + 20, 7, [*range(1, 10)]),
            (ends_at[6] + 60, 7, [*range(1, 10)]), (ends_at[7], 7, [*range(1, 10)]),
            (ends_at[5] + 60, 8, [*range(1, 6), (2, 6), *range(1, 10)])):
        with open(here.out, "r+b") as out:
            out.write(stream(1, 9))
            out.truncate(there)
        here.put("cursor", (
            f"shmexec-cursor 1\nboot -\nepoch 7\ndone 4\nto 7\ndev {state.st_dev}\n"
            f"inode {state.st_ino}\noffset {ends_at[4]}\n"
            f"length {ends_at[7] - ends_at[4]}\n").encode())
        here.keep(stream(1, 9, epoch=epoch), "-r")
        here.put("text", b"")
        here.run("-d", here.out, "-o", here.path("text"))
        assert said(here.path("text")) == want, (there, said(here.path("text")))


def disk_errors(here):
    """EIO, of each call that puts something on the disk."""
    source = here.put("in", stream(1, 1500))
    for fault, name in (("write:1:2", here.cursor), ("write:4:2", here.out),
                        ("fdatasync:2:1", here.out), ("rename:2:1", here.cursor)):
        logger = here.start("-d", source, "-o", here.out, "-c", here.cursor,
                            env={"LD_PRELOAD": shim(here), "FAULT": fault})
        ends(logger, 0)
        text = logger.stderr.read().decode()
        assert f'cannot write "{name}": Input/output error: it is tried' in text, (
            fault, text)
        assert text.count("\n") == 2 and f'goes on to write "{name}": that' in text, (
            fault, text)
        assert said(here.out) == list(range(1, 1501)), fault
        os.unlink(here.out)
        os.unlink(here.cursor)


def cursor_on_a_full_disk(here):
    small = here.path("small")
    os.mkdir(small)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "none", small], check=True)
    with open(f"{small}/ballast", "wb") as ballast:
        ballast.write(bytes(64 * 1024))
    logger = here.start("-d", here.put("in", stream(1, 50)), "-o", here.out, "-c",
                        f"{small}/cursor")
    text = await_text(logger.stderr, "again each second\n")
    assert f'cannot write "{small}/cursor": No space' in text, text
    # Who has rotated the file meanwhile finds nothing more in it.
    os.rename(here.out, here.path("old"))
    logger.send_signal(signal.SIGHUP)
    os.unlink(f"{small}/ballast")
    ends(logger, 0)
    assert said(here.path("old")) == [] and said(here.out) == list(range(1, 51))
    subprocess.run(["umount", small], check=True)


def file_size_limit(here):
    """ulimit -f: said and tried again, as on a full disk."""
    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (100000, resource.RLIM_INFINITY))
    for cursor in ((), ("-c", here.cursor)):
        logger = here.start("-d", here.put("in", stream(1, 1500)), "-o", here.out,
                            *cursor, preexec_fn=limit)
        text = await_text(logger.stderr, "again each second\n")
        assert f'cannot write "{here.out}": File too large: it is tried' in text, text
        resource.prlimit(logger.pid, resource.RLIMIT_FSIZE,
                         (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        ends(logger, 0)
        assert said(here.out) == list(range(1, 1501))
        os.unlink(here.out)


def torn_by_others(here):
    """A line that was not ended is none of ours: it stays, and ours begin anew."""
    here.put("out", b"torn")
    here.run("-d", here.put("in", stream(1, 1)), "-o", here.out)
    assert open(here.out, "rb").read().startswith(b"torn\n2026")


def rotation(here):
    """Renamed ten times while events come, SIGHUP each time."""
    fifo = here.path("fifo")
    os.mkfifo(fifo)
    logger = here.start("-d", fifo, "-o", here.out, "-c", here.cursor)
    turn = threading.Semaphore(0)

    def feed():
        with open(fifo, "wb") as pipe:
            for part in range(11):
                pipe.write(stream(part * 500 + 1, part * 500 + 500))
                pipe.flush()
                turn.acquire()

    feeder = threading.Thread(target=feed)
    feeder.start()
    wait_for(lambda: os.path.exists(here.out))
    for part in range(10):
        wait_for(lambda: os.path.getsize(here.out))
        os.rename(here.out, f"{here.out}.{part}")
        logger.send_signal(signal.SIGHUP)
        turn.release()
        wait_for(lambda: os.path.exists(here.out))
    turn.release()
    feeder.join()
    ends(logger, 0)
    files = [f"{here.out}.{part}" for part in range(10)] + [here.out]
    assert sum((said(name) for name in files), []) == list(range(1, 5501))
    assert all(said(name) for name in files[:-1]), "one of them is empty"


def wait_for(condition):
    end = time.monotonic() + LIMIT
    while not condition():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.001)


def rotation_that_fails(here):
    """The old file goes on until there is a new one."""
    fifo = here.path("fifo")
    os.mkfifo(fifo)
    os.mkdir(here.path("logs"))
    logger = here.start("-d", fifo, "-o", here.path("logs/out"))
    pipe = open(fifo, "wb", buffering=0)
    wait_for(lambda: os.path.exists(here.path("logs/out")))
    pipe.write(stream(1, 1))
    wait_for(lambda: said(here.path("logs/out")) == [1])
    os.rename(here.path("logs"), here.path("old"))
    logger.send_signal(signal.SIGHUP)
    await_text(logger.stderr, "cannot open anew")
    pipe.write(stream(2, 2))
    wait_for(lambda: said(here.path("old/out")) == [1, 2])
    os.mkdir(here.path("logs"))
    wait_for(lambda: os.path.exists(here.path("logs/out")))
    pipe.write(stream(3, 3))
    pipe.close()
    ends(logger, 0)
    assert said(here.path("logs/out")) == [3] and said(here.path("old/out")) == [1, 2]


def rotation_before_the_first_event(here):
    """After a kill in a write: the old file is whole before it is left."""
    here.keep(stream(1, 9))
    size = [0] + [len(line) + 1 for line in lines(here.out)]
    state = os.stat(here.out)
    os.truncate(here.out, sum(size[:7]) - 3)
    here.put("cursor", (
        f"shmexec-cursor 1\nboot -\nepoch 7\ndone 4\nto 9\ndev {state.st_dev}\n"
        f"inode {state.st_ino}\noffset {sum(size[:5])}\n"
        f"length {sum(size[5:])}\n").encode())
    os.mkfifo(here.path("fifo"))
    logger = here.start("-d", here.path("fifo"), "-o", here.out, "-c", here.cursor)
    pipe = open(here.path("fifo"), "wb", buffering=0)
    wait_for(lambda: os.path.getsize(here.out) == sum(size[:6]))
    wait_for(lambda: "length 0\n" in open(here.cursor, encoding="ascii").read())
    os.rename(here.out, here.path("old"))
    logger.send_signal(signal.SIGHUP)
    wait_for(lambda: os.path.exists(here.out))
    pipe.write(stream(1, 9))
    pipe.close()
    ends(logger, 0)
    assert said(here.path("old")) == [1, 2, 3, 4, 5] and said(here.out) == [6, 7, 8, 9]


def stalled_pipe(here):
    """Nobody reads: SIGTERM ends it all the same, and it says what was lost."""
    r, w = os.pipe()
    logger = here.start("-d", here.put("in", stream(1, 5000)), stdout=w)
    poll = select.poll()
    poll.register(w, select.POLLOUT)
    wait_for(lambda: not poll.poll(0))
    logger.terminate()
    ends(logger, 1)
    assert b"bytes were not written" in logger.stderr.read()
    os.close(w)
    os.close(r)


def standard_ones_are_closed(here):
    """Nothing that is opened takes their place: a complaint is in no file of ours."""
    here.put("in", stream(1, 2) + b"x" * 40)
    args = ["-d", here.path("in"), "-c", here.cursor]
    for closed in ("<&-", "2>&-", "<&- 2>&-", ">&- 2>&-", "<&- >&- 2>&-"):
        shell = ["sh", "-c", f'exec "$@" {closed}', "sh", LOGGER, *args]
        done = subprocess.run([*shell, "-o", here.out], capture_output=True,
                              timeout=LIMIT, check=False)
        assert done.returncode == 1 and not done.stdout, (closed, done)
        assert said(here.out) == [1, 2], closed
        assert not os.path.getsize(f"{here.cursor}.lock"), closed
        os.unlink(here.out)
        os.unlink(here.cursor)
    shell[2] = 'exec "$@" <&- >&-'
    done = subprocess.run(shell, stderr=subprocess.PIPE, timeout=LIMIT, check=False)
    assert done.returncode == 1, done
    assert b'"standard output": Bad file descriptor' in done.stderr, done


def stalled_standard_error(here):
    """Nobody reads it: events come all the same, and SIGTERM ends the logger."""
    r, w = os.pipe()
    os.set_blocking(w, False)
    while select.select([], [w], [], 0)[1]:
        os.write(w, b"x" * 4096)
    os.set_blocking(w, True)
    os.mkdir(here.path("logs"))
    os.mkfifo(here.path("fifo"))
    logger = here.start("-d", here.path("fifo"), "-o", here.path("logs/out"), stderr=w)
    pipe = open(here.path("fifo"), "wb", buffering=0)
    wait_for(lambda: os.path.exists(here.path("logs/out")))
    pipe.write(stream(1, 1))
    wait_for(lambda: said(here.path("logs/out")) == [1])
    os.rename(here.path("logs"), here.path("old"))
    logger.send_signal(signal.SIGHUP)
    pipe.write(stream(2, 2))
    wait_for(lambda: said(here.path("old/out")) == [1, 2])
    assert os.get_blocking(w), "it is another's too"
    logger.terminate()
    assert logger.wait(LIMIT) == 0
    pipe.close()
    assert b"shmexec" not in os.read(r, 1 << 20)
    os.close(w)
    os.close(r)


def terminal_goes_away(here):
    """A logger in the foreground, with nothing to do, goes with it."""
    os.mkfifo(here.path("fifo"))
    pid, terminal = pty.fork()
    if not pid:
        # Whoever has started the tests may have been told to ignore it.
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
        os.execv(LOGGER, [LOGGER, "-d", here.path("fifo")])
    pipe = open(here.path("fifo"), "wb", buffering=0)
    pipe.write(stream(1, 1))
    with open(terminal, "rb", buffering=0) as file:
        await_text(file, "seq=1\r\n")
    ended = [0, 0]

    def has_ended():
        ended[:] = os.waitpid(pid, os.WNOHANG)
        return ended[0]
    try:
        wait_for(has_ended)
    finally:
        pipe.close()
    assert os.WIFSIGNALED(ended[1]) and os.WTERMSIG(ended[1]) == signal.SIGHUP, ended


def told_to_stay(here):
    """nohup: what is ignored stays so."""
    os.mkfifo(here.path("fifo"))
    logger = here.start("-d", here.path("fifo"), stdout=subprocess.PIPE,
                        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
    pipe = open(here.path("fifo"), "wb", buffering=0)
    for seq in (1, 2):
        pipe.write(stream(seq, seq))
        await_text(logger.stdout, f"seq={seq}\n")
        logger.send_signal(signal.SIGHUP)
    pipe.close()
    ends(logger, 0)


def pipe_with_a_cursor(here):
    """At least once: what was accepted is done."""
    args = ("-d", here.put("in", stream(1, 50)), "-c", here.cursor)
    first = subprocess.run([LOGGER, *args], capture_output=True, check=True)
    again = subprocess.run([LOGGER, *args], capture_output=True, check=True)
    assert first.stdout.count(b"\n") == 50 and not again.stdout


def cursor_that_is_none(here):
    for text in (b"", b"garbage\n", b"shmexec-cursor 2\n", b"\0" * 600, b"x" * 600):
        here.put("cursor", text)
        error = here.keep(stream(1, 1), status=1)
        assert f'cannot use the cursor "{here.cursor}"' in error, error
        assert f'remove "{here.cursor}"' in error, error
        assert open(here.cursor, "rb").read() == text
    assert not os.path.getsize(here.out)
    error = here.run("-d", here.path("in"), "-c", here.path("no/cursor"), status=1)
    assert "No such file or directory" in error, error
    for name in ("x" * 252, "./" * 2045 + "x", "./" * 3000):
        error = here.run("-d", here.path("in"), "-c", name, status=1)
        assert "File name too long" in error, error
    os.mkdir(here.path("directory"))
    error = here.run("-d", here.path("in"), "-c", here.path("directory"), status=1)
    assert "cannot use the cursor" in error, error


def cursor_beside_traps(here):
    """What others may have put there is neither followed nor waited for."""
    victim = here.put("victim", b"victim")
    lock, new = f"{here.cursor}.lock", f"{here.cursor}.new"
    for make, why in ((lambda: os.symlink(victim, lock), "it is a symbolic link"),
                      (lambda: os.symlink(here.path("none"), lock), "it is a symbolic link"),
                      (lambda: os.mkfifo(lock), "it is no regular file"),
                      (lambda: os.mkdir(lock), "Is a directory")):
        make()
        error = here.keep(stream(1, 2), status=1)
        assert f'cannot use the cursor "{lock}": {why}' in error, error
        subprocess.run(["rm", "-r", lock], check=True)
    for count, make in enumerate((lambda: os.symlink(victim, new), lambda: os.mkfifo(new),
                                  lambda: os.symlink(here.path("none"), new),
                                  lambda: here.put("cursor.new", b"x" * 600))):
        make()
        here.keep(stream(1, count + 1))
        assert said(here.out) == list(range(1, count + 2))
        assert not os.path.lexists(new) and not os.path.islink(here.cursor)
    assert open(victim, "rb").read() == b"victim"
    assert not os.path.exists(here.path("none"))
    os.unlink(here.cursor)
    os.mkfifo(here.cursor)
    assert "cannot use the cursor" in here.keep(stream(1, 2), status=1)


def two_loggers(here):
    os.mkfifo(here.path("fifo"))
    first = here.start("-d", here.path("fifo"), "-o", here.out, "-c", here.cursor)
    pipe = open(here.path("fifo"), "wb", buffering=0)
    pipe.write(stream(1, 1))
    wait_for(lambda: os.path.exists(here.out) and said(here.out) == [1])
    assert "another logger has it" in here.keep(stream(1, 2), status=1)
    pipe.close()
    ends(first, 0)
    here.keep(stream(1, 2))
    assert said(here.out) == [1, 2]


def locks_that_are_none(here):
    """A board's kernel may have none: the position is kept all the same."""
    for fault, text in (("flock:1:1", "Input/output error"), ("nolock:1:1", None)):
        logger = here.start("-d", here.put("in", stream(1, 2)), "-o", here.out, "-c",
                            here.cursor, env={"LD_PRELOAD": shim(here), "FAULT": fault})
        ends(logger, 1 if text else 0)
        error = logger.stderr.read().decode()
        assert (text in error) if text else not error, error
    here.keep(stream(1, 3))
    assert said(here.out) == [1, 2, 3]


def user(here):
    os.chmod(here.dir, 0o755)
    os.mkdir(here.path("own"))
    os.chown(here.path("own"), 65534, 65534)
    os.mkfifo(here.path("fifo"))
    for name in ("nobody", "65534"):
        logger = here.start("-d", here.path("fifo"), "-u", name, "-o",
                            here.path("own/out"), "-c", here.path("own/cursor"))
        pipe = open(here.path("fifo"), "wb", buffering=0)
        pipe.write(stream(1, 1))
        wait_for(lambda: os.path.exists(here.path("own/cursor")))
        status = open(f"/proc/{logger.pid}/status", encoding="ascii").read()
        for line in ("Uid:\t65534\t65534\t65534\t65534\n",
                     "Gid:\t65534\t65534\t65534\t65534\n", "Groups:\t \n",
                     "CapPrm:\t0000000000000000\n", "NoNewPrivs:\t1\n"):
            assert line in status, (line, status)
        logger.terminate()
        ends(logger, 0)
        pipe.close()
        assert os.stat(here.path("own/out")).st_uid == 65534
        os.unlink(here.path("own/cursor"))
    assert 'cannot run as "none-such"' in here.keep(stream(1, 1), "-u", "none-such",
                                                    status=1)
    assert "leave -u out" in here.keep(stream(1, 1), "-u", "root", status=1)
    assert not os.path.exists(here.out)
    assert "Permission denied" in here.keep(stream(1, 1), "-u", "nobody", status=1)


class Syslogd:
    """What is /dev/log to a logger with a /dev of its own."""

    def __init__(self, here):
        self.dev = here.path("dev")
        os.mkdir(self.dev)
        open(f"{self.dev}/null", "wb").close()
        subprocess.run(["mount", "--bind", "/dev/null", f"{self.dev}/null"], check=True)
        self.log = None

    def bind(self):
        self.log = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.log.settimeout(LIMIT)
        self.log.bind(f"{self.dev}/log")

    def unbind(self):
        self.log.close()
        os.unlink(f"{self.dev}/log")

    def read(self, count):
        return [self.log.recv(1 << 20) for _ in range(count)]

    def read_all(self):
        """What was sent and not read, now that nobody sends."""
        self.log.setblocking(False)
        got = []
        while True:
            try:
                got.append(self.log.recv(1 << 20))
            except BlockingIOError:
                self.log.settimeout(LIMIT)
                return got

    def start(self, *args):
        script = 'mount --rbind "$1" /dev && shift && exec "$@"'
        return subprocess.Popen(
            ["unshare", "-m", "sh", "-c", script, "sh", self.dev, LOGGER, "-s", *args],
            stdin=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def end(self):
        subprocess.run(["umount", f"{self.dev}/null"], check=True)


def numbers(messages):
    return [int(re.search(rb" seq=(\d+)$", text)[1]) for text in messages]


def syslog(here):
    syslogd = Syslogd(here)
    syslogd.bind()
    source = here.put("in", stream(1, 2) + record(3, kind=2, count=4) +
                      record(7, kind=200) + record(8, more=9000))
    for form, want in (("text", 'root executed "/dev/shm/p"'), ("ecs", '{"@timestamp":')):
        ends(syslogd.start("-d", source, "-f", form), 0)
        got = syslogd.read(4)
        assert [text[:4] for text in got] == [b"<81>", b"<81>", b"<83>", b"<81>"], got
        assert all(re.match(rb"<8.>[A-Z][a-z]{2} [ 0-3]\d \d\d:\d\d:\d\d shmexec\[\d+\]: ",
                            text) and b"\n" not in text for text in got), got
        assert want in got[0].decode() and b"4 events were lost" in got[2], got
    # However long it is.
    long = json.loads(got[3].split(b"]: ", 1)[1])
    assert len(long["process"]["args"][1]) == 9008, "it is cut"
    syslogd.end()


def syslogd_comes_and_goes(here):
    """What no syslogd has taken is sent again."""
    syslogd = Syslogd(here)
    os.mkfifo(here.path("fifo"))
    logger = syslogd.start("-d", here.path("fifo"), "-c", here.cursor)
    pipe = open(here.path("fifo"), "wb", buffering=0)
    pipe.write(stream(1, 5))
    text = await_text(logger.stderr, "again each second\n")
    assert 'cannot write "/dev/log": No such file' in text, text
    syslogd.bind()
    assert numbers(syslogd.read(5)) == [1, 2, 3, 4, 5]
    # As at a rotation: it has no file, and stays.
    logger.send_signal(signal.SIGHUP)
    await_text(logger.stderr, "that failed for")
    syslogd.unbind()
    syslogd.bind()
    pipe.write(stream(6, 8))
    assert numbers(syslogd.read(3)) == [6, 7, 8]
    wait_for(lambda: "done 8\n" in open(here.cursor, encoding="ascii").read())
    # One that hangs: SIGTERM ends it all the same, and it goes on behind what
    # has been taken.
    fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, 1 << 20)
    pipe.write(stream(9, 2000))
    await_text(logger.stderr, "again each second\n")
    logger.terminate()
    ends(logger, 1)
    pipe.close()
    got = numbers(syslogd.read_all())
    assert got == list(range(9, 9 + len(got))) and got, got
    logger = syslogd.start("-d", here.put("in", stream(1, 2000)), "-c", here.cursor)
    got += numbers(syslogd.read(2000 - got[-1]))
    ends(logger, 0)
    assert got == list(range(9, 2001)) and not syslogd.read_all()
    syslogd.end()


TESTS = [goes_on_where_it_was, tells_what_it_missed, tells_the_rest_of_a_loss,
         loss_in_raw_records, module_loaded_anew, write_was_cut, records_that_were_cut,
         killed_at_any_time, cut_among_losses, full_disk, full_disk_to_the_end,
         cut_on_a_full_disk, mounts_on_a_full_disk, standard_output_on_a_full_disk, loss_that_finds_no_room,
         loss_of_an_earlier_load_in_records,
         full_disk_of_records, rotated_on_a_full_disk, disk_errors,
         cursor_on_a_full_disk, torn_by_others, rotation, rotation_that_fails,
         rotation_before_the_first_event, stalled_pipe, pipe_with_a_cursor,
         cursor_that_is_none, two_loggers, locks_that_are_none, user, syslog,
         syslogd_comes_and_goes, standard_ones_are_closed,
         file_size_limit, cursor_beside_traps,
         stalled_standard_error, counts_losses_in_a_row,
         terminal_goes_away, told_to_stay]


def main():
    chosen = [test for test in TESTS if not sys.argv[2:] or test.__name__ in sys.argv[2:]]
    if "SHMEXEC_OWN_MOUNTS" not in os.environ:
        os.environ["SHMEXEC_OWN_MOUNTS"] = "1"
        os.execvp("unshare", ["unshare", "-m", sys.executable, *sys.argv])
    bad = 0
    for number, test in enumerate(chosen, 1):
        here = Here()
        try:
            test(here)
            print(f"ok {number} - delivery.{test.__name__}", flush=True)
        except Exception as error:  # pylint: disable=broad-except
            bad = 1
            print(f"not ok {number} - delivery.{test.__name__}\n# {error!r}"[:2000],
                  flush=True)
        subprocess.run(["rm", "-rf", "--one-file-system", here.dir], check=False)
    print(f"1..{len(chosen)}")
    return bad


sys.exit(main())
