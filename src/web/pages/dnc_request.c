#include "web/pages/dnc_request.h"

#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/words.h"
#include "web/server/page.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "web/server/session.h"
#include "workspace/workspace_hold.h"

const char *const dnc_became_words[] = {
	[DNC_ADDED] = "Number added",
	[DNC_EXTENDED] = "Number kept until later",
	[DNC_SAME] = "Number unchanged",
};

struct dnc_forms
dnc_forms_of(struct request *q)
{
	struct dnc_forms p = { .csrf = q->session->csrf };

	for (size_t i = 0; i < DNC_FIELDS; i++)
		p.entered[i] = pairs_get(&q->form, dnc_field_words[i]);
	return p;
}

static void
note(struct request *q, struct dnc_forms *p, const struct fault *f)
{
	int field = word_find(dnc_field_words, f->field);

	if (field >= 0 && !p->wrong[field])
		p->wrong[field] = arena_strdup(q->arena, f->text);
}

int
dnc_forms_refuse(struct request *q, struct reply *r, struct dnc_forms *p,
		 struct fault *f)
{
	if (q->json || word_find(dnc_field_words, f->field) < 0)
		return -1;
	note(q, p, f);
	r->status = request_status(q, f);
	return 0;
}

static const char *
entered(const struct dnc_forms *p, enum dnc_field field)
{
	return p->entered[field] ? p->entered[field] : "";
}

/* Reads all three fields, so that all errors are shown at once. */
static int
read_number(struct request *q, struct dnc_forms *p,
	    const struct dnc_reader *reader, struct dnc_entry *e,
	    struct fault *f)
{
	const char *phone = entered(p, DNC_F_PHONE);
	struct fault why[3] = { { .code = FAULT_NONE } };
	int bad[] = {
		dnc_read_phone(reader, phone, strlen(phone), e->phone, &why[0]),
		dnc_read_reason(entered(p, DNC_F_REASON), e, q->arena, &why[1]),
		dnc_read_until(reader, entered(p, DNC_F_UNTIL), &e->until,
			       q->arena, &why[2]),
	};
	int rc = 0;

	for (size_t i = ARRAY_LEN(bad); i-- > 0;) {
		if (!bad[i])
			continue;
		note(q, p, &why[i]);
		*f = why[i];
		rc = -1;
	}
	return rc;
}

int
dnc_forms_add(struct request *q, struct dnc_forms *p, int64_t list_id,
	      struct dnc_entry *out, struct fault *f)
{
	struct actor who = session_actor(q->session);
	struct dnc_reader reader;
	int rc;

	*out = (struct dnc_entry){ .reason = "" };
	if (dnc_reader_open(q->db, who.workspace_id, &reader, q->arena, f))
		return -1;
	rc = read_number(q, p, &reader, out, f);
	dnc_reader_close(&reader);
	return rc ? -1 : dnc_add(q->db, &who, list_id, out, q->arena, f);
}

int
dnc_forms_list(struct request *q, const struct dnc_list *was,
	       struct dnc_list *out, struct fault *f)
{
	if (pairs_fill(&q->form, &dnc_list_record, out, q->arena, f))
		return -1;
	if (!was || was->kind != DNC_OWN)
		return 0;
	out->kind = DNC_OWN;
	out->name = was->name;
	return 0;
}

int
dnc_changed(struct request *q, struct reply *r, const char *path,
	    const char *toast, const char *detail)
{
	workspace_tell(q->db, q->redis, session_actor(q->session).workspace_id);
	reply_toast(r, false, toast, detail);
	reply_redirect(r, path);
	return 0;
}
