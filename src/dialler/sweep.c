/*
 * Erases old data: sessions, transaction marks, figures of past days, wizard
 * drafts, uploads of a month ago, unused lists, numbers that
 * bar nobody any more.  One node does it for all, a
 * little at a time.
 */
#include "base/arena.h"
#include "base/fault.h"
#include "dialler/dialler.h"
#include "workspace/account.h"
#include "workspace/dnc_sweep.h"
#include "contacts/contact_list.h"
#include "contacts/upload.h"
#include "campaign/exclusion.h"
#include "campaign/wizard.h"
#include "ledger/node.h"
#include "campaign/workspace_stats.h"
#include "store/db.h"

#define CHUNK 2000
#define PAUSE_US 10000 /* between two chunks */
#define ROUND_US 5000000

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
	    workspace_stats_sweep(db, &f) || wizard_sweep(db, &f)) {
		dialler_tell_db(d, "sweep", &f);
		return;
	}
	while (left && dialler_pause(d, PAUSE_US))
		if (upload_sweep(db, &left, &f)) {
			dialler_tell_db(d, "sweep uploads", &f);
			return;
		}
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

	while (dialler_pause(d, ROUND_US))
		if (atomic_load(&d->leader))
			sweep(d, db);
	db_free(db);
	return NULL;
}
