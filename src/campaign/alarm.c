#include "campaign/alarm.h"

#include <stdio.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/civil.h"
#include "base/fault.h"
#include "base/field.h"
#include "store/db.h"
#include "store/tx.h"
#include "workspace/account.h"

/* clang-format off */
static const struct field fields[] = {
	{ FIELD(alarm, kind) },
	{ FIELD(alarm, campaign_id) },
	{ FIELD(alarm, name) },
	{ FIELD(alarm, at) },
	{ FIELD(alarm, count) },
	{ FIELD(alarm, text) },
};
/* clang-format on */
static const struct record alarm_record = RECORD(fields);

int
alarm_raise(struct db *db, enum alarm_kind kind, int64_t run_id, int64_t count,
	    const char *text, struct fault *f)
{
	return db_exec(db, NULL, STMT_ALARM_ADD,
		       ARGS(ARG_INT(kind), ARG_INT(count), ARG_STR(text),
			    ARG_INT(run_id)),
		       f);
}

int
alarm_list(struct db *db, int64_t workspace_id, struct alarm **out,
	   size_t *count, struct arena *a, struct fault *f)
{
	static const struct rows_kind kind = { STMT_ALARM_LIST, &alarm_record,
					       sizeof(struct alarm) };
	struct arg id = ARG_INT(workspace_id);
	struct alarm *list = rows_all(
		db, &kind, ARGS(id, id, ARG_INT(ALARMS_MOST)), count, a, f);

	if (list)
		*out = list;
	return list ? 0 : -1;
}

struct alarm_dismissal {
	const struct actor *who;
	int64_t upto;
};

static int
dismiss(struct db *db, void *arg, struct fault *f)
{
	const struct alarm_dismissal *d = arg;
	char iso[28], json[48];

	if (db_exec(db, NULL, STMT_ALARM_DISMISS,
		    ARGS(ARG_INT(d->who->workspace_id), ARG_TIME(d->upto)), f))
		return -1;
	time_iso(d->upto, iso);
	snprintf(json, sizeof(json), "{\"until\":\"%s\"}", iso);
	return audit_add(db, d->who, 0, "dismiss alarms", NULL, json, f);
}

int
alarm_dismiss(struct db *db, const struct actor *who, int64_t upto,
	      struct fault *f)
{
	struct alarm_dismissal d = { .who = who, .upto = upto };

	if (actor_check(who, ROLE_SUPERVISOR, f))
		return -1;
	return tx_run_marked(db, dismiss, &d, f);
}

int
alarm_sweep(struct db *db, struct fault *f)
{
	return db_exec(db, NULL, STMT_ALARM_SWEEP, NO_ARGS, f);
}
