// SPDX-License-Identifier: GPL-2.0
/* The parser of the parameters: what it takes is whole, and reads back. */
#include <errno.h>
#include <string.h>
#include "fuzz.h"
#include "limits.h"
#include "parse.h"

static void check_complaint(const struct shmexec_complaint *bad, size_t len)
{
	HOLDS(bad->why && *bad->why);
	HOLDS(bad->start <= len);
	HOLDS(bad->len <= len - bad->start);
	HOLDS(bad->at > bad->start && bad->at <= len + 1);
}

static void check_pattern(const struct shmexec_pattern *pattern)
{
	struct shmexec_pattern again[SHMEXEC_PATTERNS_MAX];
	struct shmexec_complaint bad;
	uint32_t literal = shmexec_literal_directory(pattern);

	HOLDS(pattern->len && pattern->len <= SHMEXEC_PATTERN_MAX);
	HOLDS(!memchr(pattern->text, ',', pattern->len));
	HOLDS(!memchr(pattern->text, '\0', pattern->len));
	HOLDS(!memmem(pattern->text, pattern->len, "//", 2));
	HOLDS(literal < pattern->len);
	HOLDS(!literal || pattern->text[literal] == '/');
	HOLDS(!memchr(pattern->text, '*', literal));
	HOLDS(!memchr(pattern->text, '?', literal));
	HOLDS(shmexec_parse_patterns(pattern->text, pattern->len, again, &bad) == 1);
}

/* The patterns follow each other in the list, and only commas are between. */
static void check_list(const char *list, size_t len,
		       const struct shmexec_pattern *patterns, int nr)
{
	const char *at = list;

	HOLDS(nr <= SHMEXEC_PATTERNS_MAX);
	HOLDS(len <= SHMEXEC_LIST_MAX);
	for (int i = 0; i < nr; i++) {
		HOLDS(patterns[i].text == at);
		check_pattern(&patterns[i]);
		at += patterns[i].len;
		HOLDS(i == nr - 1 ? at == list + len : *at == ',');
		at++;
	}
	HOLDS(nr || !len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct shmexec_pattern patterns[SHMEXEC_PATTERNS_MAX];
	struct shmexec_complaint bad = {};
	const char *list = (const char *)data;
	uint32_t views;
	int ret;

	ret = shmexec_parse_patterns(list, size, patterns, &bad);
	if (ret < 0) {
		HOLDS(ret == -EINVAL || ret == -E2BIG);
		check_complaint(&bad, size);
	} else {
		check_list(list, size, patterns, ret);
	}

	ret = shmexec_parse_views(list, size, &views, &bad);
	if (ret)
		check_complaint(&bad, size);
	else
		HOLDS(views && views < 1U << SHMEXEC_NR_VIEWS);
	return 0;
}
