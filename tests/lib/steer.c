/*
 * steer.c - adds contacts to a campaign and excludes numbers for tests of the
 * dialler and benches, as the API does.  Each line of its input is a command,
 * each line of its output the answer, beginning with the wall clock after it in
 * microseconds:
 *
 *	trigger CAMPAIGN PRIORITY NUMBER...	accepted, duplicate, rejected
 *	fill CAMPAIGN FIRST CALLS EACH		accepted, slowest call in us
 *	exclude CAMPAIGN NUMBER			what it became, in flight, us
 *
 * It acts as the first user of the installation's first workspace.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/config.h"
#include "app/notify.h"
#include "app/stmt.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/secret.h"
#include "base/text.h"
#include "campaign/exclude.h"
#include "campaign/trigger.h"
#include "store/db.h"
#include "store/redis.h"
#include "workspace/account.h"
#include "workspace/people.h"

#define WORDS_MOST (TRIGGER_MOST + 3)
#define LINE_MOST 20000
#define PRIORITY_OF_FILL 5

struct steer {
	struct db *db;
	struct redis *redis;
	struct arena *arena;
	struct actor who;
	char *words[WORDS_MOST];
	size_t count;
};

static void __attribute__((noreturn)) die(const struct fault *f)
{
	fprintf(stderr, "steer: %s (%s)\n", f->text, f->cause);
	exit(1);
}

static int64_t
campaign_of(const struct steer *s)
{
	struct fault f = { .text = "no campaign is named" };
	uint64_t id = 0;

	if (s->count < 3 || text_parse_short_id(s->words[1], &id))
		die(&f);
	return (int64_t)id;
}

static struct trigger_answer
add(struct steer *s, const struct trigger_contact *contacts, size_t count)
{
	struct trigger_order o = { .campaign_id = campaign_of(s),
				   .contacts = contacts,
				   .count = count };
	struct trigger_answer out;
	struct fault f;

	if (campaign_trigger(s->db, &s->who, &o, s->arena, &out, &f))
		die(&f);
	if (out.run_id)
		wake_run(s->redis, out.run_id);
	return out;
}

static void
trigger(struct steer *s)
{
	struct trigger_contact contacts[TRIGGER_MOST] = { { 0 } };
	struct trigger_answer out;
	size_t n = s->count - 3;

	for (size_t i = 0; i < n; i++) {
		contacts[i].phone_number = s->words[i + 3];
		contacts[i].priority = strtoll(s->words[2], NULL, 10);
	}
	out = add(s, contacts, n);
	printf("%" PRId64 "\t%zu\t%zu\t%zu\n", clock_wall_us(), out.accepted,
	       out.duplicate, out.rejected);
}

static void
fill(struct steer *s)
{
	int64_t first = strtoll(s->words[2], NULL, 10), slowest = 0;
	int64_t calls = strtoll(s->words[3], NULL, 10);
	size_t each = (size_t)strtoll(s->words[4], NULL, 10), accepted = 0;

	for (int64_t i = 0; i < calls; i++) {
		struct trigger_contact contacts[TRIGGER_MOST];
		int64_t begun;

		arena_reset(s->arena);
		for (size_t k = 0; k < each; k++)
			contacts[k] = (struct trigger_contact){
				.phone_number = arena_printf(
					s->arena, "%" PRId64,
					first + i * (int64_t)each + (int64_t)k),
				.variables = "{\"name\":\"Ann\"}",
				.priority = PRIORITY_OF_FILL,
			};
		begun = clock_boot_us();
		accepted += add(s, contacts, each).accepted;
		if (clock_boot_us() - begun > slowest)
			slowest = clock_boot_us() - begun;
	}
	printf("%" PRId64 "\t%zu\t%" PRId64 "\n", clock_wall_us(), accepted,
	       slowest);
}

static void
exclude(struct steer *s)
{
	const char *phone = s->words[2];
	struct exclude_order o = { .campaign_id = campaign_of(s),
				   .phones = &phone,
				   .count = 1 };
	struct exclude_answer out;
	struct fault f;

	if (campaign_exclude(s->db, &s->who, &o, s->arena, &out, &f))
		die(&f);
	printf("%" PRId64 "\t%s\t%d\t%" PRId64 "\n", clock_wall_us(),
	       exclude_fate_words[out.results[0].fate], out.in_flight,
	       out.delay_us);
}

static void
obey(struct steer *s, char *line)
{
	static const struct {
		const char *word;
		void (*run)(struct steer *s);
		size_t least;
	} commands[] = { { "trigger", trigger, 4 },
			 { "fill", fill, 5 },
			 { "exclude", exclude, 3 } };

	s->count = 0;
	for (char *word;
	     (word = strsep(&line, " \n")) && s->count < WORDS_MOST;)
		if (*word)
			s->words[s->count++] = word;
	for (size_t i = 0; i < ARRAY_LEN(commands); i++)
		if (s->count >= commands[i].least &&
		    !strcmp(s->words[0], commands[i].word))
			commands[i].run(s);
	fflush(stdout);
	arena_reset(s->arena);
}

int
main(void)
{
	struct arena *a = arena_new();
	struct steer s = { .arena = arena_new() };
	struct config conf;
	struct people people;
	struct workspace *all;
	struct db_conf db;
	struct redis_conf redis;
	size_t count;
	struct fault f;
	static char line[LINE_MOST];

	secret_open();
	if (config_read(NULL, &conf, a, &f))
		die(&f);
	db = config_db(&conf, 5);
	redis = config_redis(&conf);
	s.db = db_new(&db, stmt_table, STMT_COUNT);
	s.redis = redis_new(&redis);
	if (workspace_list(s.db, &all, &count, a, &f) || !count ||
	    people_list(s.db, all[0].id, "", &people, a, &f) ||
	    !people.count)
		die(&f);
	s.who = (struct actor){ .user_id = people.list[0].user_id,
				.workspace_id = all[0].id,
				.role = ROLE_ADMIN,
				.name = people.list[0].name };
	while (fgets(line, sizeof(line), stdin))
		obey(&s, line);
	db_free(s.db);
	redis_free(s.redis);
	arena_free(s.arena);
	arena_free(a);
	return 0;
}
