#include "hook/deliver.h"

#include <stdlib.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/field.h"
#include "hook/deliver_priv.h"
#include "hook/sender.h"

#define LOOK_US 250000	 /* for new events */
#define TAKE_US US_PER_S /* for endpoints that no node has */
#define WAIT_MS 50	 /* for answers */
#define IDLE_MS 250	 /* when nothing is under way */
#define END_US 2000000	 /* for answers, when the node stops */

/* The columns of HOOK_MINE; its secrets follow. */
static const struct field row_fields[] = {
	{ FIELD(hook_row, id) },	 { FIELD(hook_row, workspace_id) },
	{ FIELD(hook_row, url) },	 { FIELD(hook_row, kinds) },
	{ FIELD(hook_row, next_seq) },	 { FIELD(hook_row, head) },
	{ FIELD(hook_row, fails) },	 { FIELD(hook_row, ver) },
	{ FIELD(hook_row, failing_us) }, { FIELD(hook_row, may_try) },
	{ FIELD(hook_row, due) },
};
static const struct record row_record = RECORD(row_fields);

struct free_endpoint {
	int64_t id, boot;
};
static const struct field free_fields[] = {
	{ FIELD(free_endpoint, id) },
	{ FIELD(free_endpoint, boot) },
};
static const struct record free_record = RECORD(free_fields);
static const struct rows_kind free_endpoints = { STMT_HOOK_FREE, &free_record,
						 sizeof(struct free_endpoint) };

struct deliverer *
deliver_new(struct db *db, const struct address_nets *nets,
	    const char *public_url)
{
	struct deliverer *d = xcalloc(1, sizeof(*d));

	d->db = db;
	d->site = (struct result_site){ public_url, d->installation.secret };
	d->sender = sender_new(nets, batch_result);
	d->arena = arena_new();
	return d;
}

static void
queue_free(struct hook_queue *q)
{
	arena_free(q->settings);
	arena_free(q->arena);
	free(q);
}

/* Everything belongs to other nodes now. */
static void
forget_all(struct deliverer *d)
{
	sender_drop(d->sender);
	while (d->queues) {
		struct hook_queue *q = d->queues;

		d->queues = q->next;
		queue_free(q);
	}
	d->look_us = d->take_us = 0;
}

void
deliver_free(struct deliverer *d)
{
	forget_all(d);
	sender_free(d->sender);
	arena_free(d->arena);
	free(d);
}

static int
take_free(struct deliverer *d, struct fault *f)
{
	size_t n;
	const struct free_endpoint *list =
		rows_all(d->db, &free_endpoints, NO_ARGS, &n, d->arena, f);

	for (size_t i = 0; list && i < n; i++)
		if (db_exec(d->db, NULL, STMT_HOOK_TAKE,
			    ARGS(ARG_INT(d->boot), ARG_INT(list[i].id),
				 ARG_INT(list[i].boot)),
			    f))
			return -1;
	return list ? 0 : -1;
}

static struct hook_queue *
queue_of(struct deliverer *d, int64_t id)
{
	struct hook_queue *q = d->queues;

	while (q && q->row.id != id)
		q = q->next;
	if (q)
		return q;
	q = xcalloc(1, sizeof(*q));
	q->row.id = id;
	q->owner = d;
	q->settings = arena_new();
	q->arena = arena_new();
	q->next = d->queues;
	d->queues = q;
	return q;
}

/* A batch goes on as it began; one whose endpoint was changed ends early. */
static void
fill_queue(struct hook_queue *q, const struct hook_row *row,
	   const struct rows *r)
{
	q->seen = true;
	if (q->active) {
		q->stop = q->stop || q->row.ver != row->ver;
		return;
	}
	arena_reset(q->settings);
	q->row = *row;
	q->row.url = arena_strdup(q->settings, row->url);
	q->fails = row->fails;
	rows_copy(r, ARRAY_LEN(row_fields), q->secret, DIGEST_LEN);
	q->has_old = rows_copy(r, ARRAY_LEN(row_fields) + 1, q->old_secret,
			       DIGEST_LEN);
}

/* Endpoints that are no longer this node's are dropped once nothing is under
 * way to them. */
static void
drop_unseen(struct deliverer *d)
{
	struct hook_queue **at = &d->queues;

	while (*at) {
		struct hook_queue *q = *at;

		q->stop = q->stop || !q->seen;
		if (q->seen || q->under_way) {
			at = &q->next;
			continue;
		}
		*at = q->next;
		queue_free(q);
	}
}

static int
look(struct deliverer *d, struct fault *f)
{
	struct hook_row row;
	struct rows r;
	int got;

	if (db_query(d->db, &r, STMT_HOOK_MINE, ARGS(ARG_INT(d->boot)), f))
		return -1;
	for (struct hook_queue *q = d->queues; q; q = q->next)
		q->seen = false;
	while ((got = rows_fetch(&r, &row_record, &row, d->arena, f)) > 0)
		fill_queue(queue_of(d, row.id), &row, &r);
	if (got == 0)
		drop_unseen(d);
	return got;
}

static int
save_all(struct deliverer *d, struct fault *f)
{
	for (struct hook_queue *q = d->queues; q; q = q->next) {
		if (!batch_is_over(q))
			continue;
		if (batch_save(q, f))
			return -1;
		d->look_us = 0; /* there may be more */
	}
	return 0;
}

/* Looks at the rows when it is time, and begins what they ask for. */
static int
begin_all(struct deliverer *d, struct fault *f)
{
	int64_t now = clock_boot_us();
	bool take = now >= d->take_us;

	if (take && take_free(d, f))
		return -1;
	if (take)
		d->take_us = now + TAKE_US;
	if (!take && (!d->queues || now < d->look_us))
		return 0;
	if (look(d, f))
		return -1;
	d->look_us = now + LOOK_US;
	for (struct hook_queue *q = d->queues; q; q = q->next)
		if (!q->active && q->seen && batch_begin(q, f))
			return -1;
	return 0;
}

static int
know_installation(struct deliverer *d, struct fault *f)
{
	return *d->installation.site
		       ? 0
		       : installation_read(d->db, &d->installation, f);
}

int
deliver_turn(struct deliverer *d, int64_t boot, struct fault *f)
{
	bool busy = false;
	int failed;

	if (boot != d->boot)
		forget_all(d);
	d->boot = boot;
	failed = boot && (know_installation(d, f) || save_all(d, f) ||
			  begin_all(d, f));
	for (struct hook_queue *q = d->queues; q; q = q->next) {
		batch_pump(q);
		busy = busy || q->under_way;
	}
	arena_reset(d->arena);
	sender_turn(d->sender, busy ? WAIT_MS : IDLE_MS);
	return failed ? -1 : 0;
}

static bool
is_busy(const struct deliverer *d)
{
	for (const struct hook_queue *q = d->queues; q; q = q->next)
		if (q->under_way)
			return true;
	return false;
}

int
deliver_end(struct deliverer *d, struct fault *f)
{
	int64_t until = clock_boot_us() + END_US;

	for (struct hook_queue *q = d->queues; q; q = q->next)
		q->stop = true;
	while (is_busy(d) && clock_boot_us() < until)
		sender_turn(d->sender, WAIT_MS);
	for (struct hook_queue *q = d->queues; q; q = q->next)
		if (q->active && batch_save(q, f))
			return -1;
	return d->boot ? db_exec(d->db, NULL, STMT_HOOK_GIVE,
				 ARGS(ARG_INT(d->boot)), f)
		       : 0;
}
