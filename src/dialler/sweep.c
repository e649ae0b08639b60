/*
 * Erases old data: contacts and numbers past the time that their workspace
 * keeps them, sessions, transaction marks, answers of the API, figures of past
 * days, wizard drafts, uploads of a month ago, unused lists, numbers that bar
 * nobody any more, events and deliveries of a week ago.  One node does it for
 * all, a little at a time.
 */
#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "dialler/dialler.h"
#include "workspace/account.h"
#include "workspace/api_key.h"
#include "workspace/dnc_sweep.h"
#include "contacts/contact_list.h"
#include "contacts/upload.h"
#include "campaign/alarm.h"
#include "campaign/campaign_period.h"
#include "campaign/erasure.h"
#include "campaign/exclusion.h"
#include "campaign/retention.h"
#include "campaign/wizard.h"
#include "hook/event_read.h"
#include "ledger/node.h"
#include "campaign/workspace_stats.h"
#include "store/db.h"

#define CHUNK 2000
#define PAUSE_US 10000 /* between two chunks */
#define ROUND_US 5000000
#define FORGET_US US_PER_HOUR

static bool
pause_a_little(void *dialler)
{
	return dialler_pause(dialler, PAUSE_US);
}

/* Forgets whom workspaces called long ago; looks for them only now and then. */
static void
forget(struct dialler *d, struct db *db)
{
	struct fault f;

	if (retention_sweep(db, pause_a_little, d, &f))
		dialler_tell_db(d, "forget contacts", &f);
}

/* Goes on with people who are being erased, as far as their calls allow. */
static void
erase(struct dialler *d, struct db *db)
{
	struct arena *a = arena_new();
	int64_t *ids;
	size_t count = 0;
	struct fault f;
	int rc = erasure_work(db, 0, &ids, &count, a, &f);

	for (size_t i = 0; i < count && !rc; i++) {
		struct arena *step = arena_new();
		bool left = true;

		while (left && !rc && dialler_pause(d, PAUSE_US)) {
			rc = erasure_step(db, ids[i], &left, step, &f);
			arena_reset(step);
		}
		arena_free(step);
	}
	if (rc)
		dialler_tell_db(d, "erase a person", &f);
	arena_free(a);
}

static void
sweep_events(struct dialler *d, struct db *db)
{
	struct arena *a = arena_new();
	bool left = true;
	struct fault f;

	while (left && dialler_pause(d, PAUSE_US)) {
		if (event_sweep(db, &left, a, &f)) {
			dialler_tell_db(d, "sweep events", &f);
			break;
		}
		arena_reset(a);
	}
	arena_free(a);
}

/* What is erased piece by piece. */
static const struct {
	int (*run)(struct db *db, int64_t chunk, bool *left, struct fault *f);
	const char *what;
} pieces[] = {
	{ list_sweep, "sweep lists" },
	{ dnc_sweep, "sweep do-not-call lists" },
	{ exclusion_sweep, "sweep exclusions" },
};

static void
sweep(struct dialler *d, struct db *db)
{
	bool left = true;
	struct fault f;

	if (session_sweep(db, &f) || mark_sweep(db, &f) ||
	    workspace_stats_sweep(db, &f) || campaign_period_sweep(db, &f) ||
	    wizard_sweep(db, &f) || api_answers_sweep(db, &f) ||
	    alarm_sweep(db, &f)) {
		dialler_tell_db(d, "sweep", &f);
		return;
	}
	while (left && dialler_pause(d, PAUSE_US))
		if (upload_sweep(db, &left, &f)) {
			dialler_tell_db(d, "sweep uploads", &f);
			return;
		}
	sweep_events(d, db);
	for (size_t i = 0; i < ARRAY_LEN(pieces); i++) {
		left = true;
		while (left && dialler_pause(d, PAUSE_US))
			if (pieces[i].run(db, CHUNK, &left, &f)) {
				dialler_tell_db(d, pieces[i].what, &f);
				return;
			}
	}
}

void *
sweep_thread(void *dialler)
{
	struct dialler *d = dialler;
	struct db *db = dialler_db(d);
	int64_t forget_us = 0;

	while (dialler_pause(d, ROUND_US)) {
		if (!atomic_load(&d->leader))
			continue;
		sweep(d, db);
		erase(d, db);
		if (clock_boot_us() >= forget_us) {
			forget_us = clock_boot_us() + FORGET_US;
			forget(d, db);
		}
	}
	db_free(db);
	return NULL;
}
