/* One request to the campaign wizard. */
#include "web/pages/wizard_request.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"
#include "base/zone.h"
#include "campaign/lifecycle.h"
#include "web/pages/fill_wizard.h"
#include "web/pages/viewer.h"
#include "web/server/page.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "web/server/return_path.h"
#include "web/server/route.h"
#include "web/server/session.h"
#include "workspace/catalog.h"
#include "workspace/holiday.h"

/* --- Loading ------------------------------------------------------------ */

static int
load_campaign(struct wizard_request *s, struct fault *f)
{
	struct request *q = s->q;
	uint64_t id;

	if (request_campaign(q, &id, f) ||
	    campaign_load(q->db, s->who.workspace_id, (int64_t)id, &s->c,
			  q->arena, f) ||
	    campaign_numbers(q->db, (int64_t)id, &s->pool, &s->pool_count,
			     q->arena, f))
		return -1;
	s->page.c = &s->c;
	s->page.root = arena_printf(q->arena, HOME_PATH "/%s/edit", q->segment);
	if (!campaign_allows(s->c.status, s->c.runs, ACTION_EDIT))
		return fault_set(
			f, FAULT_CONFLICT, "A %s campaign cannot be edited%s.",
			campaign_status_words[s->c.status],
			s->c.status == CAMPAIGN_RUNNING ? ": pause it first"
							: "");
	return 0;
}

/* A deleted or cancelled upload counts as no upload. */
static int
load_upload(struct wizard_request *s, struct fault *f)
{
	if (!s->w.upload_id || wizard_page_is_locked(&s->page))
		return 0;
	if (upload_load(s->q->db, s->who.workspace_id, s->w.upload_id,
			&s->upload, s->q->arena, f))
		return f->code == FAULT_ABSENT ? 0 : -1;
	if (s->upload.state != UPLOAD_CANCELLED)
		s->page.upload = &s->upload;
	return 0;
}

/* The digits of "+44 20 79"; "" for text that cannot be part of a number. */
static const char *
digits_of(const char *text, struct arena *a)
{
	char *out = arena_alloc(a, strlen(text) + 1);
	size_t n = 0;

	if (text[strspn(text, "0123456789+-() ")])
		return "";
	for (; *text; text++) {
		if (*text >= '0' && *text <= '9')
			out[n++] = *text;
	}
	return out;
}

/* Puts the numbers that match the search first; each part keeps its order. */
static void
order_numbers(struct wizard_request *s, struct number *numbers, size_t count)
{
	struct arena *a = s->q->arena;
	const char *wanted = text_search(a, text_trim(a, s->page.search));
	const char *digits = digits_of(wanted, a);
	struct number *sorted = ARENA_ARRAY(a, count + 1, struct number);
	size_t n = 0, rest = 0;

	for (size_t i = 0; i < count; i++) {
		bool match = !*wanted ||
			     (*digits && strstr(numbers[i].phone, digits));

		if (!match)
			match = strstr(
				text_search(a,
					    arena_printf(a, "%s\n%s",
							 numbers[i].label,
							 numbers[i].carrier)),
				wanted);
		if (match)
			sorted[n++] = numbers[i];
		else
			numbers[rest++] = numbers[i];
	}
	memcpy(sorted + n, numbers, rest * sizeof(*numbers));
	s->page.numbers = sorted;
	s->page.number_count = count;
	s->page.match_count = n;
}

static int
load_holidays(struct wizard_request *s, struct fault *f)
{
	struct holiday *list;
	int64_t *days;
	size_t count;

	if (holiday_list(s->q->db, s->who.workspace_id, &list, &count,
			 s->q->arena, f))
		return -1;
	days = ARENA_ARRAY(s->q->arena, count + 1, int64_t);
	for (size_t i = 0; i < count; i++)
		days[i] = list[i].day;
	s->page.holidays = (struct holidays){ days, count };
	return 0;
}

int
wizard_request_load_choices(struct wizard_request *s, struct fault *f)
{
	struct request *q = s->q;
	int64_t workspace = s->who.workspace_id;
	const char *search = pairs_get(&q->form, "q");
	struct number *numbers;
	struct bot *bots;
	size_t count;

	if (s->has_choices)
		return 0;
	if (!search)
		search = pairs_get(&q->query, "q");
	s->page.search = search ? search : "";
	if (load_holidays(s, f) ||
	    bot_list(q->db, workspace, &bots, &s->page.bot_count, q->arena,
		     f) ||
	    number_list(q->db, workspace, &numbers, &count, q->arena, f))
		return -1;
	if ((!s->page.bot_count || !count) &&
	    needs_read(q->db, workspace, &s->needs, q->arena, f))
		return -1;
	s->page.needs = &s->needs;
	s->page.bots = bots;
	s->page.zones = zone_names(&s->page.zone_count, q->arena);
	order_numbers(s, numbers, count);
	s->has_choices = true;
	return 0;
}

