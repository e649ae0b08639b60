/* The feed of events: what a workspace's webhooks are sent, to be fetched. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "hook/endpoint.h"
#include "hook/event_read.h"
#include "web/api/api.h"
#include "web/api/schema.h"
#include "web/server/request.h"

enum { FEED_OFF, FEED_ON };

static handler_fn list, turn;

struct event_filter {
	int64_t after, limit;
};

struct event_shown {
	const char *id, *type, *data;
	int64_t timestamp;
};
struct event_answer {
	bool feed;
	int64_t next;
	struct event_shown *events;
	size_t count;
};
struct feed_shown {
	bool feed;
};

/* clang-format off */
static const struct field filter_fields[] = {
	{ FIELD(event_filter, after), .min = 0, .max = API_EXACT_MOST, .def = "0", .label = "after",
	  .help = "“next” of the answer before: the events after that number; 0: from the oldest that is kept." },
	{ FIELD(event_filter, limit), .min = 1, .max = EVENTS_READ_MOST, .def = "100", .label = "limit",
	  .help = "How many at most." },
};
#define FEED .help = "The feed is switched on: without it there are only events that a webhook asks for."
static const struct field answer_fields[] = {
	{ FIELD(event_answer, feed), FEED },
	{ FIELD(event_answer, next), .help = "For “after”, now if there were as many events as asked for, else later." },
};
static const struct field event_fields[] = {
	{ FIELD(event_shown, id), .min = 1, .help = "The same as a webhook’s “webhook-id”." },
	{ FIELD(event_shown, type), .min = 1, .help = "Such as “attempt.finished”." },
	{ FIELD(event_shown, timestamp), .shape = SHAPE_TIME },
};
static const struct field feed_fields[] = {
	{ FIELD(feed_shown, feed), FEED },
};
/* clang-format on */

static const struct record filter_record = RECORD(filter_fields);
static const struct record answer_record = RECORD(answer_fields);
static const struct record event_record = RECORD(event_fields);
static const struct record feed_record = RECORD(feed_fields);
static const struct schema_members event_members[] = { { &event_record, 0 } };
static const struct schema_members answer_members[] = { { &answer_record, 0 } };
static const struct schema_members feed_members[] = { { &feed_record, 0 } };
static const struct schema_raw data_raw = { "object",
					    "\"type\":[\"object\",\"null\"]" };
static const struct schema_part event_parts[] = {
	SCHEMA_PART_RAW(event_shown, data, &data_raw,
			"What a webhook is sent; “sequence” is the event’s "
			"number. “result_url” is there for keys with the scope "
			"“result”."),
};
static const struct schema event_schema = { .name = "Event",
					    .members = event_members,
					    .member_count = 1,
					    .parts = event_parts,
					    .part_count = 1 };
static const struct schema_part answer_parts[] = {
	SCHEMA_PART_LIST(event_answer, events, count, &event_schema,
			 "The events, in their order."),
};
static const struct schema answer_schema = { .name = "EventList",
					     .members = answer_members,
					     .member_count = 1,
					     .parts = answer_parts,
					     .part_count = 1 };
static const struct schema feed_schema = { .name = "EventFeed",
					   .members = feed_members,
					   .member_count = 1 };

/* clang-format off */
#define OPERATIONS(X) \
	X(GET,  "/events",     READ,     list, 0,        &filter_record, NULL, &answer_schema, 200, "listEvents", "Lists the events of the last 7 days. It is refused (410) if events after that number are no longer kept.") \
	X(POST, "/events/on",  SETTINGS, turn, FEED_ON,  NULL,           NULL, &feed_schema,   200, "switchFeedOn", "Switches the feed on.") \
	X(POST, "/events/off", SETTINGS, turn, FEED_OFF, NULL,           NULL, &feed_schema,   200, "switchFeedOff", "Switches the feed off.")

const struct route event_api_routes[] = {
	OPERATIONS(API_ROUTE)
	{ 0 }
};
static const struct operation operations[] = {
	OPERATIONS(API_OPERATION)
};
/* clang-format on */

const struct api_subject event_api = { "Events", event_api_routes, operations,
				       ARRAY_LEN(operations) };

/* The reader has missed events: it is told where to go on. */
static int
refuse_gap(struct request *q, const struct event_page *p, int64_t after,
	   struct fault *f)
{
	int64_t first = p->count ? p->list[0].seq : p->oldest;

	fault_field(f, "after",
		    "The events after %" PRId64 " are kept no longer; the "
		    "first is %" PRId64 ". To go on, ask for those after "
		    "%" PRId64 ".",
		    after, first, first - 1);
	q->refused = 410;
	return -1;
}

/* GET /events */
static int
list(struct request *q, struct reply *r, struct fault *f)
{
	struct event_filter asked = { .limit = 0 };
	struct event_answer out;
	struct events_query query;
	struct event_page p;

	if (api_query(q, &filter_record, &asked, f))
		return -1;
	query = (struct events_query){ .workspace_id = q->actor.workspace_id,
				       .after = asked.after,
				       .limit = (size_t)asked.limit };
	if (api_result_site(q, &query.site, f) ||
	    events_read(q->db, &query, &p, q->arena, f) ||
	    event_feed_is_on(q->db, query.workspace_id, &out.feed, f))
		return -1;
	if (p.gap)
		return refuse_gap(q, &p, asked.after, f);
	out.next = p.next;
	out.count = p.count;
	out.events = ARENA_ARRAY(q->arena, p.count + 1, struct event_shown);
	for (size_t i = 0; i < p.count; i++)
		out.events[i] = (struct event_shown){
			.id = event_id(query.workspace_id, p.list[i].seq,
				       q->arena),
			.type = p.list[i].type,
			.timestamp = p.list[i].at,
			.data = p.list[i].data,
		};
	api_answer(q, r, 200, &answer_schema, &out);
	return 0;
}

/* POST /events/on, /events/off */
static int
turn(struct request *q, struct reply *r, struct fault *f)
{
	struct feed_shown out = { .feed = q->route->arg == FEED_ON };

	if (event_feed(q->db, &q->actor, out.feed, q->arena, f))
		return -1;
	api_answer(q, r, 200, &feed_schema, &out);
	return 0;
}
