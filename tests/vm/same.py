#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Holds the ECS lines of two kernels to be the same but for facts of the machine:
when, which numbers, how large.  Of programs that execute the same wherever they
run; how often, where two of them race, is chance.  Ends non-zero with what is
said by one only.  usage: same.py EVENTS EVENTS"""
import json
import re
import sys

# The guest's programs, as the kernel calls a parent: without their numbers.
PROGRAMS = {"names", "mounts", "excludes", "tasks", "odd_names", "record"}
MACHINE = re.compile("""@timestamp|event\\.(id|created|sequence)
|host\\.(architecture|boot\\.id|os\\.kernel|pid_ns_ino)
|file\\.(accessed|ctime|mtime|inode|size|device)
|process\\.([a-z_]*\\.)?(pid|vpid|start|entity_id|thread\\.id)
|shmexec\\.(ns\\.[a-z]*|old_tid|file\\.generation|lost_before)""", re.X)


def comm(event):
    """Of a file that is executed by its descriptor kernels before 6.14 take the
    descriptor's number."""
    name = event["process"]["thread"]["name"]
    file = event["file"].get("name", name)
    return "(any)" if name.isdigit() or name == file[:15] else name


def leaves(value, path=""):
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, f"{path}.{key}".lstrip("."))
    else:
        yield path, value


def lines(path):
    """What is left of each line, once.  Which fields it has is no machine's fact,
    but for when a file was made, which older kernels do not keep."""
    for line in open(path, "rb"):
        event = json.loads(line)
        parent = event.get("process", {}).get("parent", {}).get("name", "")
        if parent.partition("-")[2] not in PROGRAMS:
            continue
        left = {field: "(any)" if MACHINE.fullmatch(field) else value
                for field, value in leaves(event) if field != "file.created"}
        left["process.thread.name"] = comm(event)
        # What a cut path has room for depends on that name; and where a relative
        # name is said, another may be changing the directory.
        if event["shmexec"].get("truncated") or "given" in event["shmexec"]["path"]:
            left["process.working_directory"] = "(any)"
        # In n02_a_shared_directory_that_changes one is, all the time.
        if "given" in event["shmexec"]["path"] and event["process"]["args"] == ["a"]:
            left["shmexec.path.typed"] = "(any)"
        yield re.sub(r"(/proc/|pid )\d+", r"\1(any)", json.dumps(left))


def main(one, other):
    a, b = set(lines(one)), set(lines(other))
    for path, alone in (one, a - b), (other, b - a):
        for line in sorted(alone):
            print(f"{path} alone: {line}")
    print(f"{len(a & b)} in common, {len(a ^ b)} not")
    return 1 if a ^ b or not a else 0


sys.exit(main(*sys.argv[1:]))