/* Where the person came from: as stored, else from the form or the browser; a
 * page of the wizard does not count. */
static const char *
came_from(const struct request *q, const struct wizard_request *s)
{
	const char *from = pairs_get(&q->form, "came");
	size_t root = strlen(s->page.root);

	if (*s->w.back)
		return s->w.back;
	if (!from)
		from = request_from(q);
	if (from && strncmp(from, s->page.root, root) != 0)
		return return_path_check(from);
	return s->page.c ? arena_printf(q->arena, HOME_PATH "/%s", q->segment)
			 : HOME_PATH;
}

/* What is wrong with the contacts, or NULL.  While a file is uploaded or read,
 * steps can be left but nothing can be saved. */
static const char *
wrong_contacts(struct wizard_request *s, bool saving)
{
	const char *always = *wizard_text(&s->w.now, "always_on");
	bool has = s->page.c && s->c.fig.total;
	struct arena *a = s->q->arena;

	if (wizard_page_is_locked(&s->page))
		return NULL;
	if (s->page.coming)
		return saving ? arena_printf(
					a,
					"“%s” is still uploading. Wait until "
					"it has been read, or cancel it.",
					s->page.coming)
			      : NULL;
	if (upload_is_at_work(s->page.upload))
		return saving ? arena_printf(
					a,
					"“%s” is still being read: %s rows so "
					"far. Wait until it has been read, or "
					"cancel it.",
					s->upload.name,
					text_thousands(a,
						       s->upload.counts.rows))
			      : NULL;
	if (s->page.upload && s->upload.state == UPLOAD_FAILED)
		return arena_printf(
			a, "“%s” was not accepted. Choose another file%s",
			s->upload.name,
			has ? ", or keep the current list." : ".");
	if (s->page.upload || has || !strcmp(always, "yes"))
		return NULL;
	return "Upload a CSV file. Only an always-on campaign can start "
	       "without one.";
}

int
wizard_request_open(struct request *q, struct wizard_request *s,
		    struct fault *f)
{
	const char *coming = pairs_get(&q->form, "coming");
	struct wizard_origin from;

	*s = (struct wizard_request){ .q = q,
				      .who = session_actor(q->session),
				      .viewer = viewer_of(q) };
	s->page = (struct wizard_page){
		.w = &s->w,
		.step = (enum wizard_step)q->route->arg,
		.part = q->partial,
		.coming = coming && *coming ? coming : NULL,
		.root = WIZARD_NEW,
		.csrf = q->session->csrf,
		.wrong = s->wrong,
		.viewer = &s->viewer,
	};
	if (q->segment && load_campaign(s, f))
		return -1;
	from = (struct wizard_origin){ .campaign = s->page.c,
				       .numbers = s->pool,
				       .count = s->pool_count,
				       .zone = q->session->account.zone };
	if (wizard_open(q->db, &s->who, &from, &s->w, q->arena, f) ||
	    load_upload(s, f))
		return -1;
	s->w.back = s->page.back = came_from(q, s);
	wizard_request_look(s);
	return 0;
}

void
wizard_request_look(struct wizard_request *s)
{
	s->page.listless = wrong_contacts(s, false) != NULL;
}

int
wizard_request_keep(struct wizard_request *s, bool next, struct fault *f)
{
	if (wizard_keep(s->q->db, &s->w, next, s->q->arena, f))
		return -1;
	s->w.saved_at = s->viewer.now;
	return 0;
}

/* --- Checks ------------------------------------------------------------- */

void
wizard_request_add_wrong(struct wizard_request *s, const char *field,
			 const char *text)
{
	if (s->page.wrong_count < WIZARD_WRONG_MOST)
		s->wrong[s->page.wrong_count++] =
			(struct wizard_wrong){ field, arena_strdup(s->q->arena,
								   text) };
}

