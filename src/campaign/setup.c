/* What a campaign calls with: its bot and its numbers, by name. */
#include "app/stmt.h"
#include "base/arena.h"
#include "campaign/campaign.h"
#include "store/db.h"

int
campaign_setup(struct db *db, const struct campaign *c,
	       struct campaign_setup *out, struct arena *a, struct fault *f)
{
	struct rows r;
	int got;

	*out = (struct campaign_setup){ .bot = NULL };
	if (db_query(db, &r, STMT_CAMPAIGN_SETUP, ARGS(ARG_INT(c->id)), f))
		return -1;
	got = rows_next(&r, f);
	if (got > 0) {
		out->bot = rows_null(&r, 0) ? NULL : rows_str(&r, 0, a);
		out->numbers = rows_int(&r, 1);
		out->usable = rows_int(&r, 2);
	}
	rows_close(&r);
	if (got < 0 || !out->numbers)
		return got < 0 ? -1 : 0;
	if (db_query(db, &r, STMT_CAMPAIGN_PHONES,
		     ARGS(ARG_INT(c->id), ARG_INT(SETUP_PHONES)), f))
		return -1;
	while ((got = rows_next(&r, f)) > 0)
		out->phones[out->phone_count++] = rows_str(&r, 0, a);
	return got;
}
