#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Events from a device to a central server, by the configuration in
examples/rsyslog and a rsyslogd for either, here.  Prints TAP.
usage: rsyslog.py EXAMPLES"""
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

EXAMPLES = sys.argv[1]
LIMIT = 120  # seconds that anything awaited may take
EVENT = json.load(open(os.path.join(os.path.dirname(__file__),
                                    "../unit/ecs-example.json"), encoding="utf-8"))


def await_that(what, condition):
    end = time.monotonic() + LIMIT
    while not condition():
        assert time.monotonic() < end, f"it did not come: {what}"
        time.sleep(0.05)


def read(path):
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except FileNotFoundError:
        return ""


def openssl(*args):
    subprocess.run(["openssl", *args], check=True, capture_output=True)


class Site:
    """An authority, a central server and a device, in a directory."""

    def __init__(self):
        self.dir = tempfile.mkdtemp(prefix="shmexec-rsyslog-")
        self.log, self.fleet = self.path("events.json"), self.path("fleet.json")
        self.running, self.count = {}, 0
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        openssl("req", "-x509", *self.key("ca"), "-out", self.path("ca.pem"),
                "-subj", "/CN=authority")
        self.certify("central", "central.example.net")
        self.certify("device", "d1.devices.example.net")
        self.certify("stranger", "d1.elsewhere.example.net")
        # As the unit says it is stopped.
        self.stop_by = getattr(signal, re.search(
            r"^KillSignal=(.*)$", read(f"{EXAMPLES}/shmexec-forward.service"),
            re.M)[1])

    def path(self, name):
        return os.path.join(self.dir, name)

    def key(self, name):
        return ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                "-nodes", "-keyout", self.path(f"{name}.key")]

    def certify(self, name, host):
        openssl("req", *self.key(name), "-out", self.path("request"),
                "-subj", f"/CN={host}")
        with open(self.path("extensions"), "w", encoding="ascii") as file:
            file.write(f"subjectAltName=DNS:{host}\n")
        openssl("x509", "-req", "-in", self.path("request"), "-CA",
                self.path("ca.pem"), "-CAkey", self.path("ca.key"),
                "-CAcreateserial", "-extfile", self.path("extensions"),
                "-out", self.path(f"{name}.pem"))

    def config(self, name, example, *more):
        """What is shipped, but for where things are and for the patience."""
        text = read(f"{EXAMPLES}/{example}")
        os.makedirs(self.path(f"{name}-spool"), exist_ok=True)
        if "workDirectory" not in text:
            text = f'global(workDirectory="{self.path(name)}-spool")\n' + text
        for old, new in (("/var/lib/shmexec-forward", self.path(f"{name}-spool")),
                         ("/var/log/shmexec/", f"{self.dir}/"),
                         ("/var/log/shmexec-", f"{self.dir}/"),
                         ("/etc/shmexec/", f"{self.dir}/"),
                         ('target="central.example.net"', 'target="127.0.0.1"'),
                         ('port="2514"', f'port="{self.port}"'),
                         ('nterval="10"', 'nterval="1"'), *more):
            text = text.replace(old, new)
        with open(self.path(f"{name}.conf"), "w", encoding="utf-8") as file:
            file.write(text)

    def start(self, name):
        with open(self.path(f"{name}.said"), "a", encoding="utf-8") as said:
            self.running[name] = subprocess.Popen(
                ["rsyslogd", "-n", "-i", self.path(f"{name}.pid"), "-f",
                 self.path(f"{name}.conf")], stderr=said, stdin=subprocess.DEVNULL)

    def stop(self, name, by):
        daemon = self.running.pop(name)
        daemon.send_signal(by)
        daemon.wait(LIMIT)
        if os.path.exists(self.path(f"{name}.pid")):
            os.unlink(self.path(f"{name}.pid"))

    def restart_device(self):
        self.stop("device", self.stop_by)
        self.start("device")

    def document(self, number):
        event = dict(EVENT, event=dict(EVENT["event"], id=f"b:e:{number:016x}",
                                       sequence=number))
        arg = f"é\u2028\\ \"{number}\" " + "\x1b" * (20000 if number % 100 == 7 else 1)
        event["process"] = dict(EVENT["process"], args=["/dev/shm/p", arg],
                                command_line=f"/dev/shm/p {arg}")
        return json.dumps(event, ensure_ascii=bool(number % 2))

    def events(self, count):
        """As the logger adds them to its file."""
        with open(self.log, "a", encoding="utf-8") as file:
            for _ in range(count):
                self.count += 1
                file.write(self.document(self.count) + "\n")
                file.flush()

    def rotate(self):
        os.rename(self.log, self.path("events.json.1"))

    def said(self, what):
        return read(self.path("device.said")).count(what)

    def arrived(self):
        return read(self.fleet).split("\n")[:-1]

    def all_arrive(self):
        want = [self.document(n + 1) for n in range(self.count)]
        await_that("all events", lambda: set(self.arrived()) >= set(want))
        got = self.arrived()
        assert len(got) == len(want), f"{len(got)} arrived of {len(want)}"
        assert got == want, "they arrived in another order"

    def beats(self):
        return read(self.path("fleet.alive")).count("-- MARK --")


def arrives(site):
    site.config("central", "shmexec-central.conf")
    site.config("device", "shmexec-forward.conf")
    site.start("central")
    site.start("device")
    site.events(10)
    site.all_arrive()


def tells_that_it_is_there(site):
    before = site.beats()
    await_that("a sign of life", lambda: site.beats() > before)


def through_an_outage(site):
    """Events, and a rotation amid them, while the central server is away.  The
    device's rsyslogd is restarted with an event that it has sent to nobody."""
    had, broken = len(site.arrived()), site.said("- suspending")
    site.stop("central", signal.SIGTERM)
    site.events(50)
    site.rotate()
    site.events(50)
    # The events have a connection, the signs of life another.
    await_that("both connections break", lambda:
               site.said("- suspending") >= broken + 2)
    for _ in range(3):
        before = site.said("error opening connection")
        site.restart_device()
        await_that("the device tries to send", lambda:
                   site.said("error opening connection") > before)
    assert len(site.arrived()) == had
    site.start("central")
    site.all_arrive()


