// SPDX-License-Identifier: GPL-2.0
/*
 * Whatever root may write to a parameter: it is taken, and then reads as a
 * value that is taken again, or it is refused and the old one stays.
 */
#include "fuzz.h"

enum { VALUE_MAX = 2200 };

static const char * const param[] = {
	"include", "exclude", "uid", "views", "ignore_case",
};

static const char * const seed_value[] = {
	INCLUDE, EXCLUDE, VIEWS, "0", "4294967294", "any", "Y", "N", "",
	"/dev/shm/*", "/a/?/*,/b", "/a//b", "/a/../b", "typed,typed", "-1",
};

static const char odd[] = "*?/.,\n\t \\\"'\x01\x7f\xc3\xffZz09";

static const char *any_value(unsigned long *state)
{
	return seed_value[chance(state) % (sizeof(seed_value) / sizeof(*seed_value))];
}

static size_t change_at(unsigned long *state, char *value, size_t len)
{
	size_t at = len ? chance(state) % len : 0;
	const char *more = any_value(state);
	size_t n = strlen(more);

	switch (chance(state) % 4) {
	case 0:	/* another byte */
		value[at] = odd[chance(state) % sizeof(odd)];
		return len ?: 1;
	case 1:	/* cut */
		return at;
	case 2:	/* a byte over and over */
		n = chance(state) % (VALUE_MAX - len + 1);
		memset(value + len, odd[chance(state) % sizeof(odd)], n);
		return len + n;
	default:	/* one value behind the other */
		if (len + n + 1 > VALUE_MAX)
			return len;
		value[len] = ',';
		memcpy(value + len + 1, more, n);
		return len + 1 + n;
	}
}

static size_t make_value(unsigned long *state, char *value)
{
	const char *first = any_value(state);
	size_t len = strlen(first);

	memcpy(value, first, len);
	for (int i = chance(state) % 6; i > 0; i--)
		len = change_at(state, value, len);
	return len;
}

static void try_value(struct __test_metadata *_metadata, const char *name,
		      const char *value, size_t len)
{
	char *old = strdup(get_param(name)), *taken;
	int error = set_param_bytes(name, value, len);

	if (error) {
		ASSERT_TRUE(error == EINVAL || error == E2BIG || error == ERANGE)
			TH_LOG("%s: errno %d", name, error);
		ASSERT_STREQ(old, get_param(name));
	} else {
		taken = strdup(get_param(name));
		ASSERT_EQ(0, set_param(name, taken));
		ASSERT_STREQ(taken, get_param(name));
		free(taken);
	}
	free(old);
}

TEST(parameters_survive_a_fuzzer)
{
	unsigned long state = pick_seed(), done = 0;
	time_t begun = time(NULL);
	char value[VALUE_MAX + 8];
	size_t len;

	for (; time_left(begun); done++) {
		len = make_value(&state, value);
		/* Nothing is written by a write of nothing. */
		if (len)
			try_value(_metadata, param[chance(&state) % 5], value, len);
	}
	set_defaults();
	TH_LOG("%lu values", done);
}

TEST_HARNESS_MAIN
