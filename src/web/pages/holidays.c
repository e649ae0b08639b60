/* The holidays of a workspace: all may read them, administrators change them.
 */
#include "workspace/holiday.h"

#include <string.h>

#include "app/config.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/text.h"
#include "base/words.h"
#include "campaign/window_text.h"
#include "web/pages/fill_holidays.h"
#include "web/pages/fill_pages.h"
#include "web/pages/pages.h"
#include "web/pages/viewer.h"
#include "web/server/file_upload.h"
#include "web/server/page.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "web/server/route.h"
#include "web/server/session.h"
#include "workspace/workspace_hold.h"

#define FILE_MAX ((size_t)1 << 20) /* bytes */
#define AROUND_MAX 65536	   /* bytes of the form around it */
#define ANY_DAY "2000-01-01"

static handler_fn show, look_again, add, bring, drop;

/* clang-format off */
const struct route holiday_routes[] = {
	/* method path                 least role   handler arg prefetch, flags */
	{ GET,    HOLIDAYS_PATH,       ROLE_VIEWER, show,   0,  NULL, 0 },
	{ POST,   HOLIDAYS_PATH,       ROLE_ADMIN,  add,    0,  NULL, 0 },
	{ GET,    HOLIDAYS_PATH "/upload", ROLE_VIEWER, look_again, 0, NULL, 0 },
	{ POST,   HOLIDAYS_PATH "/upload", ROLE_ADMIN, bring, 0, NULL, ROUTE_UPLOAD },
	{ POST,   HOLIDAYS_PATH "/delete", ROLE_ADMIN, drop, 0, NULL, 0 },
	{ 0 }
};
/* clang-format on */

/* Answers with the page, with the entries and what is wrong with them. */
static int
reply_list(struct request *q, struct reply *r, struct holidays_page *data,
	   struct fault *f)
{
	struct viewer viewer = viewer_of(q);
	struct page page = { .title = "Holidays",
			     .tpl = "page_holidays.tpl",
			     .fill = fill_holidays,
			     .data = data,
			     .wizard = true };

	data->viewer = &viewer;
	data->csrf = q->session->csrf;
	if (holiday_list(q->db, session_actor(q->session).workspace_id,
			 &data->list, &data->count, q->arena, f))
		return -1;
	for (size_t i = 0; i < HOLIDAY_FIELDS; i++) {
		if (data->wrong[i])
			page.title = "Error: Holidays";
	}
	return reply_page(r, &page, f);
}

/* Shows a fault of a field at that field. */
static int
refuse(struct request *q, struct reply *r, struct holidays_page *data,
       struct fault *f)
{
	int field = word_find(holiday_field_words, f->field);

	if (q->json || field < 0)
		return -1;
	data->wrong[field] = arena_strdup(q->arena, f->text);
	r->status = request_status(q, f);
	return reply_list(q, r, data, f);
}

/* Shows a fault of the file at the input where it was chosen. */
static int
refuse_file(struct request *q, struct reply *r, struct fault *f)
{
	struct holidays_page data = { .day = "", .name = "" };

	if (f->code == FAULT_INVALID && !q->refused)
		fault_field(f, "file", "%s", arena_strdup(q->arena, f->text));
	return refuse(q, r, &data, f);
}

static int
changed(struct request *q, struct reply *r, const char *text,
	const char *detail)
{
	workspace_tell(q->db, q->redis, session_actor(q->session).workspace_id);
	reply_toast(r, false, text, detail);
	reply_redirect(r, HOLIDAYS_PATH);
	return 0;
}

/* GET .../holidays */
static int
show(struct request *q, struct reply *r, struct fault *f)
{
	struct holidays_page data = { .day = "", .name = "" };

	return reply_list(q, r, &data, f);
}

/* GET .../upload: the address in the browser after a file was refused */
static int
look_again(struct request *q, struct reply *r, struct fault *f)
{
	(void)q;
	(void)f;
	reply_redirect(r, HOLIDAYS_PATH);
	return 0;
}

static const char *
entered(const struct request *q, const char *name)
{
	const char *value = pairs_get(&q->form, name);

	return value ? value : "";
}

