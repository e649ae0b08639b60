/* The file of the fourth step: upload, progress, cancel. */
#include "web/pages/wizard_upload.h"

#include <string.h>

#include "app/config.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"
#include "base/words.h"
#include "campaign/faults.h"
#include "web/pages/fill_wizard.h"
#include "web/pages/wizard_request.h"
#include "web/server/file_upload.h"
#include "web/server/page.h"
#include "web/server/reply.h"
#include "web/server/request.h"

/* The step that asks for the progress; Contacts, unless another is named. */
static enum wizard_step
watching(struct request *q)
{
	const char *word = pairs_get(&q->query, "step");
	int step = word ? word_find(wizard_step_words, word) : -1;

	return step < 0 ? STEP_CONTACTS : (enum wizard_step)step;
}

static int
check_free(const struct wizard_request *s, struct fault *f)
{
	if (wizard_page_is_locked(&s->page))
		return fault_locked("contacts", "contact list", f);
	if (upload_is_at_work(s->page.upload))
		return fault_set(
			f, FAULT_CONFLICT,
			"Another file is being read: %s rows so far. "
			"Cancel it first.",
			text_thousands(s->q->arena, s->upload.counts.rows));
	return 0;
}

/* Adds an upload for a stored file and attaches it to the draft, in place of an
 * earlier one.  Of two at once one gets FAULT_CONFLICT. */
static int
register_file(struct wizard_request *s, const struct uploaded_file *got,
	      struct fault *f)
{
	struct request *q = s->q;
	struct upload_file file = { .name = got->name,
				    .file = got->file,
				    .node = q->config->node_name,
				    .size = got->size };
	int64_t old = s->w.upload_id, fresh;
	struct fault ended;

	if (upload_add(q->db, &s->who, &file, &fresh, f))
		return -1;
	if (wizard_attach(q->db, &s->w, fresh, q->arena, f)) {
		file_upload_cancel(q, fresh, &ended);
		return -1;
	}
	if (old)
		file_upload_cancel(q, old, &ended);
	return 0;
}

/* Loads the request again when the file has arrived: its draft may be gone. */
static int
attach_file(struct wizard_request *s, const struct uploaded_file *got,
	    struct fault *f)
{
	bool kept = s->w.kept;

	if (wizard_request_open(s->q, s, f) || check_free(s, f))
		return -1;
	if (kept && !s->w.kept)
		return fault_set(f, FAULT_CONFLICT,
				 "The draft that this file belongs to has been "
				 "saved or discarded.");
	wizard_request_begin(s); /* the page that sent it is still shown */
	return register_file(s, got, f);
}

static int
store_file(struct wizard_request *s, struct fault *f)
{
	struct request *q = s->q;
	struct uploaded_file got;

	if (check_free(s, f) ||
	    file_upload_file(q, q->config->upload_dir, &got, f))
		return -1;
	if (!attach_file(s, &got, f))
		return 0;
	file_upload_drop(q->config->upload_dir, got.file);
	return -1;
}

/* POST .../upload */
int
wizard_upload(struct request *q, struct reply *r, struct fault *f)
{
	struct wizard_request s;

	q->failed = "Failed to upload";
	if (wizard_request_open(q, &s, f))
		return -1;
	if (store_file(&s, f)) {
		/* a page shows the fault where the file is chosen */
		if (q->htmx || q->json || f->code == FAULT_DENIED ||
		    wizard_page_is_locked(&s.page))
			return -1;
		wizard_request_add_wrong(&s, "contacts", f->text);
		return wizard_request_show(&s, r, request_status(q, f), f);
	}
	if (q->partial) /* the step that is shown now asks for the progress */
		reply_empty(r, 204);
	else
		reply_redirect(r, wizard_request_path(&s, STEP_CONTACTS));
	return 0;
}

/* GET .../progress?step=WORD: the progress, as a part of that step's page */
int
wizard_upload_progress(struct request *q, struct reply *r, struct fault *f)
{
	struct wizard_request s;

	if (wizard_request_open(q, &s, f))
		return -1;
	s.page.step = watching(q);
	s.page.told = true;
	if (!q->partial) {
		reply_redirect(r, wizard_request_path(&s, s.page.step));
		return 0;
	}
	return reply_part(r, "part_wizard_contacts.tpl", fill_wizard_contacts,
			  &s.page, f);
}

int
wizard_upload_cancel(struct wizard_request *s, struct fault *f)
{
	struct request *q = s->q;

	q->failed = "Failed to cancel";
	if (s->page.upload && file_upload_cancel(q, s->upload.id, f) &&
	    f->code != FAULT_CONFLICT)
		return -1;
	if (s->w.kept && wizard_attach(q->db, &s->w, 0, q->arena, f))
		return -1;
	s->page.upload = NULL;
	wizard_request_look(s);
	return 0;
}

static int
write_rejected(void *arg, write_fn *write, void *to, struct fault *f)
{
	struct wizard_request *s = arg;

	return upload_write_rejects(s->q->db, s->who.workspace_id, s->upload.id,
				    write, to, f);
}

/* GET .../rejected/export: a CSV file */
int
wizard_upload_rejected(struct request *q, struct reply *r, struct fault *f)
{
	struct wizard_request *s = ARENA_NEW(q->arena, struct wizard_request);

	if (wizard_request_open(q, s, f))
		return -1;
	if (!s->page.upload)
		return fault_set(f, FAULT_ABSENT, "There is no file.");
	if (!s->upload.counts.rejected)
		return fault_set(f, FAULT_ABSENT,
				 "No row of this file was rejected.");
	reply_stream(r, write_rejected, s);
	reply_csv(r, "rejected.csv");
	return 0;
}
