/* One do-not-call list: its numbers, its file, its settings. */
#include "workspace/dnc.h"

#include <string.h>

#include "app/config.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/text.h"
#include "contacts/dnc_import.h"
#include "web/pages/dnc_request.h"
#include "web/pages/fill_dnc.h"
#include "web/pages/fill_pages.h"
#include "web/pages/pages.h"
#include "web/pages/viewer.h"
#include "web/server/dnc_file.h"
#include "web/server/file_upload.h"
#include "web/server/page.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "web/server/route.h"
#include "web/server/session.h"

#define PAGE_ROWS 50

static handler_fn show, look_again, change, add, bring, drop, erase, export,
	rejected;

/* clang-format off */
const struct route dnc_list_routes[] = {
	/* method path                       least role       handler arg prefetch, flags */
	{ GET,    DNC_PATH "/:id",           ROLE_VIEWER,     show,   0,  NULL, 0 },
	{ POST,   DNC_PATH "/:id",           ROLE_ADMIN,      change, 0,  NULL, 0 },
	{ GET,    DNC_PATH "/:id/numbers",   ROLE_VIEWER,     look_again, 0, NULL, 0 },
	{ POST,   DNC_PATH "/:id/numbers",   ROLE_SUPERVISOR, add,    0,  NULL, 0 },
	{ GET,    DNC_PATH "/:id/upload",    ROLE_VIEWER,     look_again, 0, NULL, 0 },
	{ POST,   DNC_PATH "/:id/upload",    ROLE_ADMIN,      bring,  0,  NULL, ROUTE_UPLOAD },
	{ POST,   DNC_PATH "/:id/remove",    ROLE_ADMIN,      drop,   0,  NULL, 0 },
	{ POST,   DNC_PATH "/:id/delete",    ROLE_ADMIN,      erase,  0,  NULL, 0 },
	{ GET,    DNC_PATH "/:id/export",    ROLE_VIEWER,     export, 0,  NULL, 0 },
	{ GET,    DNC_PATH "/:id/rejected/export", ROLE_VIEWER, rejected, 0, NULL, 0 },
	{ 0 }
};
/* clang-format on */

/* A request about one list; the list belongs to the request. */
struct asked {
	struct request *q;
	struct actor who;
	struct dnc_list list;
	const char *path; /* of its page */
};

static int
open_list(struct request *q, struct asked *s, struct fault *f)
{
	int64_t id = DNC_OWN_LIST;

	*s = (struct asked){ .q = q, .who = session_actor(q->session) };
	if (strcmp(q->segment, "own") != 0 &&
	    (text_int(q->segment, &id) || id <= 0))
		return fault_set(f, FAULT_ABSENT,
				 "There is no such do-not-call list.");
	if (dnc_list_load(q->db, s->who.workspace_id, id, &s->list, q->arena,
			  f))
		return -1;
	s->path = arena_printf(q->arena, DNC_PATH "/%s",
			       dnc_list_place(&s->list, q->arena));
	return 0;
}

/* The settings as they are, where nothing was entered instead. */
static void
enter_list(struct dnc_forms *p, const struct dnc_list *k, struct arena *a)
{
	for (size_t i = 0; i < dnc_list_record.count; i++) {
		const struct field *fd = &dnc_list_record.fields[i];

		if (!p->entered[DNC_F_KIND + i])
			p->entered[DNC_F_KIND + i] = field_text(fd, k, a);
	}
}

static int
read_page(const struct asked *s, struct dnc_list_page *p, struct fault *f)
{
	struct request *q = s->q;
	const char *after = pairs_get(&q->query, "after");
	struct dnc_from from = { .workspace_id = s->who.workspace_id,
				 .list_id = s->list.id,
				 .after = after ? after : "",
				 .most = PAGE_ROWS + 1 };
	struct dnc_entry *entries;

	if (dnc_page(q->db, &from, &entries, &p->count, q->arena, f))
		return -1;
	p->entries = entries;
	p->later = *from.after;
	if (p->count > PAGE_ROWS) {
		p->count = PAGE_ROWS;
		p->next = entries[PAGE_ROWS - 1].phone;
	}
	return 0;
}

