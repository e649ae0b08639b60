/* Campaigns: list, read, create, change, and their lifecycle. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/text.h"
#include "base/words.h"
#include "campaign/campaign.h"
#include "campaign/lifecycle.h"
#include "listing/campaign_list.h"
#include "web/api/api.h"
#include "web/api/campaign_schema.h"
#include "web/api/schema.h"
#include "web/server/reply.h"
#include "web/server/request.h"

static handler_fn list, show, create, change, act, clone, erase;

/* What a list is asked for. */
struct campaign_filter {
	const char *search;
	unsigned status; /* of campaign_status_filter */
	unsigned sort;
	bool ascending;
	int64_t limit;
	const char *after, *before;
};

/* clang-format off */
static const struct field filter_fields[] = {
	{ FIELD(campaign_filter, search), .max = 300, .def = "", .label = "search",
	  .help = "Part of the name or of the ID, in any case." },
	{ FIELD(campaign_filter, status), .words = campaign_status_filter, .def = "all", .label = "status",
	  .help = "Only campaigns of this status; “all” leaves out those that are archived." },
	{ FIELD(campaign_filter, sort), .words = campaign_sort_words, .def = "created", .label = "sort",
	  .help = "The order." },
	{ FIELD(campaign_filter, ascending), .def = "no", .label = "ascending",
	  .help = "Turns the order around." },
	{ FIELD(campaign_filter, limit), .min = 1, .max = 100, .def = "25", .label = "limit",
	  .help = "How many at most." },
	{ FIELD(campaign_filter, after), .max = CAMPAIGN_KEY_MAX, .def = "", .label = "after",
	  .help = "“next” of the answer before: the campaigns after those." },
	{ FIELD(campaign_filter, before), .max = CAMPAIGN_KEY_MAX, .def = "", .label = "before",
	  .help = "“previous” of an answer: the campaigns before those." },
};

struct campaign_answer {
	struct campaign_shown *campaigns;
	size_t count;
	int64_t total;
	const char *next, *previous;
};

static const struct field list_answer_fields[] = {
	{ FIELD(campaign_answer, total), .help = "How many campaigns match in all." },
	{ FIELD(campaign_answer, next), .help = "For “after”; null on the last page." },
	{ FIELD(campaign_answer, previous), .help = "For “before”; null on the first page." },
};
/* clang-format on */

static const struct record filter_record = RECORD(filter_fields);
static const struct record list_answer_record = RECORD(list_answer_fields);
static const struct schema_members list_members[] = {
	{ &list_answer_record, 0 },
};
static const struct schema_part list_parts[] = {
	SCHEMA_PART_LIST(campaign_answer, campaigns, count,
			 &campaign_item_schema, "The campaigns of this page."),
};
static const struct schema list_schema = { .name = "CampaignList",
					   .members = list_members,
					   .member_count = 1,
					   .parts = list_parts,
					   .part_count = 1 };

