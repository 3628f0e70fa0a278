// SPDX-License-Identifier: GPL-2.0
/* Documents of what is no exec, and the ids that all of them have. */
#include <inttypes.h>
#include <stdio.h>
#include "ecs_parts.h"
#include "host.h"

/**
 * ecs_event_ids() - add what tells an event from all others
 * @j: the document, in its object "event"
 * @event: the event
 * @host: the machine that it is from, NULL: not known
 */
void ecs_event_ids(struct json *j, const struct event *event,
		   const struct host *host)
{
	char id[96];

	json_text(j, "module", "shmexec");
	json_text(j, "provider", "kernel:sched_process_exec");
	/* That of a loss is the number of an event that others may have. */
	if (host && *host->boot_id && event->hdr.type != SHMEXEC_TYPE_LOST) {
		/* A sequence number alone begins again with each load. */
		snprintf(id, sizeof(id), "%s:%016" PRIx64 ":%016" PRIx64,
			 host->boot_id, (uint64_t)event->hdr.epoch,
			 (uint64_t)event->hdr.seq);
		json_text(j, "id", id);
	}
	json_number(j, "sequence", event->hdr.seq);
	json_time(j, "created", event->hdr.realtime);
}

/* No category and no type: the stock rule must not take it for an exec. */
static void add_lost(struct json *j, const struct event *event,
		     const struct host *host)
{
	char message[96];

	snprintf(message, sizeof(message),
		 "%" PRIu64 " events were lost: the logger was too slow",
		 (uint64_t)event->lost.count);
	json_text(j, "message", message);
	open_object(j, "event");
	json_text(j, "kind", "pipeline_error");
	json_text(j, "action", "lost");
	json_text(j, "dataset", "shmexec.lost");
	ecs_event_ids(j, event, host);
	close_object(j);
	open_object(j, "shmexec");
	json_number(j, "lost", event->lost.count);
	close_object(j);
}

/* No text of the change: a list may be long, and it is there in full. */
static void add_change_event(struct json *j, const struct event *event,
			     const struct host *host)
{
	bool locked = event->hdr.type == SHMEXEC_TYPE_LOCKED;
	char message[96];

	snprintf(message, sizeof(message), "the rule was %s (pid %" PRIu32 ")",
		 locked ? "locked until reboot" : "changed", event->change.pid);
	json_text(j, "message", message);
	open_object(j, "event");
	json_text(j, "kind", "state");
	one_text(j, "category", "configuration");
	one_text(j, "type", "change");
	json_text(j, "action", locked ? "locked" : "rule-changed");
	json_text(j, "dataset", "shmexec.rule");
	ecs_event_ids(j, event, host);
	close_object(j);
}

/* No process.executable: that is what the stock rule looks at. */
static void add_change(struct json *j, const struct event *event,
		       const struct host *host)
{
	const struct shmexec_change *change = &event->change;

	add_change_event(j, event, host);
	open_object(j, "user");
	json_id(j, "id", change->euid);
	open_object(j, "Ext");
	object_with_id(j, "real", change->uid);
	close_object(j);
	close_object(j);
	open_object(j, "process");
	json_number(j, "pid", change->pid);
	known_bytes(j, "name", event->comm);
	if (change->ppid) {
		open_object(j, "parent");
		json_number(j, "pid", change->ppid);
		close_object(j);
	}
	close_object(j);
	open_object(j, "shmexec");
	open_object(j, "rule");
	known_bytes(j, "parameter", event->parameter);
	known_bytes(j, "old", event->old_value);
	known_bytes(j, "new", event->new_value);
	close_object(j);
	if (change->loginuid != SHMEXEC_ID_UNSET)
		json_number(j, "loginuid", change->loginuid);
	if (change->sessionid != SHMEXEC_ID_UNSET)
		json_number(j, "sessionid", change->sessionid);
	close_object(j);
}

/**
 * ecs_state_fields() - add what happened to the events or to the rule
 * @j: the document
 * @event: an event that is no exec
 * @host: the machine that it is from, NULL: not known
 */
void ecs_state_fields(struct json *j, const struct event *event,
		      const struct host *host)
{
	if (event->hdr.type == SHMEXEC_TYPE_LOST)
		add_lost(j, event, host);
	else
		add_change(j, event, host);
}
