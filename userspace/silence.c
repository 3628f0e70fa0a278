// SPDX-License-Identifier: GPL-2.0
/* Why the module said nothing of a file that root has executed. */
#include <stdio.h>
#include <string.h>
#include "complain.h"
#include "module.h"
#include "silence.h"

static void tell_parameter(const char *name)
{
	char what[32], value[PARAMETER_MAX], lock[PARAMETER_MAX], how[160];

	if (!module_parameter(name, value))
		return;
	snprintf(what, sizeof(what), "%s is", name);
	if (module_parameter("lock", lock) && *lock == 'Y')
		snprintf(how, sizeof(how),
			 "to change it, as the rule is locked, edit /etc/modprobe.d/shmexec.conf and reboot");
	else
		snprintf(how, sizeof(how),
			 "to change it, write to /sys/module/shmexec/parameters/%s", name);
	complain(what, value, how);
}

/**
 * silence_explain() - tell what is in the way, and how to change it
 * @file: what was executed
 * @excluded: the counter of that name, before
 */
void silence_explain(const char *file, uint64_t excluded)
{
	static const char what[] = "the module does not report";

	if (module_counter("excluded") != excluded) {
		complain(what, file, "a pattern of exclude names it");
		tell_parameter("exclude");
	} else {
		complain(what, file, "no pattern of include names it, in a view that is on");
		tell_parameter("include");
		tell_parameter("views");
		tell_parameter("ignore_case");
	}
}
