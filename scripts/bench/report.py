#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Tables of what was measured, which a page may be given for its own.  Ends 1 if
a figure is missing or grows faster than linearly.
usage: report.py FILE [PAGE]"""
import sys
from figures import WATCHERS, figure, problems, read

MARKS = ("<!-- table -->", "<!-- end of table -->")
KINDS = [
    ("a user who is not watched", "non-root", 40),
    ("root, 4 components", "outside-4", 300),
    ("root, 12 components", "outside-12", 600),
    ("root, another mount", "other-mount", 300),
    ("root, in a chroot", "chroot", 300),
    ("root, relative name", "relative", None),
    ("a hit", "hit", None),
]
MORE_KINDS = [
    ("root, begins like a directory of the rule", "same-letter", 300),
    ("root, in a chroot on another mount", "chroot-other-mount", 300),
    ("root, relative name on another mount", "relative-other-mount", None),
    ("excluded", "excluded", None),
] + [("a hit, %s view alone" % view, "hit.view-" + view, None)
     for view in ("canonical", "typed", "directory")]
IN_THE_PROBE = ("empty", "ftrace", "bpftrace", "shmexec")
STAGES = [
    ("the module, no reader", "module"),
    ("and cat, to a file on tmpfs", "cat"),
    ("and the logger, as it is, to nowhere", "read"),
    ("and as text, to a file on tmpfs", "text"),
    ("and as ECS, to nowhere", "ecs"),
    ("and as ECS, to a file on tmpfs", "shmexec"),
]
# What it may grow with, how many of it, and what else may be between two figures:
# a page begins, and a whole exec is not exact.
SERIES = [
    ("patterns, root outside", "probe.shmexec.outside-4.patterns-%d", (1, 8, 16, 32), 0),
    ("patterns, a hit", "probe.shmexec.hit.patterns-%d", (1, 8, 16, 32), 0),
    ("directories of the path, a hit", "probe.shmexec.hit.below-%d", (2, 4, 8, 16), 0),
    ("bytes of arguments, a hit", "probe.shmexec.hit.bytes-%d", (1000, 2000, 4000), 100),
    ("readers, a hit, everything included", "whole.hit.readers-%d", (1, 2, 4, 8), 2000),
    ("CPUs, a hit, everything included", "whole.cpus-%d.shmexec", (1, 2, 4), 4000),
]
SIZE = [
    ("module, text and data", "module-bytes", 49152),
    ("a CPU", "per-cpu-bytes", 8192), ("ring", "ring-bytes", None),
    ("logger, static with musl", "musl-logger-bytes", 204800),
]


def row(*cells):
    text = ["" if c is None else format(c, ",") if isinstance(c, int) else c
            for c in cells]
    return "| " + " | ".join(text) + " |"


def table(title, head, rows):
    return ["", title, "", row(*head), "|" + "---|" * len(head)] + rows


def in_the_probe(cost):
    rows = [row(text, *(figure(cost, "probe.%s.%s" % (who, name))
                        for who in IN_THE_PROBE), limit)
            for text, name, limit in KINDS]
    rows += [row(text, None, None, None, figure(cost, "probe.shmexec." + name), limit)
             for text, name, limit in MORE_KINDS]
    return table("In the probe, instructions:",
                 ("an exec by", "empty probe", "ftrace", "bpftrace", "shmexec",
                  "limit"), rows)


def watchers(cost):
    kinds = [(text, name) for text, name, _ in KINDS] + [("a hit by itself", "alone")]
    names = [("nothing: fork, exec and wait", "nothing")] + WATCHERS
    # By itself it has a pause behind it, which is not of interest.
    rows = [row(text, *(None if (kind, name) == ("alone", "nothing") else
                        figure(cost, "whole.%s.%s" % (kind, name))
                        for _, kind in kinds)) for text, name in names]
    return table("Added to fork, exec and wait, everything included, in a row:",
                 ["what watches"] + [text for text, _ in kinds], rows)


def stages(cost):
    rows = [row(text, *(figure(cost, "whole.%s.%s" % (kind, name))
                        for kind in ("hit", "alone"))) for text, name in STAGES]
    return table("A hit by stages, everything before included:",
                 ("what", "one of many in a row", "by itself"), rows)


def growth(cost, text, name, counts, noise):
    """A row.  One more may not cost more at the end than it did before, but for
    10 % and for what else there may be."""
    points = [(n, figure(cost, name % n)) for n in counts]
    steps = [(b - a) / (n - m) for (m, a), (n, b) in zip(points, points[1:])]
    most = max(1.1 * step for step in steps[:-1]) + noise / (counts[-1] - counts[-2])
    if steps[-1] > max(most, 0):
        problems.append("%s: it grows faster than linearly: by %.2f each, then by "
                        "%.2f" % (text, max(steps[:-1]), steps[-1]))
    ends = ["%s: %s" % (format(n, ","), format(c, ","))
            for n, c in (points[0], points[-1])]
    return row(text, *ends, *("%.2f" % step for step in (steps[0], steps[-1])))


def cpus(cost, n):
    part = [figure(cost, "whole.cpus-%d.%s" % (n, what))
            for what in ("nothing", "module", "shmexec")]
    return row(str(n), *part, n * 10**9 // (part[0] + part[2] or 1))


def tables(head, cost):
    out = ["Measured on " + head + "."]
    out += in_the_probe(cost) + watchers(cost) + stages(cost)
    out += table("Growth, instructions; a step is one more of them:",
                 ("with", "from", "to", "first step", "last step"),
                 [growth(cost, *series) for series in SERIES])
    out += table("CPUs that all make hits, one logger, ECS to a file on tmpfs; the "
                 "clock counts the instructions of all of them:",
                 ("CPUs", "fork, exec and wait", "the module adds",
                  "with the logger", "hits a second, if each CPU does "
                  "1,000,000,000 instructions"), [cpus(cost, n) for n in (1, 2, 4)])
    out += table("Size, bytes:", ("what", "is", "limit"),
                 [row(text, figure(cost, "size." + name), limit)
                  for text, name, limit in SIZE])
    return "\n".join(out)


def write(text, page):
    with open(page, encoding="utf-8") as f:
        before, rest = f.read().split(MARKS[0])
    after = rest.split(MARKS[1])[1]
    with open(page, "w", encoding="utf-8") as f:
        f.write(before + MARKS[0] + "\n" + text + "\n" + MARKS[1] + after)


def main():
    text = tables(*read(sys.argv[1]))
    print(text)
    for problem in problems:
        print("error: " + problem, file=sys.stderr)
    if len(sys.argv) > 2 and not problems:
        write(text, sys.argv[2])
    sys.exit(bool(problems))


main()
