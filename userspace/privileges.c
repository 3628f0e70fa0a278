// SPDX-License-Identifier: GPL-2.0
/* What only root may do ends once the device is open. */
#include <errno.h>
#include <grp.h>
#include <inttypes.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>
#include "complain.h"
#include "options.h"
#include "privileges.h"

static int refuse(const char *user, const char *why)
{
	complain("cannot run as", user, why);
	return FAILURE;
}

/* By name or number.  Of the file alone, as ids.c says why. */
static int look_up(const char *user, uid_t *uid, gid_t *gid)
{
	FILE *f = fopen("/etc/passwd", "re");
	struct passwd *entry;
	char number[16];
	int found = 0;

	if (!f)
		return 0;
	while (!found && (entry = fgetpwent(f))) {
		snprintf(number, sizeof(number), "%u", (unsigned int)entry->pw_uid);
		found = !strcmp(user, entry->pw_name) || !strcmp(user, number);
		*uid = entry->pw_uid;
		*gid = entry->pw_gid;
	}
	fclose(f);
	return found;
}

/**
 * privileges_drop() - become a user for good
 * @user: name or number of one in /etc/passwd
 *
 * Return: 0, or FAILURE, which standard error has been told
 */
int privileges_drop(const char *user)
{
	uid_t uid = 0;
	gid_t gid = 0;

	if (!look_up(user, &uid, &gid))
		return refuse(user, "there is no such user in /etc/passwd");
	if (!uid)
		return refuse(user, "that is root: leave -u out");
	if (setgroups(0, NULL) || setresgid(gid, gid, gid) ||
	    setresuid(uid, uid, uid) || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return refuse(user, strerror(errno));
	if (!setuid(0))
		return refuse(user, "it could become root again");
	return 0;
}
