#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Holds every ECS line that came out of the guests to be one line of valid UTF-8,
each of its leaves to be a field of the example, of the same type, and each of the
example's leaves to be there at all; and, as long as the rule is the stock one, to
be what that fires on.  Prints TAP.  usage: ecs.py [--lacking] FILE...
--lacking: the kernel was built without AUDIT, CGROUPS and NAMESPACES, and its
documents have none of their fields."""
import base64
import codecs
import json
import os
import re
import sys

EXAMPLE = os.path.join(os.path.dirname(__file__), "ecs-example.json")
# What a kernel of few options has not.
LACKING = {"container.id", "container.runtime", "shmexec.cgroup", "shmexec.bytes.cgroup",
           "shmexec.loginuid", "shmexec.sessionid", "host.pid_ns_ino", "shmexec.ns.pid",
           "shmexec.ns.user", "shmexec.ns.net", "shmexec.ns.cgroup", "shmexec.ns.uts",
           "shmexec.ns.ipc"}
# Where the exact bytes of a string are, and the text that stands for them.
TEXT = {"canonical": "shmexec.path.canonical", "typed": "shmexec.path.typed",
        "directory": "shmexec.path.directory", "given": "shmexec.path.given",
        "interpreter": "shmexec.interpreter", "comm": "process.thread.name",
        "pattern": "shmexec.match.pattern", "fs_root": "shmexec.fs_root",
        "working_directory": "process.working_directory", "cgroup": "shmexec.cgroup",
        "parent_name": "process.parent.name", "args": "process.args",
        "parent_executable": "process.parent.executable",
        "old": "shmexec.rule.old", "new": "shmexec.rule.new"}
# What the example has not.
MORE = {("shmexec.interpreter", str), ("shmexec.script", bool),
        ("shmexec.unreachable", bool), ("shmexec.cgroup", str),
        ("shmexec.path.given", str), ("shmexec.file.generation", int),
        ("shmexec.ns.net", int), ("shmexec.ns.uts", int), ("shmexec.ns.ipc", int),
        ("process.parent.real_group.id", str), ("process.parent.real_group.name", str),
        ("shmexec.lost", int), ("shmexec.rule.parameter", str),
        ("shmexec.rule.old", str), ("shmexec.rule.new", str)}
BYTES = {(f"shmexec.bytes.{field}", str) for field in TEXT}

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


# Each byte that is no text, alone.
codecs.register_error("each", lambda error: ("\ufffd" * (error.end - error.start),
                                             error.end))
ALL_BYTES = b"/dev/shm/" + bytes(c for c in range(1, 256) if c != ord("/"))


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


def check_exact(event):
    """What stands for bytes that are no text is those bytes, and nothing else is."""
    text = {}
    for path, value in leaves(event):
        text.setdefault(path, []).append(value)
    exact = event["shmexec"].get("bytes", {})
    for field, path in TEXT.items():
        if event["event"]["kind"] == "state" and field == "comm":
            path = "process.name"
        said = text.get(path, [])
        if field not in exact:
            assert "\ufffd" not in "".join(said), f"{field}: its bytes are not there"
            continue
        raw = base64.b64decode(exact[field], validate=True)
        parts = raw.removesuffix(b"\0").split(b"\0") if field == "args" else [raw]
        if field == "parent_name" and "executable" in event["process"]["parent"]:
            continue
        assert said == [part.decode("utf-8", "each") for part in parts], field


class Rule:
    """Whether it is the stock one, from what the events say of it."""

    def __init__(self):
        self.epoch = None
        self.value = {}
        self.known = True

    def see(self, event):
        epoch = event["event"].get("id", "::").split(":")[1]
        if epoch and epoch != self.epoch:
            # A module that was loaded anew may have another one from the start.
            self.known = self.known and self.epoch is None
            self.epoch = epoch
        rule = event["shmexec"].get("rule")
        if rule and rule["parameter"] != "lock":
            self.value.setdefault(rule["parameter"], [rule["old"], None])[1] = rule["new"]
        # It may have been a change.
        if "lost" in event["shmexec"] and self.value:
            self.known = False

    def stock(self):
        return self.known and all(old == new for old, new in self.value.values())


def check(line, rule):
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
    check_exact(event)
    rule.see(event)
    if event["event"]["kind"] == "event":
        if rule.stock():
            check_hit(event)
        return rule.stock()
    assert "executable" not in event.get("process", {}), "a state that looks like a hit"
    return False


with open(EXAMPLE, encoding="utf-8") as example:
    OF_EXAMPLE = fields(json.load(example))
KNOWN = OF_EXAMPLE | MORE | BYTES


def look(path, bad):
    """The good documents of a file, and how many of them the stock rule fires on."""
    lines = open(path, "rb").read().split(b"\n")
    rule, good, fired = Rule(), [], 0
    if lines.pop():
        bad.append(f"# {path}: the last line is not whole")
    for number, line in enumerate(lines, 1):
        try:
            fired += check(line, rule)
            good.append(json.loads(line))
        except (AssertionError, KeyError, ValueError) as error:
            bad.append(f"# {path}:{number}: {error!r}: {line[:300]!r}")
    return good, fired


def lacking_by_age(events):
    """tmpfs has kept when a file was made since 5.18."""
    for event in events:
        version = re.match(r"(\d+)\.(\d+)", event["host"]["os"]["kernel"])
        return {"file.created"} if tuple(map(int, version.groups())) < (5, 18) else set()
    return set()


def main(paths):
    lacking = LACKING if paths[0] == "--lacking" else set()
    paths = paths[1:] if lacking else paths
    bad, events, fired = [], [], 0
    for path in paths:
        good, count = look(path, bad)
        events += good
        fired += count
    lacking = lacking | lacking_by_age(events)
    seen = set().union(*map(fields, events)) if events else set()
    never = sorted(path for path, _ in (OF_EXAMPLE | MORE) - seen if path not in lacking)
    bad += [f"# {path}: this kernel cannot have it" for path, _ in seen if path in lacking]
    exact = [base64.b64decode(event["shmexec"].get("bytes", {}).get("canonical", ""))
             for event in events]
    kinds = {event["event"]["action"] for event in events}
    results = [
        ("every line is a document of the example's fields and types", not bad),
        (f"the stock rule fires on {fired} of {len(events)}", fired > 100),
        ("each field of the example is there", not never),
        ("there is one of each kind",
         kinds == {"exec", "lost", "rule-changed", "locked"}),
        ("a name of each byte that one may have is exact", ALL_BYTES in exact),
    ]
    for number, (name, good) in enumerate(results, 1):
        print(f"{'ok' if good else 'not ok'} {number} - ecs: {name}")
    print("\n".join(bad[:10] + [f"# never: {never}", f"# exact bytes of: "
          f"{sorted(path for path, _ in BYTES & seen)}", f"1..{len(results)}"]))
    return 0 if all(good for _, good in results) else 1


sys.exit(main(sys.argv[1:]))
