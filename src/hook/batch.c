/* What is sent to an endpoint next, and what came of it. */
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "campaign/event.h"
#include "hook/deliver_priv.h"
#include "hook/sender.h"
#include "hook/signature.h"

#define BATCH_MOST 50 /* new events, and as many that are sent again */
#define HTTP_GONE 410

static bool
is_asked_for(const struct hook_queue *q, const struct sent_event *e)
{
	if (e->kind == EVENT_TEST)
		return e->endpoint_id == q->row.id;
	return q->row.kinds & EVENT_BIT(e->kind);
}

static void
add_item(struct hook_queue *q, const struct sent_event *e, bool again)
{
	q->items[q->count++] = (struct item){
		.queue = q, .event = *e, .again = again, .error = ""
	};
}

static int
add_again(struct hook_queue *q, struct fault *f)
{
	struct events_again ask = { .endpoint_id = q->row.id,
				    .workspace_id = q->row.workspace_id,
				    .due = !q->whole,
				    .limit = q->whole ? 1 : BATCH_MOST,
				    .site = &q->owner->site };
	struct sent_event *list;
	size_t n;

	if (events_read_again(q->owner->db, &ask, &list, &n, q->arena, f))
		return -1;
	for (size_t i = 0; i < n; i++)
		add_item(q, &list[i], true);
	return 0;
}

/* New events; while the endpoint fails as a whole, the first that it asks
 * for. */
static int
add_fresh(struct hook_queue *q, struct fault *f)
{
	struct events_query ask = { .workspace_id = q->row.workspace_id,
				    .after = q->row.next_seq - 1,
				    .limit = BATCH_MOST,
				    .site = &q->owner->site };
	struct event_page page;

	if (events_read(q->owner->db, &ask, &page, q->arena, f))
		return -1;
	/* Without a page all of them were too old, and are gone. */
	q->upto = page.count ? page.next + 1 : q->row.head;
	for (size_t i = 0; i < page.count; i++) {
		if (!is_asked_for(q, &page.list[i]))
			continue;
		add_item(q, &page.list[i], false);
		if (q->whole) {
			q->upto = page.list[i].seq + 1;
			break;
		}
	}
	return 0;
}

int
batch_begin(struct hook_queue *q, struct fault *f)
{
	q->whole = q->fails >= DELIVER_FAILS;
	if (q->whole ? !q->row.may_try
		     : !q->row.due && q->row.head <= q->row.next_seq)
		return 0;
	arena_reset(q->arena);
	q->items = ARENA_ARRAY(q->arena, 2 * BATCH_MOST, struct item);
	q->count = q->begun = q->under_way = 0;
	q->upto = q->row.next_seq;
	q->stop = q->accepted = q->gone = false;
	if ((q->row.due || q->whole) && add_again(q, f))
		return -1;
	if (q->row.head > q->row.next_seq && !(q->whole && q->count) &&
	    add_fresh(q, f))
		return -1;
	q->active = q->count > 0 || q->upto > q->row.next_seq;
	return 0;
}

static void
post(struct hook_queue *q, struct item *it)
{
	const char *body = event_body(&it->event, q->arena);
	struct sign_message m = {
		.id = event_id(q->row.workspace_id, it->event.seq, q->arena),
		.timestamp = clock_wall_us() / US_PER_S,
		.body = body,
		.len = strlen(body),
	};
	struct post p = {
		.url = q->row.url,
		.id = m.id,
		.timestamp = m.timestamp,
		.signature = sign(&m, q->secret,
				  q->has_old ? q->old_secret : NULL, q->arena),
		.body = body,
		.len = m.len,
		.arg = it,
	};

	sender_post(q->owner->sender, &p);
}

void
batch_pump(struct hook_queue *q)
{
	while (!q->stop && q->begun < q->count &&
	       q->under_way < DELIVER_AT_ONCE) {
		q->under_way++;
		post(q, &q->items[q->begun++]);
	}
}

void
batch_result(void *item, const struct post_result *r)
{
	struct item *it = item;
	struct hook_queue *q = it->queue;

	it->done = true;
	it->status = r->status;
	it->error = arena_strdup(q->arena, r->error);
	it->ms = r->ms;
	q->under_way--;
	if (r->status >= 200 && r->status < 300) {
		q->fails = 0;
		q->accepted = true;
		return;
	}
	/* Those that were under way together count as one probe. */
	if (q->whole || q->fails < DELIVER_FAILS)
		q->fails++;
	q->gone = q->gone || r->status == HTTP_GONE;
	q->stop = q->stop || q->gone || q->fails >= DELIVER_FAILS;
}

bool
batch_is_over(const struct hook_queue *q)
{
	return q->active && !q->under_way && (q->stop || q->begun == q->count);
}