static void
check_bot(struct wizard_request *s)
{
	const char *id = *wizard_text(&s->w.now, "bot_id");
	int64_t bot;

	if (text_int(id, &bot))
		return;
	for (size_t i = 0; i < s->page.bot_count; i++) {
		if (s->page.bots[i].id == bot)
			return;
	}
	wizard_request_add_wrong(
		s, "bot_id", "The bot no longer exists. Choose another one.");
}

/* Removes numbers that were deleted meanwhile from the pool, and reports it. */
static void
check_numbers(struct wizard_request *s)
{
	struct wizard_entries *now = &s->w.now, real = { .count = 0 };
	int64_t *kept = ARENA_ARRAY(s->q->arena, now->count + 1, int64_t);
	size_t n = 0, gone;

	real.numbers =
		ARENA_ARRAY(s->q->arena, s->page.number_count + 1, int64_t);
	for (size_t i = 0; i < s->page.number_count; i++)
		real.numbers[real.count++] = s->page.numbers[i].id;
	wizard_sort_numbers(&real);
	for (size_t i = 0; i < now->count; i++) {
		if (wizard_has_number(&real, now->numbers[i]))
			kept[n++] = now->numbers[i];
	}
	gone = now->count - n;
	now->numbers = kept; /* the base may share the old array */
	now->count = n;
	if (gone)
		wizard_request_add_wrong(
			s, "numbers",
			arena_printf(s->q->arena,
				     "%zu chosen %s been deleted and %s no "
				     "longer in the pool. Check your choice.",
				     gone,
				     gone == 1 ? "number has" : "numbers have",
				     gone == 1 ? "is" : "are"));
	else if (!n)
		wizard_request_add_wrong(
			s, "numbers",
			"Choose at least one number to call from.");
	else if (n > POOL_MOST)
		wizard_request_add_wrong(
			s, "numbers",
			arena_printf(s->q->arena,
				     "A pool has at most %d numbers.",
				     POOL_MOST));
}

int
wizard_request_check(struct wizard_request *s, enum wizard_step step,
		     struct fault *f)
{
	bool saving = step == STEP_REVIEW;
	struct campaign_settings set;
	const char *wrong;

	s->page.wrong_count = 0;
	if ((saving || step == STEP_BASICS || step == STEP_NUMBERS) &&
	    wizard_request_load_choices(s, f))
		return -1;
	if (saving || step == STEP_BASICS || step == STEP_DIALLER)
		s->page.wrong_count = wizard_read(&s->w.now, step, &set,
						  s->wrong, s->q->arena);
	if (saving || step == STEP_BASICS)
		check_bot(s);
	if (saving || step == STEP_NUMBERS)
		check_numbers(s);
	if (saving || step == STEP_CONTACTS) {
		wrong = wrong_contacts(s, saving);
		if (wrong)
			wizard_request_add_wrong(s, "contacts", wrong);
	}
	return 0;
}

enum wizard_step
wizard_request_first_open(const struct wizard_request *s)
{
	int step = STEP_BASICS;

	while (step < STEP_REVIEW &&
	       wizard_page_is_done(&s->page, (enum wizard_step)step))
		step++;
	return (enum wizard_step)step;
}

/* --- Answers ------------------------------------------------------------ */

const char *
wizard_request_path(const struct wizard_request *s, enum wizard_step step)
{
	return arena_printf(s->q->arena, "%s/%s", s->page.root,
			    wizard_step_words[step]);
}

int
wizard_request_show(struct wizard_request *s, struct reply *r, int status,
		    struct fault *f)
{
	struct page page = {
		.title = arena_printf(
			s->q->arena, "%s, %s", wizard_step_labels[s->page.step],
			s->page.c ? s->c.set.name : "New Campaign"),
		.tpl = "page_wizard.tpl",
		.fill = fill_wizard,
		.data = &s->page
	};

	if (wizard_request_load_choices(s, f))
		return -1;
	/* htmx does not show the body of a 4xx */
	if (!s->q->htmx)
		r->status = status;
	page.wizard = true;
	return reply_page(r, &page, f);
}

int
wizard_request_go(struct wizard_request *s, struct reply *r,
		  enum wizard_step step, struct fault *f)
{
	const char *path = wizard_request_path(s, step);

	if (!s->q->partial) {
		reply_redirect(r, path);
		return 0;
	}
	reply_header(r, "HX-Push-Url", path);
	s->page.step = step;
	s->page.wrong_count = 0;
	return wizard_request_show(s, r, 200, f);
}
