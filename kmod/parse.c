// SPDX-License-Identifier: GPL-2.0
/* Lists of patterns and views: pure, the host's tests build this as it is. */
#include <linux/errno.h>
#include <linux/string.h>
#include "component.h"
#include "limits.h"
#include "parse.h"
#include "uapi/shmexec.h"

const char * const shmexec_view_name[SHMEXEC_NR_VIEWS] = {
	"canonical", "typed", "directory",
};

/* An item of a list: @text to the next comma or the end. */
struct item {
	const char *text;
	u32 len;
};

static bool next_item(const char *list, u32 len, struct item *item)
{
	u32 from = item->text ? item->text - list + item->len + 1 : 0, i;

	if (from > len)
		return false;
	for (i = from; i < len && list[i] != ',';)
		i++;
	item->text = list + from;
	item->len = i - from;
	return true;
}

static int complain(struct shmexec_complaint *bad, int error, const char *why,
		    const char *list, const struct item *item, u32 offset)
{
	bad->why = why;
	bad->start = item->text - list;
	bad->len = item->len;
	bad->at = bad->start + offset + 1;
	return error;
}

/* What no path has can be no part of a pattern: it would never match. */
static int check_pattern(const char *list, const struct item *item,
			 struct shmexec_complaint *bad)
{
	u32 i;

	if (!item->len)
		return complain(bad, -EINVAL, "a pattern is empty", list, item, 0);
	if (item->len > SHMEXEC_PATTERN_MAX)
		return complain(bad, -E2BIG, "a pattern is longer than 255 bytes",
				list, item, SHMEXEC_PATTERN_MAX);
	if (!strchr("/*?", item->text[0]))
		return complain(bad, -EINVAL,
				"it begins with neither '/' nor a wildcard, so no path matches it",
				list, item, 0);
	for (i = 0; i < item->len; i++) {
		unsigned char c = item->text[i];

		if (c < ' ' || c == 0x7f)
			return complain(bad, -EINVAL,
					"a control character: give '?' in its place",
					list, item, i);
		if (c == '/' &&
		    shmexec_component_odd(item->text + i + 1, item->len - i - 1))
			return complain(bad, -EINVAL,
					"an empty, '.' or '..' component, so no path matches it; a directory ends with '/*'",
					list, item, i);
	}
	return 0;
}

/**
 * shmexec_parse_patterns() - take a list of patterns apart
 * @list: patterns, separated by commas; no NUL needed
 * @len: of @list, in bytes
 * @patterns: room for SHMEXEC_PATTERNS_MAX; what is set points into @list
 * @bad: set if the list is refused
 *
 * Context: any.
 * Return: how many there are, 0 if the list is empty; -E2BIG if it holds too
 *	many or too long ones, -EINVAL if one could match no path
 */
int shmexec_parse_patterns(const char *list, u32 len,
			   struct shmexec_pattern *patterns,
			   struct shmexec_complaint *bad)
{
	struct item item = {};
	int nr = 0, ret;

	if (len > SHMEXEC_LIST_MAX) {
		item = (struct item){ list, SHMEXEC_PATTERN_MAX };
		return complain(bad, -E2BIG, "the list is longer than 2047 bytes",
				list, &item, SHMEXEC_LIST_MAX);
	}
	while (len && next_item(list, len, &item)) {
		ret = check_pattern(list, &item, bad);
		if (ret)
			return ret;
		if (nr == SHMEXEC_PATTERNS_MAX)
			return complain(bad, -E2BIG, "there are more than 32 patterns",
					list, &item, 0);
		patterns[nr++] = (struct shmexec_pattern){ item.text, item.len };
	}
	return nr;
}

/**
 * shmexec_parse_views() - take a list of views apart
 * @list: names of views, separated by commas; no NUL needed
 * @len: of @list, in bytes
 * @views: set to their SHMEXEC_VIEW_*
 * @bad: set if the list is refused
 *
 * Context: any.
 * Return: 0, -EINVAL if there is none or a name is not known
 */
int shmexec_parse_views(const char *list, u32 len, u32 *views,
			struct shmexec_complaint *bad)
{
	struct item item = {};
	u32 i;

	*views = 0;
	while (next_item(list, len, &item)) {
		for (i = 0; i < SHMEXEC_NR_VIEWS; i++)
			if (item.len == strlen(shmexec_view_name[i]) &&
			    !memcmp(item.text, shmexec_view_name[i], item.len))
				break;
		if (i == SHMEXEC_NR_VIEWS)
			return complain(bad, -EINVAL,
					"there is no such view: give some of canonical,typed,directory",
					list, &item, 0);
		*views |= SHMEXEC_VIEW_CANONICAL << i;
	}
	return 0;
}

/**
 * shmexec_literal_directory() - the directory that a pattern begins with
 * @pattern: the pattern
 *
 * Context: any.
 * Return: bytes of @pattern up to the last '/' before its first wildcard, 0 if
 *	that is the root or there is none
 */
u32 shmexec_literal_directory(const struct shmexec_pattern *pattern)
{
	u32 len = 0, i;

	for (i = 0; i < pattern->len && !strchr("*?", pattern->text[i]); i++)
		if (pattern->text[i] == '/')
			len = i;
	return len;
}
