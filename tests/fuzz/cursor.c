// SPDX-License-Identifier: GPL-2.0
/* A file of the logger's that anybody may have written to: it is as it was
 * written, or it is refused.
 */
#include <string.h>
#include "cursor.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct cursor cursor, untouched;
	char text[CURSOR_MAX];
	char *exact;

	if (size >= CURSOR_MAX)
		return 0;
	exact = malloc(size + 1);
	memcpy(exact, data, size);
	exact[size] = '\0';
	memset(&untouched, 0xcc, sizeof(untouched));
	cursor = untouched;
	if (cursor_parse(&cursor, exact, size)) {
		HOLDS(!memcmp(&cursor, &untouched, sizeof(cursor)));
	} else {
		HOLDS(cursor_format(&cursor, text) == size);
		HOLDS(!memcmp(text, data, size));
		HOLDS(cursor.to >= cursor.done);
		HOLDS(!cursor.length || cursor.to > cursor.done);
	}
	free(exact);
	return 0;
}
