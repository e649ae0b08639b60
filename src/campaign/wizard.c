/* The wizard's entries that are not saved yet. */
#include "campaign/wizard.h"

#include <stdlib.h>
#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/secret.h"
#include "base/text.h"
#include "base/words.h"
#include "campaign/campaign.h"
#include "campaign/faults.h"
#include "campaign/repo.h"
#include "store/db.h"
#include "workspace/account.h"

#define FIELDS (&campaign_settings_record)
#define BACK_MAX 500
/* The first revision is random, so that a tab of discarded entries does not
 * match new ones; the low bits count the steps that were left. */
#define REV_BITS 20
#define STEP_BITS 10

const char *const wizard_step_words[] = { "basics",   "numbers", "dialler",
					  "contacts", "review",	 NULL };
const char *const wizard_step_labels[] = { "Basics",	     "Number Pool",
					   "Dialler Config", "Upload CSV",
					   "Review",	     NULL };

enum wizard_step
wizard_step_of(size_t field)
{
	static const char *const basics[] = { "name", "bot_id", NULL };

	return word_find(basics, FIELDS->fields[field].name) < 0 ? STEP_DIALLER
								 : STEP_BASICS;
}

const char **
wizard_text(struct wizard_entries *e, const char *name)
{
	const struct field *fd = record_find(FIELDS, name);

	return fd ? &e->texts[fd - FIELDS->fields] : NULL;
}

/* --- First entries ------------------------------------------------------ */

static struct wizard_entries
no_entries(struct arena *a)
{
	struct wizard_entries e = { ARENA_ARRAY(a, FIELDS->count, const char *),
				    ARENA_ARRAY(a, 1, int64_t), 0 };

	for (size_t i = 0; i < FIELDS->count; i++)
		e.texts[i] = FIELDS->fields[i].def ? FIELDS->fields[i].def : "";
	return e;
}

static struct wizard_entries
entries_of(const struct campaign *c, const int64_t *numbers, size_t count,
	   struct arena *a)
{
	struct wizard_entries e = no_entries(a);

	for (size_t i = 0; i < FIELDS->count; i++)
		e.texts[i] = field_text(&FIELDS->fields[i], &c->set, a);
	e.numbers = ARENA_ARRAY(a, count + 1, int64_t);
	if (count)
		memcpy(e.numbers, numbers, count * sizeof(*numbers));
	e.count = count;
	return e;
}

struct wizard_entries
wizard_copy(const struct wizard_entries *from, struct arena *a)
{
	struct wizard_entries e = no_entries(a);

	memcpy(e.texts, from->texts, FIELDS->count * sizeof(*e.texts));
	e.numbers = from->numbers;
	e.count = from->count;
	return e;
}

static int
compare_ids(const void *x, const void *y)
{
	int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;

	return (a > b) - (a < b);
}

bool
wizard_has_number(const struct wizard_entries *e, int64_t id)
{
	return e->count && bsearch(&id, e->numbers, e->count,
				   sizeof(*e->numbers), compare_ids);
}

void
wizard_sort_numbers(struct wizard_entries *e)
{
	qsort(e->numbers, e->count, sizeof(*e->numbers), compare_ids);
}

/* --- Rows --------------------------------------------------------------- */

static int
load(struct db *db, struct wizard *w, struct arena *a, struct fault *f)
{
	struct rows r;
	int got;

	if (db_query(db, &r, STMT_WIZARD_LOAD,
		     ARGS(ARG_INT(w->user_id), ARG_INT(w->campaign_id)), f))
		return -1;
	got = rows_next(&r, f);
	if (got > 0) {
		w->kept = true;
		w->rev = rows_int(&r, 0);
		w->ver = rows_int(&r, 1);
		entries_read(&w->now, rows_str(&r, 2, a), a);
		entries_read(&w->base, rows_str(&r, 3, a), a);
		w->upload_id = rows_null(&r, 4) ? 0 : rows_int(&r, 4);
		w->done = (uint32_t)rows_int(&r, 5);
		w->back = rows_str(&r, 6, a);
		w->saved_at = rows_int(&r, 7);
	}
	rows_close(&r);
	return got < 0 ? -1 : 0;
}

/* Sets the fields that cannot change after a run to the campaign's values. */
static void
lock(struct wizard *w, const struct campaign *c, struct arena *a)
{
	for (size_t i = 0; i < FIELDS->count; i++) {
		if (wizard_step_of(i) != STEP_BASICS)
			continue;
		w->now.texts[i] = field_text(&FIELDS->fields[i], &c->set, a);
		w->base.texts[i] = w->now.texts[i];
	}
}

