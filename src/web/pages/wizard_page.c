#include "web/pages/wizard_page.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "campaign/campaign.h"
#include "contacts/upload.h"
#include "web/pages/viewer.h"

const char *
wizard_plural(int64_t n, const char *one, const char *many, struct arena *a)
{
	return arena_printf(a, "%s %s", text_thousands(a, n),
			    n == 1 ? one : many);
}

bool
wizard_page_is_locked(const struct wizard_page *p)
{
	return p->c && p->c->runs > 0;
}

bool
wizard_page_is_done(const struct wizard_page *p, enum wizard_step step)
{
	return p->w->done >> step & 1 &&
	       !(step == STEP_CONTACTS && p->listless);
}

const char *
wizard_page_wrong(const struct wizard_page *p, const char *field)
{
	size_t len = strlen(field);

	/* "retry_delays.busy" is an entry of the field retry_delays */
	for (size_t i = 0; i < p->wrong_count; i++) {
		if (!strncmp(p->wrong[i].field, field, len) &&
		    (!p->wrong[i].field[len] || p->wrong[i].field[len] == '.'))
			return p->wrong[i].text;
	}
	return NULL;
}

const char *
wizard_page_title(const struct wizard_page *p)
{
	struct wizard_entries now = p->w->now;
	const char *name =
		text_trim(p->viewer->arena, *wizard_text(&now, "name"));

	if (*name)
		return name;
	return p->c ? p->c->set.name : "New Campaign";
}

const char *
wizard_page_calm(const struct wizard_page *p)
{
	return p->c ? "Nothing changes until you save."
		    : "Nothing dials until you press Start.";
}

const char *
wizard_page_button(const struct wizard_page *p)
{
	if (p->step < STEP_REVIEW)
		return "Next";
	return p->c ? "Save Changes" : "Create Campaign";
}

/* The count is known once the file has been read. */
int64_t
wizard_page_contacts(const struct wizard_page *p)
{
	if (p->coming || upload_is_at_work(p->upload))
		return 0;
	if (p->upload && p->upload->state == UPLOAD_DONE)
		return p->upload->counts.good;
	return p->c ? p->c->fig.total : 0;
}

const char *
wizard_page_file(const struct wizard_page *p)
{
	if (p->coming || !p->upload || p->upload->state != UPLOAD_DONE)
		return "0";
	return arena_printf(p->viewer->arena, "%" PRId64, p->upload->id);
}
