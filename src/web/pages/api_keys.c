/* The API keys of a workspace: administrators make and revoke them. */
#include "workspace/api_key.h"

#include <string.h>

#include "base/arena.h"
#include "base/civil.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/text.h"
#include "base/words.h"
#include "base/zone.h"
#include "base/zone_cache.h"
#include "web/pages/fill_api_keys.h"
#include "web/pages/fill_pages.h"
#include "web/pages/pages.h"
#include "web/pages/viewer.h"
#include "web/server/page.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "web/server/route.h"
#include "web/server/session.h"

#define LISTED 50

static handler_fn show, add, revoke;

/* clang-format off */
const struct route api_key_routes[] = {
	/* method path                    least role  handler arg prefetch, flags */
	{ GET,    API_KEYS_PATH,          ROLE_ADMIN, show,   0,  NULL, 0 },
	{ POST,   API_KEYS_PATH,          ROLE_ADMIN, add,    0,  NULL, 0 },
	{ POST,   API_KEYS_PATH "/:key/revoke", ROLE_ADMIN, revoke, 0, NULL, 0 },
	{ 0 }
};
/* clang-format on */

static int64_t
asked_before(const struct request *q)
{
	const char *text = pairs_get(&q->query, "before");
	int64_t id;

	return text && !text_int(text, &id) && id > 0 ? id : 0;
}

static int
reply_list(struct request *q, struct reply *r, struct api_keys_page *data,
	   struct fault *f)
{
	struct viewer viewer = viewer_of(q);
	struct page page = { .title = "API keys",
			     .tpl = "page_api_keys.tpl",
			     .fill = fill_api_keys,
			     .data = data,
			     .wizard = true };

	data->viewer = &viewer;
	data->csrf = q->session->csrf;
	if (api_key_list(q->db,
			 &(struct api_key_query){ q->actor.workspace_id,
						  asked_before(q), LISTED + 1 },
			 &data->list, &data->count, q->arena, f))
		return -1;
	if (data->count > LISTED) {
		data->count = LISTED;
		data->next = data->list[LISTED - 1].id;
	}
	for (size_t i = 0; i < API_KEY_ENTRIES; i++)
		if (data->wrong[i])
			page.title = "Error: API keys";
	return reply_page(r, &page, f);
}

/* GET .../api-keys */
static int
show(struct request *q, struct reply *r, struct fault *f)
{
	struct api_keys_page data = { .entered = { "", "read", "", "" } };

	return reply_list(q, r, &data, f);
}

/* The scopes that were chosen, "read,trigger": an input each. */
static const char *
chosen_scopes(const struct request *q)
{
	const char *list = "";

	for (size_t i = 0; i < q->form.count; i++)
		if (!strcmp(q->form.at[i].name, "scopes"))
			list = arena_printf(q->arena, "%s%s%s", list,
					    *list ? "," : "",
					    q->form.at[i].value);
	return list;
}

/* The end of the day that was entered, in the workspace's zone. */
static int
read_expiry(struct request *q, const char *text, int64_t *out, struct fault *f)
{
	struct viewer viewer = viewer_of(q);
	int year, month, day_of;
	int64_t day;

	*out = 0;
	if (!*text)
		return 0;
	if (date_parse(text, &day))
		return fault_field(f, "expires_at",
				   "Expires must be a date, such as "
				   "2026-12-24, or empty.");
	if (day < viewer_today(&viewer))
		return fault_field(f, "expires_at",
				   "Expires must not be in the past.");
	civil_from_days(day, &year, &month, &day_of);
	*out = zone_instant(viewer.zone.zone, year, month, day_of,
			    MINUTES_PER_DAY);
	return 0;
}

static int
read_campaign(const char *text, int64_t *out, struct arena *a, struct fault *f)
{
	uint64_t id = 0;

	text = text_trim(a, text);
	if (*text && text_parse_short_id(text, &id))
		return fault_field(f, "campaign",
				   "Campaign must be the ID of a campaign, or "
				   "empty.");
	*out = (int64_t)id;
	return 0;
}