#define ONE "/campaigns/:campaign"
/* clang-format off */
#define OPERATIONS(X) \
	/* method path                scope     handler arg               query               body                   answer            status id, summary */ \
	X(GET,    "/campaigns",           READ,     list,   0,                &filter_record, NULL,                  &list_schema,     200, "listCampaigns",  "Lists campaigns.") \
	X(POST,   "/campaigns",           EDIT,     create, 0,                NULL,               &campaign_body_schema, &campaign_schema, 201, "createCampaign", "Makes a draft.") \
	X(GET,    ONE,                    READ,     show,   0,                NULL,               NULL,                  &campaign_schema, 200, "readCampaign",   "Reads a campaign.") \
	X(PATCH,  ONE,                    EDIT,     change, 0,                NULL,               &campaign_body_schema, &campaign_schema, 200, "changeCampaign", "Changes settings or numbers of a draft or a paused campaign; what is not given stays.") \
	X(DELETE, ONE,                    SETTINGS, erase,  0,                NULL,               NULL,                  NULL,             204, "deleteCampaign", "Deletes a draft that never ran.") \
	X(POST,   ONE "/start",           CONTROL,  act,    ACTION_START,     NULL,               NULL,                  &campaign_schema, 200, "startCampaign",  "Starts a draft.") \
	X(POST,   ONE "/pause",           CONTROL,  act,    ACTION_PAUSE,     NULL,               NULL,                  &campaign_schema, 200, "pauseCampaign",  "Pauses a running campaign. No call is placed later than 250 ms after the answer.") \
	X(POST,   ONE "/resume",          CONTROL,  act,    ACTION_RESUME,    NULL,               NULL,                  &campaign_schema, 200, "resumeCampaign", "Resumes a paused campaign.") \
	X(POST,   ONE "/stop",            CONTROL,  act,    ACTION_STOP,      NULL,               NULL,                  &campaign_schema, 200, "stopCampaign",   "Ends the run for good; calls in progress finish.") \
	X(POST,   ONE "/restart",         CONTROL,  act,    ACTION_RESTART,   NULL,               NULL,                  &campaign_schema, 200, "restartCampaign", "Prepares a campaign that is over for another run.") \
	X(POST,   ONE "/cancel-restart",  CONTROL,  act,    ACTION_UNRESTART, NULL,               NULL,                  &campaign_schema, 200, "cancelRestart",  "Undoes a prepared restart.") \
	X(POST,   ONE "/clone",           EDIT,     clone,  0,                NULL,               NULL,                  &campaign_schema, 201, "cloneCampaign",  "Makes a draft with the same settings, numbers and uploaded contacts.")

const struct route campaign_api_routes[] = {
	OPERATIONS(API_ROUTE)
	{ 0 }
};
static const struct operation operations[] = {
	OPERATIONS(API_OPERATION)
};
/* clang-format on */

const struct api_subject campaign_api = { "Campaigns", campaign_api_routes,
					  operations, ARRAY_LEN(operations) };

/* GET /campaigns */
static int
list(struct request *q, struct reply *r, struct fault *f)
{
	struct campaign_filter asked = { .limit = 0 };
	struct campaign_query query;
	struct campaign_page page;
	struct campaign_answer out;

	if (api_query(q, &filter_record, &asked, f))
		return -1;
	query = (struct campaign_query){
		.workspace_id = q->actor.workspace_id,
		.search = asked.search,
		.status = (int)asked.status - 1,
		.sort = (enum campaign_sort)asked.sort,
		.up = asked.ascending,
		.limit = (int)asked.limit,
		.after = asked.after,
		.before = asked.before,
		.index = q->index,
	};
	if (campaign_list(q->db, &query, &page, q->arena, f))
		return -1;
	out = (struct campaign_answer){
		.campaigns = ARENA_ARRAY(q->arena, page.count + 1,
					 struct campaign_shown),
		.count = page.count,
		.total = page.total,
		.next = page.next,
		.previous = page.prev,
	};
	for (size_t i = 0; i < page.count; i++) {
		out.campaigns[i].c = page.rows[i];
		campaign_shown_fill(q, &out.campaigns[i]);
	}
	api_answer(q, r, 200, &list_schema, &out);
	return 0;
}

static int
load(struct request *q, int64_t id, struct campaign_shown *out, struct fault *f)
{
	if (campaign_load(q->db, q->actor.workspace_id, id, &out->c, q->arena,
			  f) ||
	    campaign_numbers(q->db, id, &out->numbers, &out->number_count,
			     q->arena, f))
		return -1;
	campaign_shown_fill(q, out);
	return 0;
}

static int
answer(struct request *q, struct reply *r, int status, int64_t id,
       struct fault *f)
{
	struct campaign_shown shown = { .note = "" };

	if (load(q, id, &shown, f))
		return -1;
	reply_header(r, "ETag",
		     arena_printf(q->arena, "\"%" PRId64 "\"", shown.c.ver));
	api_answer(q, r, status, &campaign_schema, &shown);
	return 0;
}

