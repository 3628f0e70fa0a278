// SPDX-License-Identifier: GPL-2.0
/* Documents of what is no exec. */
#include <inttypes.h>
#include <stdio.h>
#include "ecs_parts.h"

/* No category and no type: the stock rule must not take it for an exec. */
static void add_lost(const struct ecs *ecs)
{
	const struct event *event = ecs->event;
	struct json *j = ecs->json;
	char message[96];

	snprintf(message, sizeof(message), "%" PRIu64 " events were lost",
		 (uint64_t)event->lost.count);
	json_text(j, "message", message);
	open_object(j, "event");
	json_word(j, "kind", "pipeline_error");
	json_word(j, "action", "lost");
	json_word(j, "dataset", "shmexec.lost");
	ecs_event_ids(ecs);
	close_object(j);
	open_object(j, "shmexec");
	json_number(j, "lost", event->lost.count);
	close_object(j);
}

/* No text of the change: a list may be long, and it is there in full. */
static void add_change_event(const struct ecs *ecs)
{
	const struct event *event = ecs->event;
	struct json *j = ecs->json;
	bool locked = event->hdr.type == SHMEXEC_TYPE_LOCKED;
	char message[96];

	snprintf(message, sizeof(message), "the rule was %s (pid %" PRIu32 ")",
		 locked ? "locked until reboot" : "changed", event->change.pid);
	json_text(j, "message", message);
	open_object(j, "event");
	json_word(j, "kind", "state");
	one_word(j, "category", "configuration");
	one_word(j, "type", "change");
	json_word(j, "action", locked ? "locked" : "rule-changed");
	json_word(j, "dataset", "shmexec.rule");
	ecs_event_ids(ecs);
	close_object(j);
}

/* A list of patterns may be empty, and is known then too. */
static void add_rule(const struct ecs *ecs)
{
	const struct event *event = ecs->event;
	struct json *j = ecs->json;

	open_object(j, "rule");
	known_bytes(j, "parameter", event->parameter);
	if (event->old_value.p)
		json_bytes(j, "old", event->old_value);
	if (event->new_value.p)
		json_bytes(j, "new", event->new_value);
	close_object(j);
}

/* No process.executable: that is what the stock rule looks at. */
static void add_change(const struct ecs *ecs)
{
	const struct event *event = ecs->event;
	struct json *j = ecs->json;
	const struct shmexec_change *change = &event->change;
	const struct exact exact[] = {
		{ "comm", event->comm },
		{ "old", event->old_value },
		{ "new", event->new_value },
	};

	add_change_event(ecs);
	open_object(j, "user");
	ecs_user_ids(ecs, change->euid);
	open_object(j, "Ext");
	ecs_user(ecs, "real", change->uid);
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
	add_rule(ecs);
	if (change->loginuid != SHMEXEC_ID_UNSET)
		json_number(j, "loginuid", change->loginuid);
	if (change->sessionid != SHMEXEC_ID_UNSET)
		json_number(j, "sessionid", change->sessionid);
	ecs_exact_bytes(ecs, exact, sizeof(exact) / sizeof(*exact));
	close_object(j);
}

/**
 * ecs_state_fields() - add what happened to the events or to the rule
 * @ecs: the document of an event that is no exec
 */
void ecs_state_fields(const struct ecs *ecs)
{
	if (ecs->event->hdr.type == SHMEXEC_TYPE_LOST)
		add_lost(ecs);
	else
		add_change(ecs);
}
