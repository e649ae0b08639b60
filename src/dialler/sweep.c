/*
 * Erases old data: sessions, transaction marks, figures of past days, wizard
 * drafts, uploads of a month ago, unused lists.  One node does it for all, a
 * little at a time.
 */
#include "base/fault.h"
#include "dialler/dialler.h"
#include "workspace/account.h"
#include "contacts/contact_list.h"
#include "contacts/upload.h"
#include "campaign/wizard.h"
#include "ledger/node.h"
#include "campaign/workspace_stats.h"
#include "campaign/alarm.h"
#include "store/db.h"

#define CHUNK 2000
#define PAUSE_US 10000 /* between two chunks */
#define ROUND_US 5000000

static void
sweep(struct dialler *d, struct db *db)
{
	bool left = true;
	struct fault f;

	if (session_sweep(db, &f) || mark_sweep(db, &f) ||
	    workspace_stats_sweep(db, &f) || alarm_sweep(db, &f) ||
	    wizard_sweep(db, &f)) {
		dialler_tell_db(d, "sweep", &f);
		return;
	}
	while (left && dialler_pause(d, PAUSE_US))
		if (upload_sweep(db, &left, &f)) {
			dialler_tell_db(d, "sweep uploads", &f);
			return;
		}
	left = true;
	while (left && dialler_pause(d, PAUSE_US))
		if (list_sweep(db, CHUNK, &left, &f)) {
			dialler_tell_db(d, "sweep lists", &f);
			return;
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