static int
find(const struct request *q, int64_t *id, struct fault *f)
{
	uint64_t found;

	if (request_campaign(q, &found, f))
		return -1;
	*id = (int64_t)found;
	return 0;
}

/* GET /campaigns/{campaign} */
static int
show(struct request *q, struct reply *r, struct fault *f)
{
	int64_t id;

	return find(q, &id, f) ? -1 : answer(q, r, 200, id, f);
}

static int
created(struct request *q, struct reply *r, int64_t id, struct fault *f)
{
	char text[11];

	text_short_id((uint64_t)id, text);
	api_changed(q, 0);
	reply_location(r, arena_printf(q->arena, API_PATH "/campaigns/%s",
				       text));
	return answer(q, r, 201, id, f);
}

/* Settings over those in *set; the pool stays where it is not given. */
static int
read_settings(struct request *q, struct campaign_settings *set,
	      int64_t **numbers, size_t *count, struct fault *f)
{
	int64_t *given;
	size_t n;

	if (!q->body.len)
		return request_refuse(q, 400, f, "The request has no body.");
	if (campaign_settings_read(set, q->body.data, q->arena, f) ||
	    campaign_pool_read(q->body.data, &given, &n, q->arena, f))
		return -1;
	if (given) {
		*numbers = given;
		*count = n;
	}
	return 0;
}

/* POST /campaigns */
static int
create(struct request *q, struct reply *r, struct fault *f)
{
	struct campaign_settings set = { .name = NULL };
	struct campaign_edit edit = { .ver = -1, .set = &set };
	int64_t *numbers = NULL, id;

	record_defaults(&campaign_settings_record, &set, q->arena);
	set.zone = q->key->zone;
	if (read_settings(q, &set, &numbers, &edit.count, f))
		return -1;
	edit.numbers = numbers;
	if (campaign_create(q->db, &q->actor, &edit, &id, q->arena, f))
		return -1;
	return created(q, r, id, f);
}

/* PATCH /campaigns/{campaign} */
static int
change(struct request *q, struct reply *r, struct fault *f)
{
	struct campaign_shown now = { .note = "" };
	struct campaign_edit edit;
	uint32_t changed;
	int64_t id;

	if (find(q, &id, f) || load(q, id, &now, f) ||
	    api_if_match(q, now.c.ver, "The campaign", f) ||
	    read_settings(q, &now.c.set, &now.numbers, &now.number_count, f))
		return -1;
	edit = (struct campaign_edit){ .ver = now.c.ver,
				       .set = &now.c.set,
				       .numbers = now.numbers,
				       .count = now.number_count };
	if (campaign_change(q->db, id, &q->actor, &edit, &changed, q->arena, f))
		return -1;
	api_changed(q, now.c.current_run);
	return answer(q, r, 200, id, f);
}

/* POST /campaigns/{campaign}/start and the like */
static int
act(struct request *q, struct reply *r, struct fault *f)
{
	enum campaign_action action = (enum campaign_action)q->route->arg;
	struct campaign c;
	int64_t id;

	if (find(q, &id, f) ||
	    campaign_apply(q->db, id, action, -1, &q->actor, q->arena, f) ||
	    campaign_load(q->db, q->actor.workspace_id, id, &c, q->arena, f))
		return -1;
	api_changed(q, c.current_run);
	return answer(q, r, 200, id, f);
}

/* POST /campaigns/{campaign}/clone */
static int
clone(struct request *q, struct reply *r, struct fault *f)
{
	int64_t id, copy;

	if (find(q, &id, f) ||
	    campaign_clone(q->db, id, &q->actor, &copy, q->arena, f))
		return -1;
	return created(q, r, copy, f);
}

/* DELETE /campaigns/{campaign} */
static int
erase(struct request *q, struct reply *r, struct fault *f)
{
	int64_t id;

	if (find(q, &id, f) ||
	    campaign_delete(q->db, id, &q->actor, q->arena, f))
		return -1;
	api_changed(q, 0);
	reply_empty(r, 204);
	return 0;
}
