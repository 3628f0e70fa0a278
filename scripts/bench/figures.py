# SPDX-License-Identifier: GPL-2.0
"""The figures that scripts/bench.sh measures, and what is wrong with them."""

# Who watches, in the order in which tables and chart have them.
WATCHERS = [
    ("an empty probe", "empty"),
    ("ftrace, filename filter", "ftrace"),
    ("bpftrace, the rule", "bpftrace"),
    ("auditd, dir= and euid=0", "auditd-dir"),
    ("auditd, execve and euid=0", "auditd-execve"),
    ("shmexec, ECS to a file", "shmexec"),
]
problems = []


def read(name):
    with open(name, encoding="ascii") as f:
        lines = f.read().splitlines()
    head = lines[0].lstrip("# ")
    return head, {k: int(v) for k, v in
                  (l.split() for l in lines if not l.startswith("#"))}


def figure(cost, name):
    if name not in cost:
        problems.append("%s is missing" % name)
    return cost.get(name, 0)