bool
wizard_is_first(int64_t rev)
{
	return !(rev & ((1 << STEP_BITS) - 1));
}

int
wizard_open(struct db *db, const struct actor *who,
	    const struct wizard_origin *from, struct wizard *out,
	    struct arena *a, struct fault *f)
{
	const struct campaign *c = from->campaign;
	struct wizard w = { .user_id = who->user_id, .back = "" };

	if (c) {
		w.campaign_id = c->id;
		w.ver = c->ver;
		w.now = entries_of(c, from->numbers, from->count, a);
		w.done = (1u << STEP_MAX) - 1;
	} else {
		w.now = no_entries(a);
		*wizard_text(&w.now, "zone") = from->zone;
	}
	w.base = wizard_copy(&w.now, a);
	w.rev = (int64_t)secret_random_bits(REV_BITS) << STEP_BITS;
	if (load(db, &w, a, f))
		return -1;
	if (c && c->runs)
		lock(&w, c, a);
	*out = w;
	return 0;
}

static struct arg
file_arg(int64_t upload_id)
{
	return upload_id ? ARG_INT(upload_id) : ARG_NULL;
}

static int
begin(struct db *db, const struct wizard *w, int64_t rev, const char *now,
      const char *base, struct fault *f)
{
	const char *back = strlen(w->back) < BACK_MAX ? w->back : "";

	if (!db_exec(db, NULL, STMT_WIZARD_BEGIN,
		     ARGS(ARG_INT(w->user_id), ARG_INT(w->campaign_id),
			  ARG_INT(rev), ARG_INT(w->ver), ARG_STR(now),
			  ARG_STR(base), file_arg(w->upload_id),
			  ARG_INT(w->done), ARG_STR(back)),
		     f))
		return 0;
	return f->code == FAULT_CONFLICT ? fault_stale_form(f) : -1;
}

static int
save(struct db *db, const struct wizard *w, int64_t rev, const char *now,
     const char *base, struct fault *f)
{
	int64_t changed;

	if (db_exec(db, &changed, STMT_WIZARD_SAVE,
		    ARGS(ARG_INT(rev), ARG_INT(w->ver), ARG_STR(now),
			 ARG_STR(base), ARG_INT(w->done), ARG_INT(w->user_id),
			 ARG_INT(w->campaign_id), ARG_INT(w->rev)),
		    f))
		return -1;
	return changed ? 0 : fault_stale_form(f);
}

int
wizard_keep(struct db *db, struct wizard *w, bool next, struct arena *a,
	    struct fault *f)
{
	const char *now = entries_json(&w->now, a);
	const char *base = entries_json(&w->base, a);
	int64_t rev = w->rev + next;
	bool done = !w->kept && !begin(db, w, rev, now, base, f);

	if (!done && !w->kept && f->code != FAULT_CONFLICT)
		return -1;
	/* there is a row, maybe made just now by another request */
	if (!done && save(db, w, rev, now, base, f))
		return -1;
	w->kept = true;
	w->rev = rev;
	return 0;
}

int
wizard_attach(struct db *db, struct wizard *w, int64_t upload_id,
	      struct arena *a, struct fault *f)
{
	int64_t had = w->upload_id, changed;

	w->upload_id = upload_id;
	if (!w->kept) {
		w->kept = !begin(db, w, w->rev, entries_json(&w->now, a),
				 entries_json(&w->base, a), f);
		if (w->kept || f->code != FAULT_CONFLICT)
			return w->kept ? 0 : -1;
	}
	/* there is a row, maybe made just now by another request */
	if (db_exec(db, &changed, STMT_WIZARD_FILE,
		    ARGS(file_arg(upload_id), ARG_INT(w->user_id),
			 ARG_INT(w->campaign_id), file_arg(had)),
		    f))
		return -1;
	return changed ? 0
		       : fault_set(f, FAULT_CONFLICT,
				   "Another file has been uploaded, or the "
				   "changes have been saved or discarded.");
}

int
wizard_waits(struct db *db, const struct actor *who, int64_t campaign_id,
	     int64_t *since, struct fault *f)
{
	struct rows r;
	int got;

	*since = 0;
	if (db_query(db, &r, STMT_WIZARD_WAITS,
		     ARGS(ARG_INT(who->user_id), ARG_INT(campaign_id)), f))
		return -1;
	got = rows_next(&r, f);
	if (got > 0)
		*since = rows_int(&r, 0);
	rows_close(&r);
	return got < 0 ? -1 : 0;
}

