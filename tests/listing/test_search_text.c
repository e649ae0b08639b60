/* Campaigns are found from any keyboard, also those that an older version
 * stored. */
#include "campaign/repo.h"
#include "listing/campaign_list.h"
#include "listing/search_text.h"
#include "tests/lib/world.h"

static struct world w;

static const char *const names[] = { "İstanbul bayram", "Łódź Müller",
				     "Plain" };

static int64_t
found(const char *search)
{
	struct campaign_query q = { .workspace_id = w.who.workspace_id,
				    .search = search,
				    .status = -1,
				    .limit = 25 };
	struct campaign_page p;

	world_need(campaign_list(w.db, &q, &p, w.a, &f), "list");
	return p.total;
}

static void
check_found(const char *when)
{
	static const char *const typed[] = { "istanbul",	"ISTANBUL",
					     "İSTANBUL",	"ıstanbul",
					     "İstanbul bayram", "lodz",
					     "muller" };

	for (size_t i = 0; i < ARRAY_LEN(typed); i++)
		is_int(found(typed[i]), 1,
		       arena_printf(w.a, "%s finds a campaign %s", typed[i],
				    when));
}

static void
make_all(void)
{
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct campaign_settings s = { 0 };
		int64_t id;

		record_defaults(&campaign_settings_record, &s, w.a);
		s.name = names[i];
		s.bot_id = w.bot;
		world_need(campaign_create(w.db, &w.who,
					   &(struct campaign_edit){ .set = &s },
					   &id, w.a, &f),
			   "campaign");
	}
}

int
main(void)
{
	int64_t changed = 0;

	world_open(&w);
	make_all();
	check_found("whose text is as stored");
	fine(search_text_renew(w.db, &changed, &f),
	     "texts can be renewed when all are new");
	is_int(changed, 0, "no text is changed when all are new");
	/* as the version before stored it */
	world_sql(
		&w,
		"UPDATE campaign SET hay = CONCAT('i', X'cc87',"
		" 'stanbul bayram', RIGHT(hay, 11)) WHERE name LIKE '%%sta%%'");
	world_sql(&w, "UPDATE campaign SET hay = CONCAT('łódź müller',"
		      " RIGHT(hay, 11)) WHERE name LIKE '%%ller'");
	is_int(found("istanbul"), 0, "an older text is not found");
	fine(search_text_renew(w.db, &changed, &f),
	     "texts of the present version can be renewed again");
	is_int(changed, 0, "no text is changed twice for a version");
	world_sql(&w, "UPDATE search_text SET version = 0");
	fine(search_text_renew(w.db, &changed, &f),
	     "texts can be renewed after an update");
	is_int(changed, 2, "two texts that differ are renewed");
	check_found("whose text is renewed");
	is_int(world_int(&w, "SELECT version FROM search_text"), SEARCH_VERSION,
	       "the version of the texts is remembered");
	return world_close(&w);
}
