/* What a campaign calls with: its bot and its numbers, by name. */
#include "app/stmt.h"
#include "base/arena.h"
#include "base/field.h"
#include "campaign/campaign.h"
#include "store/db.h"

static const struct field fields[] = {
	{ FIELD(campaign_setup, bot) },	   { FIELD(campaign_setup, numbers) },
	{ FIELD(campaign_setup, usable) }, { FIELD(campaign_setup, cps) },
	{ FIELD(campaign_setup, carriers) },
};
static const struct record record = RECORD(fields);
static const struct rows_kind kind = { STMT_CAMPAIGN_SETUP, &record,
				       sizeof(struct campaign_setup) };

int
campaign_setup(struct db *db, const struct campaign *c,
	       struct campaign_setup *out, struct arena *a, struct fault *f)
{
	const struct campaign_setup *row;
	struct rows r;
	size_t n;
	int got;

	*out = (struct campaign_setup){ .bot = "" };
	row = rows_all(db, &kind, ARGS(ARG_INT(c->id)), &n, a, f);
	if (!row)
		return -1;
	if (n)
		*out = *row;
	if (!out->numbers)
		return 0;
	if (db_query(db, &r, STMT_CAMPAIGN_PHONES,
		     ARGS(ARG_INT(c->id), ARG_INT(SETUP_PHONES)), f))
		return -1;
	while ((got = rows_next(&r, f)) > 0)
		out->phones[out->phone_count++] = rows_str(&r, 0, a);
	return got;
}