int
wizard_discard(struct db *db, const struct actor *who, int64_t campaign_id,
	       struct fault *f)
{
	return db_exec(db, NULL, STMT_WIZARD_DISCARD,
		       ARGS(ARG_INT(who->user_id), ARG_INT(campaign_id)), f);
}

int
wizard_close(struct db *db, const struct wizard *w, struct fault *f)
{
	int64_t gone;

	if (db_exec(db, &gone, STMT_WIZARD_CLOSE,
		    ARGS(ARG_INT(w->user_id), ARG_INT(w->campaign_id),
			 ARG_INT(w->rev), file_arg(w->upload_id)),
		    f))
		return -1;
	return gone ? 0 : fault_stale_form(f);
}

int
wizard_sweep(struct db *db, struct fault *f)
{
	return db_exec(db, NULL, STMT_WIZARD_SWEEP, NO_ARGS, f);
}

/* --- Concurrent changes ------------------------------------------------- */

static bool
same_pool(const struct wizard_entries *x, const struct wizard_entries *y)
{
	return x->count == y->count &&
	       (!x->count || !memcmp(x->numbers, y->numbers,
				     x->count * sizeof(*x->numbers)));
}

uint32_t
wizard_difference(const struct wizard_entries *x,
		  const struct wizard_entries *y)
{
	uint32_t set = 0;

	for (size_t i = 0; i < FIELDS->count; i++) {
		if (strcmp(x->texts[i], y->texts[i]) != 0)
			set |= 1u << i;
	}
	return same_pool(x, y) ? set : set | campaign_pool_bit();
}

uint32_t
wizard_rebase(struct wizard *w, const struct campaign *c,
	      const int64_t *numbers, size_t count, struct arena *a)
{
	struct wizard_entries there = entries_of(c, numbers, count, a);
	uint32_t both = 0;

	for (size_t i = 0; i < FIELDS->count; i++) {
		if (!strcmp(w->now.texts[i], w->base.texts[i]))
			w->now.texts[i] = there.texts[i];
		else if (strcmp(there.texts[i], w->base.texts[i]) != 0 &&
			 strcmp(there.texts[i], w->now.texts[i]) != 0)
			both |= 1u << i;
	}
	if (same_pool(&w->now, &w->base)) {
		w->now.numbers = there.numbers;
		w->now.count = there.count;
	} else if (!same_pool(&there, &w->base) &&
		   !same_pool(&there, &w->now)) {
		both |= campaign_pool_bit();
	}
	w->base = there;
	w->ver = c->ver;
	return both;
}

/* --- Validation --------------------------------------------------------- */

static void
note(struct wizard_wrong *wrong, size_t *count, const struct fault *f,
     struct arena *a)
{
	for (size_t i = 0; i < *count; i++) {
		if (!strcmp(wrong[i].field, f->field))
			return;
	}
	if (*count < WIZARD_WRONG_MOST)
		wrong[(*count)++] =
			(struct wizard_wrong){ arena_strdup(a, f->field),
					       arena_strdup(a, f->text) };
}

/* Checks the rules between fields whose values could be read. */
static void
note_rules(const struct campaign_settings *set, struct wizard_wrong *wrong,
	   size_t *count, struct arena *a)
{
	struct window w = campaign_window(set, NO_HOLIDAYS);
	size_t unread = *count;
	struct fault f;
	int got;

	for (size_t n = 0; (got = window_rule(&w, n, &f)) <= 0; n++) {
		for (size_t i = 0; i < unread && got; i++) {
			if (window_rule_reads(n, wrong[i].field))
				got = 0;
		}
		if (got)
			note(wrong, count, &f, a);
	}
}

size_t
wizard_read(const struct wizard_entries *e, enum wizard_step step,
	    struct campaign_settings *set,
	    struct wizard_wrong wrong[static WIZARD_WRONG_MOST],
	    struct arena *a)
{
	struct fault f;
	size_t n = 0;

	memset(set, 0, sizeof(*set));
	record_defaults(FIELDS, set, a);
	for (size_t i = 0; i < FIELDS->count; i++) {
		const struct field *fd = &FIELDS->fields[i];

		if (step != STEP_REVIEW && step != wizard_step_of(i))
			continue;
		if (!field_set(fd, set, e->texts[i], a, &f))
			continue;
		if (!*text_trim(a, e->texts[i]))
			fault_field(&f, fd->name, "%s is missing.", fd->label);
		note(wrong, &n, &f, a);
	}
	if (step != STEP_BASICS)
		note_rules(set, wrong, &n, a);
	if (!n)
		campaign_settings_rules(set, &f);
	return n;
}