static int
reply_list(const struct asked *s, struct reply *r, struct dnc_list_page *p,
	   struct fault *f)
{
	struct request *q = s->q;
	struct viewer viewer = viewer_of(q);
	struct dnc_import last;
	struct page page = { .title = s->list.name,
			     .tpl = "page_dnc_list.tpl",
			     .fill = fill_dnc_list,
			     .data = p,
			     .wizard = true };

	p->viewer = &viewer;
	p->list = &s->list;
	p->last = &last;
	enter_list(&p->forms, &s->list, q->arena);
	if (dnc_import_last(q->db, s->who.workspace_id, s->list.id, &last,
			    q->arena, f) ||
	    read_page(s, p, f))
		return -1;
	if (r->status >= 400)
		page.title = arena_printf(q->arena, "Error: %s", page.title);
	return reply_page(r, &page, f);
}

/* GET .../do-not-call/:id?after= */
static int
show(struct request *q, struct reply *r, struct fault *f)
{
	struct dnc_list_page p = { .forms = dnc_forms_of(q) };
	struct asked s;

	return open_list(q, &s, f) ? -1 : reply_list(&s, r, &p, f);
}

/* GET: the address in the browser after a form was refused */
static int
look_again(struct request *q, struct reply *r, struct fault *f)
{
	struct asked s;

	if (open_list(q, &s, f))
		return -1;
	reply_redirect(r, s.path);
	return 0;
}

static int
refuse(const struct asked *s, struct reply *r, struct dnc_forms *forms,
       struct fault *f)
{
	struct dnc_list_page p;

	if (dnc_forms_refuse(s->q, r, forms, f))
		return -1;
	p = (struct dnc_list_page){ .forms = *forms };
	return reply_list(s, r, &p, f);
}

/* POST .../do-not-call/:id: changes the list's settings */
static int
change(struct request *q, struct reply *r, struct fault *f)
{
	struct dnc_forms forms = dnc_forms_of(q);
	struct dnc_list set = { .id = 0 };
	struct asked s;

	q->failed = "Failed to save";
	if (open_list(q, &s, f))
		return -1;
	if (dnc_forms_list(q, &s.list, &set, f) ||
	    dnc_list_change(q->db, &s.who, s.list.id, &set, q->arena, f))
		return refuse(&s, r, &forms, f);
	return dnc_changed(q, r, s.path, "List saved", set.name);
}

/* POST .../:id/numbers: adds a number */
static int
add(struct request *q, struct reply *r, struct fault *f)
{
	struct dnc_forms forms = dnc_forms_of(q);
	struct dnc_entry e;
	struct asked s;

	q->failed = "Failed to add";
	if (open_list(q, &s, f))
		return -1;
	if (dnc_forms_add(q, &forms, s.list.id, &e, f))
		return refuse(&s, r, &forms, f);
	return dnc_changed(q, r, s.path, dnc_became_words[e.became],
			   arena_printf(q->arena, "+%s", e.phone));
}

static const char *
import_said(const struct dnc_import *i, struct arena *a)
{
	return arena_printf(a, "%s rows, %s rejected",
			    text_thousands(a, i->rows),
			    text_thousands(a, i->rejected));
}

/* POST .../:id/upload: adds a CSV file to the list, or replaces it by that */
static int
bring(struct request *q, struct reply *r, struct fault *f)
{
	struct dnc_forms forms = { .csrf = q->session->csrf };
	struct uploaded_file got;
	struct dnc_import done;
	struct dnc_order order;
	const char *mode;
	struct asked s;

	q->failed = "Failed to import";
	if (open_list(q, &s, f))
		return -1;
	if (!file_upload_file(q, q->config->upload_dir, &got, f)) {
		mode = pairs_get(&q->form, "mode");
		order = (struct dnc_order){
			.list_id = s.list.id,
			.replaces = mode && !strcmp(mode, "replace"),
		};
		if (!dnc_file_import(q, &got, &order, &done, f))
			return dnc_changed(q, r, s.path, "File imported",
					   import_said(&done, q->arena));
	}
	if (f->code == FAULT_INVALID && !q->refused)
		fault_field(f, "file", "%s", arena_strdup(q->arena, f->text));
	if (f->code == FAULT_ABSENT || open_list(q, &s, f))
		return -1;
	return refuse(&s, r, &forms, f);
}

