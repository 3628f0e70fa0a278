// SPDX-License-Identifier: GPL-2.0
/* An event as a document of the Elastic Common Schema, on one line. */
#include "ecs.h"
#include "ecs_parts.h"
#include "host.h"

#define RULE_ID	"3f3f9fe2-d095-11ec-95dc-f661ea17fbce"

static void add_head(struct json *j, const struct event *event,
		     const struct host *host)
{
	json_time(j, "@timestamp", event->hdr.realtime);
	open_object(j, "ecs");
	json_text(j, "version", "8.17.0");
	close_object(j);
	open_object(j, "agent");
	json_text(j, "type", "shmexec");
	if (host)
		known_text(j, "name", host->name);
	json_text(j, "version", SHMEXEC_VERSION);
	close_object(j);
}

static void add_os(struct json *j, const struct host *host)
{
	open_object(j, "os");
	json_text(j, "type", "linux");
	if (host) {
		known_text(j, "family", host->os_family);
		known_text(j, "platform", host->os_id);
		known_text(j, "name", host->os_name);
		known_text(j, "version", host->os_version);
		known_text(j, "full", host->os_full);
		known_text(j, "kernel", host->kernel);
	}
	close_object(j);
}

static void add_boot(struct json *j, const struct host *host)
{
	if (!*host->boot_id)
		return;
	open_object(j, "boot");
	json_text(j, "id", host->boot_id);
	close_object(j);
}

static void add_host(const struct ecs *ecs)
{
	const struct event *event = ecs->event;
	const struct host *host = ecs->host;
	struct json *j = ecs->json;

	open_object(j, "host");
	if (host) {
		known_text(j, "hostname", host->name);
		known_text(j, "name", host->name);
		known_text(j, "id", host->machine_id);
		known_text(j, "architecture", host->architecture);
		add_boot(j, host);
	}
	if (event->hdr.type == SHMEXEC_TYPE_EXEC && event->exec.ns_pid)
		json_id(j, "pid_ns_ino", event->exec.ns_pid);
	add_os(j, host);
	close_object(j);
}

static void add_exec_event(const struct ecs *ecs)
{
	struct json *j = ecs->json;

	one_text(j, "tags", "shm-exec");
	open_object(j, "event");
	json_text(j, "kind", "event");
	one_text(j, "category", "process");
	one_text(j, "type", "start");
	json_text(j, "action", "exec");
	json_text(j, "outcome", "success");
	json_text(j, "dataset", "shmexec.exec");
	json_number(j, "severity", 73);
	json_number(j, "risk_score", 73);
	ecs_event_ids(ecs);
	close_object(j);
}

static void add_rule(struct json *j)
{
	open_object(j, "rule");
	json_text(j, "id", RULE_ID);
	json_text(j, "uuid", RULE_ID);
	json_text(j, "name", "Binary Executed from Shared Memory Directory");
	json_text(j, "ruleset", "elastic/detection-rules");
	json_text(j, "category", "Execution");
	json_text(j, "reference",
		  "https://www.elastic.co/security-labs/a-peek-behind-the-bpfdoor");
	json_text(j, "version", "query of 2023-08-25");
	close_object(j);
}

static void add_threat_part(struct json *j, const char *key, const char *id,
			    const char *name, const char *reference)
{
	open_object(j, key);
	one_text(j, "id", id);
	one_text(j, "name", name);
	one_text(j, "reference", reference);
	close_object(j);
}

static void add_threat(struct json *j)
{
	open_object(j, "threat");
	json_text(j, "framework", "MITRE ATT&CK");
	add_threat_part(j, "tactic", "TA0002", "Execution",
			"https://attack.mitre.org/tactics/TA0002/");
	add_threat_part(j, "technique", "T1059",
			"Command and Scripting Interpreter",
			"https://attack.mitre.org/techniques/T1059/");
	close_object(j);
}

/* What each of them says: made once. */
static void add_fixed(struct json *j)
{
	static struct buffer fixed;
	struct json made = { .out = &fixed };

	if (!fixed.len || fixed.failed) {
		fixed.len = 0;
		fixed.failed = false;
		add_rule(&made);
		add_threat(&made);
	}
	json_raw(j, NULL, &fixed);
}

/**
 * ecs_event() - add an event as one document and a newline
 * @out: where it goes; nothing is added for a type that is not known
 * @event: the event
 * @host: the machine that it is from, NULL: not known
 */
void ecs_event(struct buffer *out, const struct event *event, struct host *host)
{
	struct json j = { .out = out };
	const struct ecs ecs = { &j, event, host };

	if (!event_known(event))
		return;

	open_object(&j, NULL);
	add_head(&j, event, host);
	add_host(&ecs);
	if (event->hdr.type == SHMEXEC_TYPE_EXEC) {
		add_exec_event(&ecs);
		ecs_exec_fields(&ecs);
		add_fixed(&j);
	} else {
		ecs_state_fields(&ecs);
	}
	close_object(&j);
	buffer_text(out, "\n");
}
