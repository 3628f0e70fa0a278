// SPDX-License-Identifier: GPL-2.0
/* The matcher: the same verdict as the reference.  Input: pattern NUL name. */
#include <string.h>
#include "fuzz.h"
#include "reference.h"
#include "rule.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *pattern = (const char *)data, *name;
	size_t len = strnlen(pattern, size), name_len;

	if (len == size || size > 2048)
		return 0;
	name = pattern + len + 1;
	name_len = size - len - 1;
	for (int fold = 0; fold < 2; fold++) {
		struct shmexec_pattern one = { pattern, len };
		struct shmexec_rule rule = {
			.ignore_case = fold, .include = &one, .nr_include = 1,
			.exclude = &one, .nr_exclude = 1,
		};
		bool hit = reference_match(pattern, len, name, name_len, fold);

		HOLDS(shmexec_rule_include(&rule, name, name_len) == (hit ? &one : NULL));
		HOLDS(shmexec_rule_exclude(&rule, name, name_len) == (hit ? &one : NULL));
	}
	return 0;
}