/* Finds the name of the day; NULL: it is not a holiday. */
static int
find_name(struct request *q, int64_t day, const char **name, struct fault *f)
{
	struct holiday *list;
	size_t count;

	*name = NULL;
	if (holiday_list(q->db, session_actor(q->session).workspace_id, &list,
			 &count, q->arena, f))
		return -1;
	for (size_t i = 0; i < count; i++) {
		if (list[i].day == day)
			*name = list[i].name;
	}
	return 0;
}

/* Checks both day and name, so that all errors are shown at once. */
static int
read_entry(struct request *q, struct holidays_page *data, struct holiday *h,
	   struct fault *f)
{
	struct fault first;

	if (holiday_read(data->day, data->name, h, q->arena, &first) == 0)
		return 0;
	*f = first;
	if (strcmp(first.field, "day") == 0 &&
	    holiday_read(ANY_DAY, data->name, h, q->arena, &first))
		data->wrong[HOLIDAY_NAME] = arena_strdup(q->arena, first.text);
	return -1;
}

/* POST .../holidays: adds or renames a holiday */
static int
add(struct request *q, struct reply *r, struct fault *f)
{
	static const char *const done[] = {
		[HOLIDAY_ADDED] = "Holiday added",
		[HOLIDAY_RENAMED] = "Holiday renamed",
		[HOLIDAY_SAME] = "Holiday unchanged",
	};
	struct actor who = session_actor(q->session);
	struct holidays_page data = { .day = entered(q, "day"),
				      .name = entered(q, "name") };
	struct holiday h;

	q->failed = "Failed to add";
	if (read_entry(q, &data, &h, f) ||
	    holiday_put(q->db, &who, &h, 1, q->arena, f))
		return refuse(q, r, &data, f);
	return changed(q, r, done[h.became], day_words(h.day, q->arena));
}

/* POST .../holidays/upload: adds the holidays of a CSV file, all or none */
static int
bring(struct request *q, struct reply *r, struct fault *f)
{
	struct actor who = session_actor(q->session);
	const char *dir = q->config->upload_dir;
	struct holiday *list;
	struct uploaded_file got;
	const char *text;
	size_t count;

	q->failed = "Failed to import";
	if (q->body_len > (int64_t)(FILE_MAX + AROUND_MAX)) {
		fault_field(f, "file", "The file is larger than 1 MB.");
		return refuse_file(q, r, f);
	}
	if (file_upload_file(q, dir, &got, f) ||
	    file_upload_take(dir, &got, FILE_MAX, &text, q->arena, f) ||
	    holiday_csv(text, (size_t)got.size, &list, &count, q->arena, f) ||
	    holiday_put(q->db, &who, list, count, q->arena, f))
		return refuse_file(q, r, f);
	return changed(q, r, holidays_said(list, count, q->arena), "");
}

/* Without JavaScript the confirmation is a page of its own. */
static int
ask(struct request *q, struct reply *r, const char *name, struct fault *f)
{
	struct confirm_page data = {
		.action = q->target,
		.ask = HOLIDAY_ASK,
		.what = name,
		.icon = "trash-2",
		.grave = true,
		.csrf = q->session->csrf,
		.back = HOLIDAYS_PATH,
		.arena = q->arena,
	};
	struct page page = { .title =
				     arena_printf(q->arena, "Delete, %s", name),
			     .tpl = "page_confirm.tpl",
			     .fill = fill_confirm,
			     .data = &data };

	return reply_page(r, &page, f);
}

/* POST .../holidays/delete?day=: deleting it twice is not a fault */
static int
drop(struct request *q, struct reply *r, struct fault *f)
{
	struct holidays_page data = { .day = "", .name = "" };
	struct actor who = session_actor(q->session);
	const char *day = pairs_get(&q->query, "day"), *name;
	const char *sure = pairs_get(&q->form, "confirm");
	struct holiday h;

	q->failed = "Failed to delete";
	if (holiday_read(day ? day : "", "-", &h, q->arena, f) ||
	    find_name(q, h.day, &name, f))
		return refuse(q, r, &data, f);
	if (name && !sure)
		return ask(q, r, name, f);
	if (name && strcmp(sure, "1") != 0) {
		reply_redirect(r, HOLIDAYS_PATH);
		return 0;
	}
	if (name && holiday_delete(q->db, &who, h.day, q->arena, f) &&
	    f->code != FAULT_ABSENT)
		return refuse(q, r, &data, f);
	return changed(q, r, "Holiday deleted", day_words(h.day, q->arena));
}
