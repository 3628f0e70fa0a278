#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""The examples for tools that are not run here: they parse, and agree on where
events are and where they go.  Prints TAP.  usage: examples.py TOP"""
import json
import re
import sys
import tomllib

import yaml

TOP = sys.argv[1]
STREAM = "logs-endpoint.events.process-shmexec"
# Of the rule, then and now.
PATTERNS = ["logs-endpoint.events.*", "logs-endpoint.events.process*"]


def read(path):
    with open(f"{TOP}/{path}", encoding="utf-8") as file:
        return file.read()


LOG = re.search(r" -o (\S+)", read("userspace/services/systemd/shmexec-logger.service.in"))[1]


def filebeat():
    conf = yaml.safe_load(read("examples/filebeat/filebeat.yml"))
    output = conf["output.elasticsearch"]
    return (conf["filebeat.inputs"][0]["paths"], output["index"], output["pipeline"],
            conf["processors"][0]["fingerprint"]["fields"][0])


def fluent_bit():
    conf = yaml.safe_load(read("examples/fluent-bit/fluent-bit.yaml"))
    output = conf["pipeline"]["outputs"][0]
    assert output["write_operation"] == "create"
    assert conf["pipeline"]["inputs"][0]["parser"] == conf["parsers"][0]["name"]
    return ([conf["pipeline"]["inputs"][0]["path"]], output["index"], output["pipeline"],
            re.sub(r"\$(\w+)\['(\w+)'\]", r"\1.\2", output["id_key"]))


def vector():
    conf = tomllib.loads(read("examples/vector/vector.toml"))
    sink, transform = conf["sinks"]["elasticsearch"], conf["transforms"]["shmexec_event"]
    assert sink["bulk"]["action"] == "create" and sink["inputs"] == ["shmexec_event"]
    stream = sink["data_stream"]
    return (conf["sources"]["shmexec"]["include"],
            f"{stream['type']}-{stream['dataset']}-{stream['namespace']}", sink["pipeline"],
            re.search(rf"\.{re.escape(sink['id_key'])} = \.(\S+)", transform["source"])[1])


def pipeline():
    conf = json.loads(read("examples/elasticsearch/shmexec-ingested.json"))
    assert conf["processors"][0]["set"]["field"] == "event.ingested"
    return [LOG], STREAM, "shmexec-ingested", "event.id"


def rsyslog():
    assert f'file="{LOG}"' in read("examples/rsyslog/shmexec-forward.conf")
    return [LOG], STREAM, "shmexec-ingested", "event.id"


def page():
    text = read("docs/fleet.md")
    assert STREAM in text and LOG in text
    for pattern in PATTERNS:
        assert f"`{pattern}`" in text and re.match(pattern.replace("*", ".*"), STREAM)
    for name in re.findall(r"`(examples/\S+\.\w+)`", text):
        read(name)
    return [LOG], STREAM, "shmexec-ingested", "event.id"


TESTS, bad = [filebeat, fluent_bit, vector, pipeline, rsyslog, page], 0
for number, test in enumerate(TESTS, 1):
    try:
        got = test()
        assert got == ([LOG], STREAM, "shmexec-ingested", "event.id"), got
        print(f"ok {number} - examples.{test.__name__}")
    except Exception as error:  # pylint: disable=broad-except
        bad = 1
        print(f"not ok {number} - examples.{test.__name__}: {error!r}")
print(f"1..{len(TESTS)}")
sys.exit(bad)
