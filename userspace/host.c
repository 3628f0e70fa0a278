// SPDX-License-Identifier: GPL-2.0
/* What the logger knows of the machine that it runs on. */
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include "host.h"

static void first_line(char *to, int size, const char *path)
{
	FILE *f = fopen(path, "re");

	if (!f)
		return;
	if (!fgets(to, size, f))
		to[0] = '\0';
	to[strcspn(to, "\n")] = '\0';
	fclose(f);
}

/* A line KEY=VALUE, KEY="VALUE" or KEY='VALUE'. */
static void take_value(char *to, size_t size, const char *line, const char *key)
{
	size_t len = strlen(key);
	const char *value = line + len + 1;
	char ends[] = "\n\n";

	if (strncmp(line, key, len) || line[len] != '=')
		return;
	if (*value == '"' || *value == '\'')
		ends[0] = *value++;
	snprintf(to, size, "%.*s", (int)strcspn(value, ends), value);
}

static void take_line(struct host *host, const char *line)
{
	take_value(host->os_id, sizeof(host->os_id), line, "ID");
	take_value(host->os_family, sizeof(host->os_family), line, "ID_LIKE");
	take_value(host->os_name, sizeof(host->os_name), line, "NAME");
	take_value(host->os_version, sizeof(host->os_version), line, "VERSION");
	take_value(host->os_full, sizeof(host->os_full), line, "PRETTY_NAME");
}

/* ECS calls a whole family redhat. */
static void settle_family(struct host *host)
{
	char *family = host->os_family;

	if (!*family)
		strcpy(family, host->os_id);
	family[strcspn(family, " ")] = '\0';
	if (!strcmp(family, "rhel") || !strcmp(family, "fedora") ||
	    !strcmp(family, "centos"))
		strcpy(family, "redhat");
}

static void read_os_release(struct host *host)
{
	FILE *f = fopen("/etc/os-release", "re");
	char line[256];

	if (!f)
		f = fopen("/usr/lib/os-release", "re");
	if (!f)
		return;
	while (fgets(line, sizeof(line), f))
		take_line(host, line);
	fclose(f);
	settle_family(host);
}

/**
 * host_here() - describe this machine
 * @host: filled in
 */
void host_here(struct host *host)
{
	struct utsname uts;

	memset(host, 0, sizeof(*host));
	if (!uname(&uts)) {
		snprintf(host->name, sizeof(host->name), "%s", uts.nodename);
		snprintf(host->kernel, sizeof(host->kernel), "%s", uts.release);
		snprintf(host->architecture, sizeof(host->architecture), "%s",
			 uts.machine);
	}
	first_line(host->boot_id, sizeof(host->boot_id),
		   "/proc/sys/kernel/random/boot_id");
	first_line(host->machine_id, sizeof(host->machine_id),
		   "/etc/machine-id");
	read_os_release(host);
	host->users.file = "/etc/passwd";
	host->groups.file = "/etc/group";
}

/**
 * host_refresh() - notice what may have changed since it was described
 * @host: from host_here()
 * @now: ns of the boot clock, of an event: it is looked at once a second
 */
void host_refresh(struct host *host, uint64_t now)
{
	uint64_t second = now / 1000000000 + 1;
	struct utsname uts;

	if (host->refreshed == second)
		return;
	host->refreshed = second;
	if (*host->name && !uname(&uts))
		snprintf(host->name, sizeof(host->name), "%s", uts.nodename);
	ids_refresh(&host->users);
	ids_refresh(&host->groups);
}
