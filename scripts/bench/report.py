#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Tables of what was measured, and with a directory the table in its
performance.md and the chart beside it.  usage: report.py FILE [DIRECTORY]"""
import sys

MARKS = ("<!-- table -->", "<!-- end of table -->")
PROBE = [
    ("a user who is not watched", "non-root", 40),
    ("root, 4 components", "outside-4", 300),
    ("root, 12 components", "outside-12", 600),
    ("root, begins like a directory of the rule", "same-letter", 300),
    ("root, on another mount", "other-mount", 300),
    ("root, in a chroot", "chroot", 300),
    ("root, in a chroot on another mount", "chroot-other-mount", 300),
    ("root, by a relative name", "relative", None),
    ("root, by a relative name on another mount", "relative-other-mount", None),
    ("excluded", "excluded", None),
    ("a hit", "hit", None),
    ("a hit, 1,000 bytes of arguments", "hit-1000-bytes", None),
    ("a hit, 4,000 bytes of arguments", "hit-4000-bytes", None),
] + [("%s, %d pattern%s" % (text, n, "s" * (n > 1)), "%s.patterns-%d" % (name, n), None)
     for n in (1, 8, 16, 32)
     for text, name in (("root, 4 components", "outside-4"), ("a hit", "hit"))
] + [("a hit, %s view alone" % view, "hit.view-" + view, None)
     for view in ("canonical", "typed", "directory")]
WHOLE = [
    ("an empty probe", "empty"), ("ftrace, filename filter", "ftrace"),
    ("the module, no reader", "module"), ("and read as it is", "read"),
    ("and written as text, to a file on tmpfs", "text"),
    ("and written as ECS, to nowhere", "ecs"),
    ("and written as ECS, to a file on tmpfs", "ecs-file"),
]
SIZE = [
    ("module, text and data", "module-bytes", 49152),
    ("a CPU", "per-cpu-bytes", 8192), ("ring", "ring-bytes", None),
    ("logger, static with musl", "musl-logger-bytes", 204800),
]


def read(name):
    with open(name, encoding="ascii") as f:
        lines = f.read().splitlines()
    head = lines[0].lstrip("# ")
    return head, {k: int(v) for k, v in
                  (l.split() for l in lines if not l.startswith("#"))}


def row(*cells):
    text = ["" if c is None else format(c, ",") if isinstance(c, int) else c
            for c in cells]
    return "| " + " | ".join(text) + " |"


def tables(head, cost):
    out = ["Measured on " + head + ".", "",
           "In the probe, instructions:", "",
           row("an exec by", "empty probe", "ftrace", "shmexec", "limit"),
           "|---|---|---|---|---|"]
    for text, name, limit in PROBE:
        out.append(row(text, *(cost.get("probe.%s.%s" % (who, name))
                               for who in ("empty", "ftrace", "shmexec")), limit))
    out += ["", "Added to fork, exec and wait, everything included:", "",
            row("what watches", "outside", "a hit"), "|---|---|---|"]
    for text, name in WHOLE:
        out.append(row(text, cost.get("whole.outside." + name),
                       cost.get("whole.hit." + name)))
    out += ["", "Size, bytes:", "", row("what", "is", "limit"), "|---|---|---|"]
    for text, name, limit in SIZE:
        out.append(row(text, cost.get("size." + name), limit))
    return "\n".join(out)


def chart(cost):
    bars = [(text, cost["whole.hit." + name]) for text, name in WHOLE
            if "whole.hit." + name in cost]
    most = max([value for _, value in bars] + [1])
    out = ['<svg xmlns="http://www.w3.org/2000/svg" width="720" height="%d" '
           'font-family="sans-serif" font-size="13">' % (50 + 28 * len(bars)),
           '<text x="10" y="22" font-size="15">Instructions that a hit adds '
           'to fork, exec and wait</text>']
    for i, (text, value) in enumerate(bars):
        y = 40 + 28 * i
        out.append('<text x="10" y="%d">%s</text>' % (y + 14, text))
        out.append('<rect x="290" y="%d" width="%.1f" height="18" '
                   'fill="#4477aa"/>' % (y, 340 * value / most))
        out.append('<text x="%.1f" y="%d">%s</text>'
                   % (296 + 340 * value / most, y + 14, format(value, ",")))
    return "\n".join(out + ["</svg>"]) + "\n"


def main():
    head, cost = read(sys.argv[1])
    text = tables(head, cost)
    if len(sys.argv) < 3:
        print(text)
        return
    page = sys.argv[2] + "/performance.md"
    with open(page, encoding="utf-8") as f:
        before, rest = f.read().split(MARKS[0])
    after = rest.split(MARKS[1])[1]
    with open(page, "w", encoding="utf-8") as f:
        f.write(before + MARKS[0] + "\n" + text + "\n" + MARKS[1] + after)
    with open(sys.argv[2] + "/performance.svg", "w", encoding="utf-8") as f:
        f.write(chart(cost))


main()