def through_a_rotation(site):
    site.events(20)
    site.rotate()
    with open(site.path("events.json.1"), "a", encoding="utf-8") as file:
        site.count += 1
        file.write(site.document(site.count) + "\n")
    site.events(20)
    site.all_arrive()


def killed_while_sending(site):
    """Some may come twice, as event.id tells; none is missing."""
    first, had = site.count, len(site.arrived())
    site.events(60)
    for part in (10, 20, 35):
        await_that("some of them", lambda: len(site.arrived()) >= had + part)
        site.restart_device()
    want = {site.document(n + 1) for n in range(first, site.count)}
    await_that("all of them", lambda: set(site.arrived()) >= want)
    again = len(site.arrived()) - site.count
    assert again <= 3, f"{again} came twice, more than one a restart"


def refuses_strangers(site):
    site.stop("device", site.stop_by)
    had = site.arrived()
    site.config("stranger", "shmexec-forward.conf",
                ("device.pem", "stranger.pem"), ("device.key", "stranger.key"))
    site.start("stranger")
    await_that("the refusal", lambda: re.search(
        "authentication error.*elsewhere", read(site.path("central.said"))))
    site.stop("stranger", site.stop_by)
    assert site.arrived() == had, "a stranger's events were taken"


TESTS = [arrives, tells_that_it_is_there, through_an_outage, through_a_rotation,
         killed_while_sending, refuses_strangers]


def main():
    site, bad = Site(), 0
    for number, test in enumerate(TESTS, 1):
        begun = time.monotonic()
        try:
            test(site)
            print(f"ok {number} - rsyslog.{test.__name__}: "
                  f"{time.monotonic() - begun:.0f} s", flush=True)
        except Exception as error:  # pylint: disable=broad-except
            # What comes after builds on it.
            bad = 1
            print(f"not ok {number} - rsyslog.{test.__name__}: {error}", flush=True)
            for name in ("device.said", "central.said"):
                for line in read(site.path(name)).splitlines()[-20:]:
                    print(f"# {name}: {line}")
            break
    for daemon in site.running.values():
        daemon.kill()
        daemon.wait()
    shutil.rmtree(site.dir)
    print(f"1..{len(TESTS)}")
    sys.exit(bad)


main()
