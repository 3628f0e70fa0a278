#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Holds every ECS line that came out of the guest to be what the stock rule
"Binary Executed from Shared Memory Directory" fires on, and each of its leaves
to be a field of the example, of the same type.  Prints TAP."""
import base64
import json
import os
import re
import sys

EXAMPLE = os.path.join(os.path.dirname(__file__), "../unit/ecs-example.json")
# What the example does not need: only where bytes are no text, and only in
# documents of changes and losses.
EXACT = {"canonical", "typed", "directory", "given", "interpreter", "args", "comm",
         "pattern", "working_directory", "fs_root", "cgroup", "parent_name",
         "parent_executable"}
MORE = {(f"shmexec.bytes.{field}", str) for field in EXACT} | {
    ("shmexec.interpreter", str), ("shmexec.lost", int),
    ("shmexec.rule.parameter", str), ("shmexec.rule.old", str),
    ("shmexec.rule.new", str)}

INCLUDE = re.compile(r"/(dev/shm|run/shm|var/run|var/lock)/.*", re.I | re.S)
EXCLUDE = re.compile(r"/var/run/(docker|utsns|s6|cloudera-scm-agent)/.*", re.I | re.S)
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z")
UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def rule_fires(event):
    executable = event["process"].get("executable", "")
    return (event["host"]["os"]["type"] == "linux"
            and "process" in event["event"]["category"]
            and "start" in event["event"]["type"]
            and event["event"]["action"] in ("exec", "exec_event")
            and event["user"]["id"] == "0"
            and INCLUDE.fullmatch(executable) is not None
            and EXCLUDE.fullmatch(executable) is None)


def leaves(value, path=""):
    """Each leaf with its path; the elements of an array have the array's."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, f"{path}.{key}".lstrip("."))
    elif isinstance(value, list):
        assert value, f"{path} is an empty array"
        for item in value:
            yield from leaves(item, path)
    else:
        yield path, value


def fields(event):
    return {(path, type(value)) for path, value in leaves(event)}


def names(event):
    """What hit, and by which view, as the record itself has it."""
    path = event["shmexec"]["path"]
    match = event["shmexec"].get("match", {})
    views = match.get("views", [])
    assert set(views) <= {"canonical", "typed", "directory"}, "views"
    assert match.get("view") == (views or [None])[0], "view"
    for view in views:
        assert view in path, "a view hit by a name that is not there"
    return path[views[0]] if views else None


def check_hit(event):
    # But where no name can be known the patterns are held against nothing.
    name = names(event)
    assert rule_fires(event) == (name is not None), "the stock rule does not fire"
    if name is not None:
        assert event["process"]["executable"] == name, "executable"
    exact = event["shmexec"].get("bytes", {})
    for field in event["shmexec"]["path"]:
        replaced = "\ufffd" in event["shmexec"]["path"][field]
        assert replaced == (field in exact), field
        if replaced:
            raw = base64.b64decode(exact[field], validate=True)
            assert raw.startswith(b"/dev/shm/"), field


def check(line):
    text = line.decode("utf-8")
    assert not UNSAFE.search(text), "a character that is not for terminals"
    event = json.loads(text)
    assert TIME.fullmatch(event["@timestamp"]), "@timestamp"
    unknown = fields(event) - KNOWN
    assert not unknown, f"no fields of the example: {unknown}"
    empty = {path for path, value in leaves(event) if value in ("", None)}
    # An argument may be empty, and so may a list of patterns.
    empty -= {"process.args", "shmexec.rule.old", "shmexec.rule.new"}
    assert not empty, f"empty: {empty}"
    if event["event"]["kind"] == "event":
        check_hit(event)
    else:
        assert "executable" not in event["process"], "a state that looks like a hit"


with open(EXAMPLE, encoding="utf-8") as example:
    KNOWN = fields(json.load(example)) | MORE


def seen(lines):
    """What of the example the guest's documents have had at all."""
    return set().union(*(fields(json.loads(line)) for line in lines if line))


def main(path):
    lines = open(path, "rb").read().split(b"\n")
    bad = []
    for number, line in enumerate(lines[:-1], 1):
        try:
            check(line)
        except (AssertionError, KeyError, ValueError) as error:
            bad.append(f"# line {number}: {error!r}: {line[:300]!r}")
    never = {path for path, _ in KNOWN - MORE - seen(lines)}
    if never:
        bad.append(f"# never seen: {sorted(never)}")
    results = [
        ("every ECS line of a hit fires the stock rule", not bad),
        ("there are ECS lines, and the last one is whole",
         len(lines) > 50 and lines[-1] == b""),
    ]
    for number, (name, good) in enumerate(results, 1):
        print(f"{'ok' if good else 'not ok'} {number} - ecs: {name}")
    print("\n".join(bad[:10] + [f"1..{len(results)}"]))
    return 0 if all(good for _, good in results) else 1


sys.exit(main(sys.argv[1]))
