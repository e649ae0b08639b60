/* The days on which a workspace does not dial: read by all, kept by its
 * administrators. */
#include "domain/holiday.h"

#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"
#include "domain/config.h"
#include "domain/hold.h"
#include "domain/window_words.h"
#include "web/fill_campaigns.h"
#include "web/fill_holidays.h"
#include "web/list.h"
#include "web/receive.h"
#include "web/reply.h"
#include "web/request.h"
#include "web/route.h"
#include "web/session.h"

#define FILE_MAX ((size_t)1 << 20) /* bytes */
#define AROUND_MAX 65536	   /* of the form around it */

static handler_fn show, look_again, add, bring, drop;

/* clang-format off */
const struct route holiday_routes[] = {
	/* method path                 least role   handler arg also */
	{ GET,    HOLIDAYS_PATH,       ROLE_VIEWER, show,   0,  NULL },
	{ POST,   HOLIDAYS_PATH,       ROLE_ADMIN,  add,    0,  NULL },
	{ GET,    HOLIDAYS_PATH "/upload", ROLE_VIEWER, look_again, 0, NULL },
	{ POST,   HOLIDAYS_PATH "/upload", ROLE_ADMIN, bring, 0, route_brings_file },
	{ POST,   HOLIDAYS_PATH "/delete", ROLE_ADMIN, drop, 0, NULL },
	{ 0 }
};
/* clang-format on */

/* With what was entered, and what was wrong with it (NULL: nothing). */
static int
reply_list(struct request *q, struct reply *r, const char *day,
	   const char *name, const struct fault *wrong, struct fault *f)
{
	struct reader reader = list_reader(q);
	struct holidays_page data = {
		.reader = &reader,
		.csrf = q->session->csrf,
		.day = day,
		.name = name,
		.field = wrong ? wrong->field : "",
		.wrong = wrong ? wrong->text : NULL,
	};
	struct page page = { .title = "Holidays",
			     .tpl = "page_holidays.tpl",
			     .fill = fill_holidays,
			     .data = &data,
			     .wizard = true };

	if (holiday_list(q->db, session_actor(q->session).workspace_id,
			 &data.list, &data.count, q->arena, f))
		return -1;
	if (wrong)
		r->status = q->refused ? q->refused : fault_http(wrong->code);
	return reply_page(r, &page, f);
}

/* What a person can mend is said at its field. */
static int
refuse(struct request *q, struct reply *r, const char *day, const char *name,
       struct fault *f)
{
	struct fault wrong = *f;

	if (q->json || !*wrong.field)
		return -1;
	return reply_list(q, r, day, name, &wrong, f);
}

/* Whatever is wrong with a file is said where it is chosen. */
static int
refuse_file(struct request *q, struct reply *r, struct fault *f)
{
	if (f->code == FAULT_INVALID && !q->refused)
		fault_field(f, "file", "%s", arena_strdup(q->arena, f->text));
	return refuse(q, r, "", "", f);
}

static int
changed(struct request *q, struct reply *r, const char *text,
	const char *detail)
{
	workspace_tell(q->db, q->redis, session_actor(q->session).workspace_id);
	reply_toast(r, false, text, detail);
	reply_see(r, HOLIDAYS_PATH);
	return 0;
}

/* GET .../holidays */
static int
show(struct request *q, struct reply *r, struct fault *f)
{
	return reply_list(q, r, "", "", NULL, f);
}

/* GET .../upload: where a browser is after a file that was not taken */
static int
look_again(struct request *q, struct reply *r, struct fault *f)
{
	(void)q;
	(void)f;
	reply_see(r, HOLIDAYS_PATH);
	return 0;
}

static const char *
entered(const struct request *q, const char *name)
{
	const char *value = pairs_get(&q->form, name);

	return value ? value : "";
}

/* POST .../holidays: one more, or another name for one */
static int
add(struct request *q, struct reply *r, struct fault *f)
{
	struct actor who = session_actor(q->session);
	const char *day = entered(q, "day"), *name = entered(q, "name");
	struct holiday h;

	static const char *const done[] = {
		[HOLIDAY_ADDED] = "Holiday added",
		[HOLIDAY_RENAMED] = "Holiday renamed",
		[HOLIDAY_SAME] = "Holiday unchanged",
	};

	q->failed = "Failed to add";
	if (holiday_read(day, name, &h, q->arena, f) ||
	    holiday_put(q->db, &who, &h, 1, q->arena, f))
		return refuse(q, r, day, name, f);
	return changed(q, r, done[h.became], day_words(h.day, q->arena));
}

/* POST .../holidays/upload: those of a CSV file, all of them or none */
static int
bring(struct request *q, struct reply *r, struct fault *f)
{
	struct actor who = session_actor(q->session);
	const char *dir = q->config->upload_dir;
	struct holiday *list;
	struct received got;
	const char *text;
	size_t count;

	q->failed = "Failed to import";
	if (q->body_len > (int64_t)(FILE_MAX + AROUND_MAX)) {
		fault_field(f, "file", "The file is larger than 1 MB.");
		return refuse(q, r, "", "", f);
	}
	if (receive_file(q, dir, &got, f) ||
	    receive_take(dir, &got, FILE_MAX, &text, q->arena, f) ||
	    holiday_csv(text, (size_t)got.size, &list, &count, q->arena, f) ||
	    holiday_put(q->db, &who, list, count, q->arena, f))
		return refuse_file(q, r, f);
	return changed(q, r, holidays_said(list, count, q->arena), "");
}

/* POST .../holidays/delete: one that is gone already is no mistake */
static int
drop(struct request *q, struct reply *r, struct fault *f)
{
	struct actor who = session_actor(q->session);
	struct holiday h;

	q->failed = "Failed to delete";
	if (holiday_read(entered(q, "day"), "-", &h, q->arena, f) ||
	    (holiday_delete(q->db, &who, h.day, q->arena, f) &&
	     f->code != FAULT_ABSENT))
		return refuse(q, r, "", "", f);
	return changed(q, r, "Holiday deleted", day_words(h.day, q->arena));
}
