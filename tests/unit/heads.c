// SPDX-License-Identifier: GPL-2.0
/* What may begin like a name that hits, and what cannot. */
#include "kselftest_harness.h"
#include "component.h"
#include "heads.h"

static void add(struct shmexec_heads *heads, const char *text)
{
	shmexec_heads_add(heads, text, strlen(text));
}

static void default_heads(struct shmexec_heads *heads, bool ignore_case)
{
	shmexec_heads_init(heads, ignore_case);
	add(heads, "/dev/shm/*");
	add(heads, "/var/run/*");
	add(heads, "/run");
	add(heads, "/opt/*");
	add(heads, "/node/*");
}

static bool path(const struct shmexec_heads *heads, const char *path)
{
	return shmexec_heads_path(heads, path);
}

TEST(paths)
{
	static const struct {
		const char *path;
		bool may, exact;
	} row[] = {
		{ "/dev/shm/p", true, true },	{ "/DEV/shm/p", true, false },
		{ "/dev/shmx/p", false, false }, { "/dev/null", false, false },
		{ "/dev/shm", false, false },	{ "/dev", false, false },
		{ "/run", true, true },		{ "/runner/p", true, true },
		{ "/ru", false, false },	{ "/r", false, false },
		{ "/usr/bin/p", false, false },	{ "/", false, false },
		{ "/var/lib/p", false, false },	{ "/var/run/p", true, true },
		/* What is folded may be anything. */
		{ "//usr", true, true },	{ "/./usr", true, true },
		{ "/dev//shm", true, true },	{ "/dev/./shm", true, true },
		{ "/dev/s./", true, true },	{ "/usr/../dev", false, false },
		{ "/.x/dev/shm/p", true, true },
		/* A head has an odd byte there, of these last five bits. */
		{ "//nter/p", true, true },	{ "/./pt/p", true, true },
	};
	struct shmexec_heads folded, exact;

	default_heads(&folded, true);
	default_heads(&exact, false);
	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		EXPECT_EQ(row[i].may, path(&folded, row[i].path))
			TH_LOG("'%s'", row[i].path);
		EXPECT_EQ(row[i].exact, path(&exact, row[i].path))
			TH_LOG("'%s'", row[i].path);
	}
}

TEST(components)
{
	static const struct {
		const char *first, *second;
		bool may;
	} row[] = {
		{ "dev", "shm", true },		{ "DEV", "Shm", true },
		{ "dev", "shmx", false },	{ "dev", "sh", false },
		{ "dev", NULL, false },		{ "devx", "shm", false },
		{ "de", "shm", false },		{ "var", "run", true },
		{ "var", "lib", false },	{ "var", NULL, false },
		{ "run", NULL, true },		{ "run", "x", true },
		{ "runx", "x", true },		{ "ru", "n", false },
		{ "usr", "shm", false },	{ "", NULL, false },
	};
	struct shmexec_heads heads;

	default_heads(&heads, true);
	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		EXPECT_EQ(row[i].may,
			  shmexec_heads_components(&heads, row[i].first,
						   row[i].second))
			TH_LOG("'%s' '%s'", row[i].first, row[i].second ?: "-");
	}
}

TEST(wildcards_at_the_start_tell_nothing)
{
	static const char * const pattern[] = { "*", "?dev/shm/*", "/*", "/?ev/*" };
	struct shmexec_heads heads;

	for (size_t i = 0; i < sizeof(pattern) / sizeof(*pattern); i++) {
		shmexec_heads_init(&heads, true);
		add(&heads, pattern[i]);
		EXPECT_TRUE(path(&heads, "/usr/bin/p"));
		EXPECT_TRUE(shmexec_heads_alive(&heads, 0, 'u'));
		EXPECT_TRUE(shmexec_heads_components(&heads, "usr", "bin"));
	}
}

