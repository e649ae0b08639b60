/* Statements that are written out for speed name what the lists say. */
#include <stdio.h>
#include <string.h>

#include "app/stmt.h"
#include "campaign/campaign.h"
#include "sql/settings.def"
#include "tests/tap.h"

#define FIXED 16 /* run, shard, and the counters before the outcomes */

static void
test_schedule(void)
{
	static const char letters[] =
#define X(column, letter, ...) letter
		SCHEDULE_SETTINGS(X)
#undef X
		;
	static const char columns[] = "SELECT"
#define X(column, ...) " " #column ","
		SCHEDULE_SETTINGS(X)
#undef X
		;
	const struct stmt *windows = &stmt_table[STMT_STATS_WINDOWS];

	ok(!strncmp(windows->text, columns, strlen(columns)),
	   "SCHEDULE has the columns of its list, in their order");
	ok(!strncmp(windows->gives, letters, strlen(letters)),
	   "SCHEDULE_LETTERS has the letters of the columns");
}

static void
test_outcomes(void)
{
	const struct stmt *add = &stmt_table[STMT_COUNT_ADD];
	const char *text = add->text;
	size_t places = 0;

	for (int o = OUTCOME_NONE + 1; o < OUTCOME_MAX; o++) {
		char name[40], sum[60], what[60];

		snprintf(name, sizeof(name), ", o_%d%s", o,
			 o + 1 < OUTCOME_MAX ? "," : ")");
		snprintf(sum, sizeof(sum), " o_%d = o_%d + VALUES(o_%d)", o, o,
			 o);
		snprintf(what, sizeof(what), "COUNT_ADD counts the outcome %s",
			 outcome_words[o]);
		ok(strstr(text, name) && strstr(text, sum), what);
	}
	for (const char *s = text; (s = strchr(s, '?')); s++)
		places++;
	is_int((int64_t)places, FIXED + OUTCOME_MAX - 1,
	       "a counter is given for each column");
	is_int((int64_t)strlen(add->takes), (int64_t)places,
	       "each counter has a letter");
}

/* A column is named by its last word: "completed + invalid AS done". */
static void
test_figures(void)
{
	static const char start[] = "SELECT 0, CAST(run_id AS SIGNED), 0";
	static const char *const figures[] = {
#define X(figure) #figure,
		SHARD_FIGURES(X)
#undef X
	};
	const struct stmt *s = &stmt_table[STMT_CAMPAIGN_FIGURES];
	char text[400], *at = text + strlen(start);
	size_t count = sizeof(figures) / sizeof(figures[0]);

	snprintf(text, sizeof(text), "%.*s",
		 (int)(strstr(s->text, " FROM ") - s->text), s->text);
	ok(!strncmp(text, start, strlen(start)),
	   "CAMPAIGN_FIGURES gives what a row is of before its figures");
	for (size_t i = 0; i < count; i++) {
		const char *end = strchr(at + 1, ',');
		size_t len = end ? (size_t)(end - at) : strlen(at);
		char column[200], what[80];

		snprintf(column, sizeof(column), "%.*s", (int)len, at);
		snprintf(what, sizeof(what), "CAMPAIGN_FIGURES gives %s",
			 figures[i]);
		is_str(strrchr(column, ' ') + 1, figures[i], what);
		at += len;
	}
	is_str(at, "", "CAMPAIGN_FIGURES gives no other figure");
	is_int((int64_t)strlen(s->gives), (int64_t)count + 3,
	       "each figure has a letter");
}

int
main(void)
{
	test_outcomes();
	test_figures();
	test_schedule();
	return tap_done();
}
