/* Loads campaigns from the database; and what the writing files share. */
#include "campaign/campaign.h"

#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"
#include "campaign/faults.h"
#include "campaign/outcome.h"
#include "campaign/repo.h"
#include "store/db.h"

#define HAY_MAX 1000 /* bytes of campaign.hay */
#define ID_TEXT 11

/* clang-format off */
/* A list row shows the first SHOWN_COLUMNS of these. */
static const struct field fields[] = {
	{ FIELD(campaign, id) },
	{ FIELD(campaign, workspace_id) },
	{ FIELD(campaign, status), .words = campaign_status_words },
	{ FIELD(campaign, runs) },
	{ FIELD(campaign, current_run) },
	{ FIELD(campaign, set.name) },
	{ FIELD(campaign, created_at) },
	{ FIELD(campaign, restarted_at) },
	{ FIELD(campaign, restarted_by) },
	{ FIELD(campaign, rest), .words = run_rest_words },
	{ FIELD(campaign, reason) },
	{ FIELD(campaign, wait) },
	{ FIELD(campaign, wait_until) },
#define X(column, letter, ...) { FIELD(campaign, set.column), __VA_ARGS__ },
	SCHEDULE_SETTINGS(X)
	{ FIELD(campaign, epoch) },
	{ FIELD(campaign, ver) },
	{ FIELD(campaign, own_list) },
	OTHER_SETTINGS(X)
#undef X
	{ FIELD(campaign, started_at) },
	{ FIELD(campaign, paused_at) },
	{ FIELD(campaign, completed_at) },
	{ FIELD(campaign, created_by) },
	{ FIELD(campaign, day_from) },
};
/* clang-format on */

static const struct record campaign_record = RECORD(fields);
static const struct record shown_record = { fields, SHOWN_COLUMNS };

/* In the order of SETTINGS (sql/campaign.def). */
static const char *const columns[CAMPAIGN_ARGS] = {
#define X(column, ...) #column,
	OTHER_SETTINGS(X) SCHEDULE_SETTINGS(X)
#undef X
};

/* Cut at a whole character; the id always fits. */
const char *
campaign_hay(const char *name, int64_t id, struct arena *a)
{
	const char *folded = text_search(a, name);
	size_t len = strlen(folded), room = HAY_MAX - ID_TEXT - 1;
	char short_id[ID_TEXT];

	text_short_id((uint64_t)id, short_id);
	if (len > room)
		len = room;
	while (len && (folded[len] & 0xc0) == 0x80)
		len--;
	return arena_printf(a, "%.*s\n%s", (int)len, folded, short_id);
}

void
campaign_args(const struct campaign_settings *s,
	      struct arg out[static CAMPAIGN_ARGS], struct arena *a)
{
	for (size_t i = 0; i < CAMPAIGN_ARGS; i++)
		out[i] = field_arg(
			record_find(&campaign_settings_record, columns[i]), s,
			a);
}

static int
fetch(struct rows *r, const struct record *record, struct campaign *c,
      struct arena *a, struct fault *f)
{
	int got;

	*c = (struct campaign){ 0 };
	got = rows_fetch(r, record, c, a, f);
	if (got > 0 && !c->reason)
		c->reason = "";
	return got;
}

int
campaign_fetch(struct rows *r, struct campaign *c, struct arena *a,
	       struct fault *f)
{
	return fetch(r, &shown_record, c, a, f);
}

int
campaign_row(struct db *db, int64_t workspace_id, int64_t id,
	     struct campaign *out, struct arena *a, struct fault *f)
{
	struct rows r;
	int got;

	if (db_query(db, &r, STMT_CAMPAIGN_LOAD,
		     ARGS(ARG_INT(id), ARG_INT(workspace_id)), f))
		return -1;
	got = fetch(&r, &campaign_record, out, a, f);
	rows_close(&r);
	if (got == 0)
		return fault_no_campaign(f);
	return got < 0 ? -1 : 0;
}

int
campaign_workspace(struct db *db, int64_t id, int64_t *workspace_id,
		   struct fault *f)
{
	if (!db_int(db, workspace_id, STMT_CAMPAIGN_WORKSPACE,
		    ARGS(ARG_INT(id)), f))
		return 0;
	return f->code == FAULT_ABSENT ? fault_no_campaign(f) : -1;
}

int
campaign_numbers(struct db *db, int64_t id, int64_t **out, size_t *count,
		 struct arena *a, struct fault *f)
{
	return rows_ids(db, STMT_CAMPAIGN_NUMBERS, id, out, count, a, f);
}

int
campaign_contacts(struct db *db, int64_t id, int64_t *contacts, struct fault *f)
{
	return db_int(db, contacts, STMT_CAMPAIGN_CONTACTS, ARGS(ARG_INT(id)),
		      f);
}
