/* A new draft. */
#include "domain/campaign.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/secret.h"
#include "domain/account.h"
#include "domain/campaign_repo.h"
#include "domain/lifecycle.h"
#include "domain/stmt.h"
#include "store/db.h"
#include "store/tx.h"

#define ID_BITS 50
#define NUMBERS_MAX 5000

int64_t
campaign_new_id(void)
{
	int64_t id;

	do
		id = (int64_t)secret_random_bits(ID_BITS);
	while (!id);
	return id;
}

struct creation {
	const struct actor *who;
	const struct campaign_settings *s;
	const int64_t *numbers; /* each once */
	size_t count;
	int64_t id;
	const char *hay;
	struct arena *arena;
};

static int
check_bot(struct db *db, const struct creation *c, struct fault *f)
{
	int64_t found;

	if (db_int(db, &found, STMT_CAMPAIGN_HAS_BOT,
		   ARGS(ARG_INT(c->s->bot_id), ARG_INT(c->who->workspace_id)),
		   f))
		return -1;
	if (!found)
		return fault_field(f, "bot_id", "There is no such bot.");
	return 0;
}

static int
add_campaign(struct db *db, const struct creation *c, int64_t list,
	     struct fault *f)
{
	const struct campaign_settings *s = c->s;

	return db_exec(db, NULL, STMT_CAMPAIGN_CREATE,
		       ARGS(ARG_INT(c->id), ARG_INT(c->who->workspace_id),
			    ARG_STR(s->name), ARG_BIN(c->hay, strlen(c->hay)),
			    ARG_INT(list), ARG_INT(s->bot_id),
			    ARG_INT(s->concurrency), ARG_INT(s->mode),
			    ARG_INT(s->always_on), ARG_INT(s->window_start),
			    ARG_INT(s->window_end), ARG_STR(s->zone),
			    ARG_INT(s->days.bits), ARG_INT(s->max_attempts),
			    ARG_INT(s->retry_delay), ARG_INT(s->retry_on.bits),
			    ARG_INT(s->ring_timeout), ARG_INT(s->callbacks),
			    ARG_STR(c->who->name)),
		       f);
}

static int
add_numbers(struct db *db, const struct creation *c, struct fault *f)
{
	struct arg *args = ARENA_ARRAY(c->arena, c->count * 2, struct arg);
	int64_t real;

	if (!c->count)
		return 0;
	for (size_t i = 0; i < c->count; i++) {
		args[i * 2] = ARG_INT(c->id);
		args[i * 2 + 1] = ARG_INT(c->numbers[i]);
	}
	if (db_bulk(db, NULL, STMT_CAMPAIGN_ADD_NUMBER, args, 2, c->count, f) ||
	    db_int(db, &real, STMT_CAMPAIGN_REAL_NUMBERS,
		   ARGS(ARG_INT(c->id), ARG_INT(c->who->workspace_id)), f))
		return -1;
	if (real != (int64_t)c->count)
		return fault_field(f, "numbers",
				   "A number of the pool does not exist.");
	return 0;
}

static int
create(struct db *db, void *arg, struct fault *f)
{
	const struct creation *c = arg;
	int64_t list;

	if (check_bot(db, c, f) ||
	    campaign_own_list(db, c->who->workspace_id, &list, f) ||
	    add_campaign(db, c, list, f) || add_numbers(db, c, f) ||
	    db_exec(db, NULL, STMT_SEGMENT_ADD,
		    ARGS(ARG_INT(c->id), ARG_INT(0), ARG_INT(list), ARG_NULL,
			 ARG_INT(0)),
		    f))
		return -1;
	return audit_add(
		db, c->who, c->id, "create", NULL,
		campaign_settings_json(c->s, c->numbers, c->count, c->arena),
		f);
}

static int
compare_ids(const void *x, const void *y)
{
	int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;

	return (a > b) - (a < b);
}

static size_t
each_once(int64_t *ids, size_t count)
{
	size_t n = 0;

	qsort(ids, count, sizeof(*ids), compare_ids);
	for (size_t i = 0; i < count; i++) {
		if (!n || ids[i] != ids[n - 1])
			ids[n++] = ids[i];
	}
	return n;
}

int
campaign_create(struct db *db, const struct actor *who,
		const struct campaign_settings *s, const int64_t *numbers,
		size_t count, int64_t *id, struct arena *a, struct fault *f)
{
	struct campaign_settings set = *s;
	struct creation c = { .who = who, .s = &set, .arena = a };
	uint8_t mark[MARK_LEN];
	int64_t *ids = ARENA_ARRAY(a, count, int64_t);

	if (actor_check(who, campaign_transitions[ACTION_EDIT].role, f) ||
	    campaign_settings_check(&set, f))
		return -1;
	if (count > NUMBERS_MAX)
		return fault_field(f, "numbers",
				   "A pool has at most %d numbers.",
				   NUMBERS_MAX);
	if (count)
		memcpy(ids, numbers, count * sizeof(*ids));
	c.numbers = ids;
	c.count = each_once(ids, count);
	c.id = campaign_new_id();
	c.hay = campaign_hay(set.name, c.id, a);
	secret_random(mark, sizeof(mark));
	if (tx_run(db, create, &c, &(struct tx_opts){ .mark = mark }, f))
		return -1;
	*id = c.id;
	return 0;
}