static int
read_entry(struct request *q, const struct api_keys_page *data,
	   struct api_key *k, struct fault *f)
{
	struct arena *a = q->arena;
	const char *const *entered = data->entered;

	if (field_set(record_find(&api_key_record, "name"), k,
		      entered[API_KEY_NAME], a, f) ||
	    field_set(record_find(&api_key_record, "scopes"), k,
		      entered[API_KEY_SCOPES], a, f))
		return -1;
	return read_campaign(entered[API_KEY_CAMPAIGN], &k->campaign_id, a,
			     f) ||
	       read_expiry(q, entered[API_KEY_EXPIRES], &k->expires_at, f);
}

/* Shows a fault at its input. */
static int
refuse(struct request *q, struct reply *r, struct api_keys_page *data,
       struct fault *f)
{
	int entry = word_find(api_key_entry_words, f->field);

	if (f->code == FAULT_ABSENT)
		entry = API_KEY_CAMPAIGN;
	if (q->json || entry < 0)
		return -1;
	data->wrong[entry] = arena_strdup(q->arena, f->text);
	r->status = 422;
	return reply_list(q, r, data, f);
}

/* POST .../api-keys: the answer is the page with the key, for the only time */
static int
add(struct request *q, struct reply *r, struct fault *f)
{
	struct api_keys_page data = { .entered = { "", "", "", "" } };
	struct api_key k = { .id = 0 };
	struct new_api_key made;

	for (size_t i = 0; i < API_KEY_ENTRIES; i++) {
		const char *value =
			pairs_get(&q->form, api_key_entry_words[i]);

		data.entered[i] = value ? value : "";
	}
	data.entered[API_KEY_SCOPES] = chosen_scopes(q);
	q->failed = "Failed to add";
	if (read_entry(q, &data, &k, f) ||
	    api_key_create(q->db, &q->actor, &k, &made, q->arena, f))
		return refuse(q, r, &data, f);
	data = (struct api_keys_page){ .made = made.text,
				       .entered = { "", "read", "", "" } };
	reply_toast(r, false, "API key added", k.name);
	return reply_list(q, r, &data, f);
}

static int
find(struct request *q, int64_t *id, const char **name, struct fault *f)
{
	struct api_key *found;
	size_t count;

	if (text_int(q->segment, id) || *id <= 0 || *id == INT64_MAX)
		return fault_set(f, FAULT_ABSENT, "There is no such API key.");
	if (api_key_list(q->db,
			 &(struct api_key_query){ q->actor.workspace_id, *id + 1,
						  1 },
			 &found, &count, q->arena, f))
		return -1;
	if (!count || found[0].id != *id)
		return fault_set(f, FAULT_ABSENT, "There is no such API key.");
	*name = found[0].name;
	return 0;
}

/* Without JavaScript the confirmation is a page of its own. */
static int
ask(struct request *q, struct reply *r, const char *name, struct fault *f)
{
	struct confirm_page data = {
		.action = q->target,
		.ask = API_KEY_ASK,
		.what = name,
		.icon = "trash-2",
		.grave = true,
		.csrf = q->session->csrf,
		.back = API_KEYS_PATH,
		.arena = q->arena,
	};
	struct page page = { .title =
				     arena_printf(q->arena, "Revoke, %s", name),
			     .tpl = "page_confirm.tpl",
			     .fill = fill_confirm,
			     .data = &data };

	return reply_page(r, &page, f);
}

/* POST .../api-keys/:key/revoke: doing it twice is no fault */
static int
revoke(struct request *q, struct reply *r, struct fault *f)
{
	const char *sure = pairs_get(&q->form, "confirm"), *name = "";
	int64_t id;

	q->failed = "Failed to revoke";
	if (find(q, &id, &name, f))
		return -1;
	if (!sure)
		return ask(q, r, name, f);
	if (!strcmp(sure, "1")) {
		if (api_key_revoke(q->db, &q->actor, id, q->arena, f) &&
		    f->code != FAULT_CONFLICT)
			return -1;
		reply_toast(r, false, "API key revoked", name);
	}
	reply_redirect(r, API_KEYS_PATH);
	return 0;
}
