// SPDX-License-Identifier: GPL-2.0
/* An event as a document of the Elastic Common Schema, on one line. */
#include "ecs.h"
#include "ecs_parts.h"
#include "host.h"

#define RULE_ID	"3f3f9fe2-d095-11ec-95dc-f661ea17fbce"

static void add_agent(struct json *j, const struct host *host)
{
	open_object(j, "ecs");
	json_word(j, "version", "8.17.0");
	close_object(j);
	open_object(j, "agent");
	json_word(j, "type", "shmexec");
	if (host)
		known_text(j, "name", host->name);
	json_word(j, "version", SHMEXEC_VERSION);
	close_object(j);
}

static void add_os(struct json *j, const struct host *host)
{
	open_object(j, "os");
	json_word(j, "type", "linux");
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

static void add_host(struct json *j, const struct host *host, uint32_t ns_pid)
{
	open_object(j, "host");
	if (host) {
		known_text(j, "hostname", host->name);
		known_text(j, "name", host->name);
		known_text(j, "id", host->machine_id);
		known_text(j, "architecture", host->architecture);
		add_boot(j, host);
	}
	if (ns_pid)
		json_id(j, "pid_ns_ino", ns_pid);
	add_os(j, host);
	close_object(j);
}

/* Made for the first event, and when the machine gets another name. */
static void add_machine(const struct ecs *ecs)
{
	static struct buffer made;
	static struct host of;
	static uint32_t of_ns;
	const struct event *event = ecs->event;
	const struct host *host = ecs->host;
	struct json j = { .out = &made };
	uint32_t ns = event->hdr.type == SHMEXEC_TYPE_EXEC ? event->exec.ns_pid : 0;

	if (!host) {
		add_agent(ecs->json, NULL);
		add_host(ecs->json, NULL, ns);
		return;
	}
	if (!made.len || made.failed || ns != of_ns || host_differs(host, &of)) {
		made.len = 0;
		made.failed = false;
		of = *host;
		of_ns = ns;
		add_agent(&j, host);
		add_host(&j, host, ns);
	}
	json_made(ecs->json, NULL, &made);
}

static void add_exec_event(const struct ecs *ecs)
{
	struct json *j = ecs->json;

	one_word(j, "tags", "shm-exec");
	open_object(j, "event");
	json_word(j, "kind", "event");
	one_word(j, "category", "process");
	one_word(j, "type", "start");
	json_word(j, "action", "exec");
	json_word(j, "outcome", "success");
	json_word(j, "dataset", "shmexec.exec");
	json_number(j, "severity", 73);
	json_number(j, "risk_score", 73);
	ecs_event_ids(ecs);
	close_object(j);
}

static void add_rule(struct json *j)
{
	open_object(j, "rule");
	json_word(j, "id", RULE_ID);
	json_word(j, "uuid", RULE_ID);
	json_word(j, "name", "Binary Executed from Shared Memory Directory");
	json_word(j, "ruleset", "elastic/detection-rules");
	json_word(j, "category", "Execution");
	json_word(j, "reference",
		  "https://www.elastic.co/security-labs/a-peek-behind-the-bpfdoor");
	json_word(j, "version", "query of 2023-08-25");
	close_object(j);
}

static void add_threat_part(struct json *j, const char *key, const char *id,
			    const char *name, const char *reference)
{
	open_object(j, key);
	one_word(j, "id", id);
	one_word(j, "name", name);
	one_word(j, "reference", reference);
	close_object(j);
}

static void add_threat(struct json *j)
{
	open_object(j, "threat");
	json_word(j, "framework", "MITRE ATT&CK");
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
	json_made(j, NULL, &fixed);
}

/* In the place of the comma behind the document. */
static void end_line(struct buffer *out)
{
	if (out->len)
		out->p[out->len - 1] = '\n';
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
	json_time(&j, "@timestamp", event->hdr.realtime);
	add_machine(&ecs);
	if (event->hdr.type == SHMEXEC_TYPE_EXEC) {
		add_exec_event(&ecs);
		ecs_exec_fields(&ecs);
		add_fixed(&j);
	} else {
		ecs_state_fields(&ecs);
	}
	close_object(&j);
	end_line(out);
}