/* Without JavaScript the confirmation is a page of its own. */
static int
ask(const struct asked *s, struct reply *r, const char *question,
    const char *what, struct fault *f)
{
	struct request *q = s->q;
	struct confirm_page data = {
		.action = q->target,
		.ask = question,
		.what = what,
		.icon = "trash-2",
		.grave = true,
		.csrf = q->session->csrf,
		.back = s->path,
		.arena = q->arena,
	};
	struct page page = { .title =
				     arena_printf(q->arena, "Delete, %s", what),
			     .tpl = "page_confirm.tpl",
			     .fill = fill_confirm,
			     .data = &data };

	return reply_page(r, &page, f);
}

/* Asks first, or leads back on Cancel: 1: then the request is answered. */
static int
asks_first(const struct asked *s, struct reply *r, const char *question,
	   const char *what, struct fault *f)
{
	const char *sure = pairs_get(&s->q->form, "confirm");

	if (!sure)
		return ask(s, r, question, what, f) ? -1 : 1;
	if (!strcmp(sure, "1"))
		return 0;
	reply_redirect(r, s->path);
	return 1;
}

/* POST .../:id/remove?number=: removing it twice is not a fault */
static int
drop(struct request *q, struct reply *r, struct fault *f)
{
	const char *phone = pairs_get(&q->query, "number"), *shown;
	struct asked s;
	int rc;

	q->failed = "Failed to remove";
	if (open_list(q, &s, f))
		return -1;
	if (!phone || !*phone || strlen(phone) >= PHONE_TEXT ||
	    strspn(phone, "0123456789") != strlen(phone))
		return fault_set(f, FAULT_ABSENT, "There is no such number.");
	shown = arena_printf(q->arena, "+%s", phone);
	rc = asks_first(&s, r, DNC_REMOVE_ASK, shown, f);
	if (rc)
		return rc < 0 ? -1 : 0;
	if (dnc_remove(q->db, &s.who, s.list.id, phone, q->arena, f) &&
	    f->code != FAULT_ABSENT)
		return -1;
	return dnc_changed(q, r, s.path, "Number removed", shown);
}

/* POST .../:id/delete */
static int
erase(struct request *q, struct reply *r, struct fault *f)
{
	struct asked s;
	int rc;

	q->failed = "Failed to delete";
	if (open_list(q, &s, f))
		return -1;
	rc = asks_first(&s, r, DNC_DELETE_ASK, s.list.name, f);
	if (rc)
		return rc < 0 ? -1 : 0;
	if (dnc_list_delete(q->db, &s.who, s.list.id, q->arena, f))
		return -1;
	return dnc_changed(q, r, DNC_PATH, "List deleted", s.list.name);
}

static int
write_list(void *arg, write_fn *write, void *to, struct fault *f)
{
	const struct asked *s = arg;

	return dnc_write_csv(s->q->db, s->who.workspace_id, s->list.id, write,
			     to, f);
}

/* GET .../:id/export: a CSV file */
static int export(struct request *q, struct reply *r, struct fault *f)
{
	struct asked *s = ARENA_NEW(q->arena, struct asked);

	if (open_list(q, s, f))
		return -1;
	reply_stream(r, write_list, s);
	reply_csv(r, "do-not-call.csv");
	return 0;
}

/* GET .../:id/rejected/export: the rejected rows of the last file */
static int
rejected(struct request *q, struct reply *r, struct fault *f)
{
	struct dnc_rejects rows;
	struct asked s;

	if (open_list(q, &s, f) ||
	    dnc_import_rejects(q->db, s.who.workspace_id, s.list.id, &rows,
			       q->arena, f))
		return -1;
	reply_html(r, rows.data, rows.len);
	reply_csv(r, "rejected.csv");
	return 0;
}
