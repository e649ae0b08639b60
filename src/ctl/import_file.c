/* import: a CSV file, or standard input, becomes a draft's contacts. */
#include <inttypes.h>
#include <stdio.h>

#include "app/notify.h"
#include "base/fault.h"
#include "base/text.h"
#include "campaign/campaign_import.h"
#include "contacts/contact_list.h"
#include "ctl/ctl.h"
#include "ctl/file_source.h"

#define SWEEP_ROWS 5000

static void
print_result(const struct ctl *c, const struct import_counts *r)
{
	if (ctl_option(c, "json")) {
		printf("{\"rows\":%" PRId64 ",\"good\":%" PRId64
		       ",\"unknown\":%" PRId64 ",\"rejected\":%" PRId64
		       ",\"duplicate\":%" PRId64 "}\n",
		       r->rows, r->good, r->unknown, r->rejected, r->duplicate);
		return;
	}
	printf("%" PRId64 " row%s: %" PRId64 " contact%s, %" PRId64
	       " rejected, %" PRId64 " duplicate%s.\n",
	       r->rows, text_plural(r->rows), r->good, text_plural(r->good),
	       r->rejected, r->duplicate, text_plural(r->duplicate));
	if (r->unknown)
		printf("Contacts with a number that is not in any known "
		       "numbering plan: %" PRId64 ".\n",
		       r->unknown);
}

/* Erases the replaced list at once, whether or not a dialler runs. */
static void
sweep(struct ctl *c)
{
	struct fault ignored;
	bool left = true;

	while (left && !list_sweep(c->db, SWEEP_ROWS, &left, &ignored))
		;
}

int
campaign_import(struct ctl *c, struct fault *f)
{
	struct import_counts counts;
	struct file_source source;
	struct import_hooks hooks;
	struct actor who;
	int64_t id;
	int rc;

	if (ctl_campaign_arg(c, 0, &id, f) || ctl_actor(c, id, &who, f) ||
	    file_source_open(c, c->args[1], &source, f))
		return -1;
	hooks = file_source_hooks(&source);
	rc = contacts_import(c->db, &who, id, file_source_name(&source), &hooks,
			     &counts, f);
	if (file_source_close(&source) && !rc)
		rc = fault_set(f, FAULT_BROKEN,
			       "The contacts are stored, but the file of "
			       "rejected rows is incomplete.");
	sweep(c);
	if (rc)
		return -1;
	list_invalidate(c->redis, who.workspace_id);
	print_result(c, &counts);
	return CTL_DONE;
}