/* Many are told by their first byte alone: what that says must hold. */
TEST(first_byte)
{
	struct shmexec_heads heads;
	char name[] = "?ev", text[] = "/?ev/shm/p";

	default_heads(&heads, true);
	for (int c = 1; c < 256; c++) {
		name[0] = c;
		text[1] = c;
		if (shmexec_heads_alive(&heads, 0, c))
			continue;
		EXPECT_FALSE(shmexec_heads_components(&heads, name, "shm"));
		EXPECT_EQ(shmexec_heads_odd(c), shmexec_heads_path(&heads, text));
	}
	EXPECT_FALSE(shmexec_heads_alive(&heads, 0, 'u'));
	EXPECT_TRUE(shmexec_heads_alive(&heads, 0, 'd'));
	EXPECT_TRUE(shmexec_heads_alive(&heads, 0, 'D'));
}

/* As many as there can be, each with its own bit. */
TEST(all_heads)
{
	static char text[2 * SHMEXEC_PATTERNS_MAX][32];
	struct shmexec_heads heads;

	shmexec_heads_init(&heads, false);
	for (int i = 0; i < 2 * SHMEXEC_PATTERNS_MAX; i++) {
		snprintf(text[i], sizeof(text[i]), "/h%02d/x/*", i);
		add(&heads, text[i]);
	}
	for (int i = 0; i < 2 * SHMEXEC_PATTERNS_MAX; i++) {
		const char name[] = { 'h', text[i][2], text[i][3], '\0' };

		EXPECT_TRUE(path(&heads, text[i]));
		EXPECT_TRUE(shmexec_heads_components(&heads, name, "x"));
		EXPECT_FALSE(shmexec_heads_components(&heads, name, "y"));
	}
	EXPECT_FALSE(path(&heads, "/h64/x/p"));
}

/* Only two components are known: what a head says of the third does not count. */
TEST(long_heads)
{
	struct shmexec_heads heads;

	shmexec_heads_init(&heads, false);
	add(&heads, "/a/bc/d/*");
	EXPECT_TRUE(shmexec_heads_components(&heads, "a", "bc"));
	EXPECT_FALSE(shmexec_heads_components(&heads, "a", "b"));
	EXPECT_FALSE(shmexec_heads_components(&heads, "a", "bcd"));
	EXPECT_TRUE(path(&heads, "/a/bc/d/e"));
	EXPECT_FALSE(path(&heads, "/a/bc/e"));
}

/* The last bits of '/' are those of 'o', and those of '.' those of 'n'. */
TEST(no_path_that_folds_to_a_head_is_missed)
{
	static const char * const head[] = {
		"/opt/", "/var/opt/", "/node/", "/home/nobody/", "/o/n/", "/dev/shm/",
		"/foo/", "/f/x/",
	};
	static const char * const part[] = {
		"/", "//", "/./", "./", "/.", "o", "n", "opt", "var", "node", "home",
		"nobody", "dev", "shm", "/opt/", "/var/", "/home/", "f", "/f/", "x/",
	};
	struct shmexec_heads heads;
	char path[256], folded[256];
	unsigned long found = 0;
	bool cut;

	shmexec_heads_init(&heads, true);
	for (size_t i = 0; i < ARRAY_SIZE(head); i++)
		add(&heads, head[i]);
	srand(1);
	for (int i = 0; i < 1000000; i++) {
		size_t len = 1;

		for (int parts = 1 + rand() % 7; parts; parts--)
			len = stpcpy(path + len, part[rand() % ARRAY_SIZE(part)]) - path;
		*path = '/';
		cut = false;
		folded[shmexec_path_join(folded, sizeof(folded), 0, path, len, &cut)] = 0;
		for (size_t k = 0; k < ARRAY_SIZE(head); k++) {
			if (strncmp(folded, head[k], strlen(head[k])))
				continue;
			found++;
			ASSERT_TRUE(shmexec_heads_path(&heads, path))
				TH_LOG("'%s' is '%s'", path, folded);
		}
	}
	EXPECT_LT(10000, found);
}

TEST_HARNESS_MAIN
