#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Draws what a hit, and another exec, costs with each watcher, as SVG.
usage: chart.py FILE"""
import sys
from figures import WATCHERS, figure, read


def bars(cost, kind, top):
    most = max(figure(cost, "whole.%s.%s" % (kind, name)) for _, name in WATCHERS)
    for i, (text, name) in enumerate(WATCHERS):
        y, value = top + 26 * i, figure(cost, "whole.%s.%s" % (kind, name))
        width = 380 * value / max(most, 1)
        yield '<text x="10" y="%d">%s</text>' % (y + 14, text)
        yield ('<rect x="220" y="%d" width="%.1f" height="18" fill="%s"/>'
               % (y, width, "#cc6677" if name == "shmexec" else "#4477aa"))
        yield ('<text x="%.1f" y="%d">%s</text>'
               % (226 + width, y + 14, format(value, ",")))


def chart(cost):
    out = ['<svg xmlns="http://www.w3.org/2000/svg" width="720" height="420" '
           'font-family="sans-serif" font-size="13">']
    for title, kind, top in (("a hit adds", "hit", 10),
                             ("an exec of root's elsewhere adds", "outside-4", 220)):
        out.append('<text x="10" y="%d" font-size="15">Instructions that %s to fork, '
                   'exec and wait</text>' % (top + 12, title))
        out += bars(cost, kind, top + 28)
    return "\n".join(out + ["</svg>"]) + "\n"


sys.stdout.write(chart(read(sys.argv[1])[1]))
