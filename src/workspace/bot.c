#include "workspace/bot.h"

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "store/db.h"
#include "workspace/catalog.h"

/* clang-format off */
static const struct field fields[] = {
	{ FIELD(bot, name), .min = 1, .max = 120, .label = "Name",
	  .help = "The name that campaigns show." },
	{ FIELD(bot, target), .min = 1, .max = 250, .label = "Target",
	  .help = "Whom an answered call is joined with: a SIP URI, such as sip:reminder@bots.example.com, or an extension. Only its form is checked here; whether the bot answers shows in the first calls." },
};
static const struct field columns[] = {
	{ FIELD(bot, id), .min = 0, .max = UINT32_MAX },
	{ FIELD(bot, ver) },
	{ FIELD(bot, name) },
	{ FIELD(bot, target) },
};
/* clang-format on */

const struct record bot_record = RECORD(fields);
static const struct record column_record = RECORD(columns);

static int
check(struct db *db, const struct actor *who, const void *was, void *entry,
      struct arena *a, struct fault *f)
{
	const struct bot *b = entry;

	(void)db, (void)who, (void)was, (void)a;
	return bot_target_check(b->target, f);
}

const struct catalog_kind catalog_bots = {
	.word = "bot",
	.user = "campaign",
	.entered = &bot_record,
	.columns = &column_record,
	.size = sizeof(struct bot),
	.key = "name",
	.quiet = "name",
	.stmt = { .page = STMT_BOT_PAGE,
		  .get = STMT_BOT_GET,
		  .add = STMT_BOT_CREATE,
		  .change = STMT_BOT_CHANGE,
		  .touch = STMT_BOT_TOUCH,
		  .remove = STMT_BOT_REMOVE,
		  .void_calls = STMT_BOT_VOID,
		  .use_count = STMT_BOT_USE_COUNT,
		  .users = STMT_BOT_USERS,
		  .same = STMT_BOT_SAME },
	.check = check,
};

int
bot_create(struct db *db, int64_t workspace_id, const char *name,
	   const char *target, int64_t *id, struct fault *f)
{
	struct bot b = { .name = name, .target = target };

	if (record_check(&bot_record, &b, f) || bot_target_check(target, f) ||
	    db_exec(db, NULL, STMT_BOT_CREATE,
		    ARGS(ARG_INT(workspace_id), ARG_STR(name), ARG_STR(target)),
		    f))
		return -1;
	*id = db_insert_id(db);
	return 0;
}

int
bot_list(struct db *db, int64_t workspace_id, struct bot **out, size_t *count,
	 struct arena *a, struct fault *f)
{
	static const struct rows_kind kind = { STMT_BOT_LIST, &column_record,
					       sizeof(struct bot) };
	struct bot *list =
		rows_all(db, &kind, ARGS(ARG_INT(workspace_id)), count, a, f);

	if (list)
		*out = list;
	return list ? 0 : -1;
}
