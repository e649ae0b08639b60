#include "web/list.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/secret.h"
#include "base/text.h"
#include "domain/campaign.h"
#include "domain/wake.h"
#include "domain/zones.h"
#include "store/redis.h"
#include "web/fill_campaigns.h"
#include "web/reply.h"
#include "web/session.h"
#include "web/shelf.h"

#define VERSION_MS 60000 /* a bump that was lost is mended by then */
#define PART_MS 60000	 /* as long as its version may be asked for */
#define FILTER_LEN 16

static const char *const status_filter[] = { "all",    "draft",	    "running",
					     "paused", "completed", "failed",
					     NULL };

/* clang-format off */
static const struct field query_fields[] = {
	{ FIELD(list_query, q), .max = 300, .def = "", .label = "Search" },
	{ FIELD(list_query, status), .words = status_filter, .def = "all",
	  .label = "Status" },
	{ FIELD(list_query, size), .min = 25, .max = 100, .def = "25",
	  .label = "Rows a page" },
	{ FIELD(list_query, after), .max = CAMPAIGN_KEY_MAX,
	  .def = "", .label = "Page" },
};
/* clang-format on */
static const struct record query_record = RECORD(query_fields);

/* The filter's name: of fixed length and without what a person typed. */
static void
name_filter(struct request *q, struct list *l)
{
	uint8_t digest[DIGEST_LEN];
	const char *text;

	text = arena_printf(q->arena, "%u %" PRId64 " %s %s", l->query.status,
			    l->query.size, l->query.after, l->query.q);
	secret_digest(text, strlen(text), digest);
	secret_hex(digest, FILTER_LEN / 2, l->filter);
}

static int
read_query(struct request *q, struct list **out, struct fault *f)
{
	struct list *l = ARENA_NEW(q->arena, struct list);

	if (pairs_fill(&q->query, &query_record, &l->query, q->arena, f)) {
		q->refused = 400;
		return -1;
	}
	if (l->query.size != 25 && l->query.size != 50 && l->query.size != 100)
		return request_refuse(q, 400, f,
				      "There is no such page of the list.");
	name_filter(q, l);
	*out = l;
	return 0;
}

static const char *
version_key(struct request *q, int64_t workspace_id)
{
	char key[32];

	list_version_key(workspace_id, key);
	return arena_strdup(q->arena, key);
}

/* Names the part in Redis and on the shelf, for who has signed in. */
static const char *
part_name(struct request *q, const struct list *l, const char *version)
{
	const struct account *who = &q->session->account;

	return arena_printf(q->arena, "part:%" PRId64 ":%u:%s:%s:%s",
			    who->workspace_id, who->role, l->filter, version,
			    who->zone);
}

/* What the client has, when it polls. */
static const char *
held_tag(const struct request *q)
{
	return q->partial ? request_env(q, "HTTP_HX_PTAG") : NULL;
}

size_t
list_keys(struct request *q, int64_t workspace_id, enum role role,
	  const char *keys[static ALSO_MAX])
{
	struct list *l;
	struct fault unused;

	(void)role;
	if (read_query(q, &l, &unused))
		return 0;
	q->own = l;
	keys[0] = version_key(q, workspace_id);
	return 1;
}

/* The guess of the cookie was wrong: asks again, for the proven one. */
static void
ask_again(struct request *q)
{
	const char *key = version_key(q, q->session->account.workspace_id);
	struct fault unused;

	q->also[0].data = NULL;
	if (redis_mget(q->redis, q->arena, &key, 1, q->also, &unused))
		q->redis_away = true;
}

/* A number that no version of this list has had: time above chance. */
static int64_t
fresh_version(const struct request *q)
{
	return ((q->now / 1000) << 20) | (int64_t)secret_random_bits(20);
}

/* The version as text; NULL while Redis is away. */
static const char *
find_version(struct request *q)
{
	int64_t version;
	struct fault unused;

	if (q->redis_away)
		return NULL;
	if (q->also[0].data)
		return arena_memdup(q->arena, q->also[0].data, q->also[0].len);
	if (redis_set_new(q->redis,
			  version_key(q, q->session->account.workspace_id),
			  fresh_version(q), VERSION_MS, &version, &unused)) {
		q->redis_away = true;
		return NULL;
	}
	return arena_printf(q->arena, "%" PRId64, version);
}

static const char *
address(struct request *q, const struct list *l, const char *after)
{
	return arena_printf(
		q->arena, HOME_PATH "?q=%s&status=%s&size=%" PRId64 "%s%s",
		text_url_encode(q->arena, l->query.q),
		l->query.status ? status_filter[l->query.status] : "",
		l->query.size, *after ? "&after=" : "", after);
}

/* Reads the rows and appends the part to q->scratch. */
static int
render(struct request *q, struct list *l, struct fault *f)
{
	const struct account *who = &q->session->account;
	struct campaign_query cq = { .workspace_id = who->workspace_id,
				     .search = l->query.q,
				     .status = (int)l->query.status - 1,
				     .limit = (int)l->query.size,
				     .after = l->query.after };
	struct reader reader = { .role = (enum role)who->role,
				 .zone = { zones_get(q->zones, who->zone),
					   who->zone },
				 .zones = q->zones,
				 .now = q->now,
				 .arena = q->arena };
	struct campaign_page page;
	struct campaign_list part = { .page = &page,
				      .search = l->query.q,
				      .status = cq.status,
				      .reader = &reader };

	if (campaign_list(q->db, &cq, &page, q->arena, f)) {
		q->refused = f->code == FAULT_INVALID ? 400 : 0;
		return -1;
	}
	part.newest = *l->query.after ? address(q, l, "") : NULL;
	part.older = page.next ? address(q, l, page.next) : NULL;
	return view_expand("part_campaign_list.tpl", fill_campaign_list, &part,
			   q->scratch, f);
}

/* The part as it is now and the one that is held; l->html may stay NULL. */
static void
find_parts(struct request *q, struct list *l)
{
	struct bytes *part[2], got[2] = { { .data = NULL }, { .data = NULL } };
	const char *names[2];
	struct fault unused;
	size_t count = 0;

	l->html = shelf_get(q->shelf, part_name(q, l, l->version));
	if (l->held)
		l->old = shelf_get(q->shelf, part_name(q, l, l->held));
	if (!l->html.data) {
		part[count] = &l->html;
		names[count++] = part_name(q, l, l->version);
	}
	if (l->held && !l->old.data) {
		part[count] = &l->old;
		names[count++] = part_name(q, l, l->held);
	}
	if (count == 0 ||
	    redis_mget(q->redis, q->arena, names, count, got, &unused))
		return;
	for (size_t i = 0; i < count; i++) {
		*part[i] = got[i];
		if (got[i].data)
			shelf_put(q->shelf, names[i], got[i].data, got[i].len);
	}
}

static int
render_and_keep(struct request *q, struct list *l, struct fault *f)
{
	const char *name;
	struct fault unused;

	if (render(q, l, f))
		return -1;
	l->html = (struct bytes){ q->scratch->data, q->scratch->len };
	if (!l->version)
		return 0;
	name = part_name(q, l, l->version);
	shelf_put(q->shelf, name, l->html.data, l->html.len);
	redis_set(q->redis, name, l->html.data, l->html.len, PART_MS, &unused);
	return 0;
}

/* The version in a tag that differs from the list's own in nothing else. */
static const char *
version_in(struct request *q, const struct list *l, const char *tag)
{
	size_t digits = strspn(tag, "0123456789");

	if (digits == 0 || strcmp(tag + digits, strchr(l->tag, '.')) != 0)
		return NULL;
	return arena_memdup(q->arena, tag, digits);
}

/* True when the last parts, which name role and session, differ. */
static bool
is_others(const char *tag, const char *own)
{
	const char *last = strrchr(tag, '.'), *its = strrchr(own, '.');

	return last && strlen(last) == strlen(its) && strcmp(last, its) != 0;
}

static const char *
changes_name(struct request *q, const struct list *l)
{
	return arena_printf(q->arena, "%s < %s", part_name(q, l, l->version),
			    l->held);
}

int
list_load(struct request *q, struct list **out, struct fault *f)
{
	const char *tag = held_tag(q);
	struct list *l = q->own;

	if (!l && read_query(q, &l, f))
		return -1;
	*out = l;
	l->tag = "";
	if (!q->session->guessed && !q->redis_away)
		ask_again(q);
	l->version = find_version(q);
	if (!l->version)
		return render_and_keep(q, l, f);
	l->tag = arena_printf(q->arena, "%s.%s.%u%.8s", l->version, l->filter,
			      q->session->account.role, q->session->key);
	l->same = tag && strcmp(tag, l->tag) == 0;
	l->other = tag && is_others(tag, l->tag);
	if (l->same || l->other)
		return 0;
	l->held = tag ? version_in(q, l, tag) : NULL;
	if (l->held)
		l->changes = shelf_get(q->shelf, changes_name(q, l));
	if (l->changes.data)
		return 0;
	find_parts(q, l);
	return l->html.data ? 0 : render_and_keep(q, l, f);
}

/* The next row at or after 's': "<tr ... data-campaign-id=...>...</tr>". */
static bool
next_row(const char *s, const char *end, const char **from, const char **to)
{
	static const char mark[] = " data-campaign-id=\"", close[] = "</tr>";
	const char *open = s;

	while ((open = memmem(open, (size_t)(end - open), "<tr ", 4))) {
		const char *gt = memchr(open, '>', (size_t)(end - open));

		if (!gt)
			return false;
		if (memmem(open, (size_t)(gt - open), mark, sizeof(mark) - 1))
			break;
		open = gt;
	}
	if (!open)
		return false;
	*from = open;
	*to = memmem(open, (size_t)(end - open), close, sizeof(close) - 1);
	if (!*to)
		return false;
	*to += sizeof(close) - 1;
	return true;
}

/* "#c-7k3m9x2q0a", or NULL when the two rows are not of one campaign. */
static const char *
same_campaign(struct arena *a, const char *row, const char *end,
	      const char *other, const char *other_end)
{
	static const char mark[] = " data-campaign-id=\"";
	const char *id =
		memmem(row, (size_t)(end - row), mark, sizeof(mark) - 1);
	const char *its = memmem(other, (size_t)(other_end - other), mark,
				 sizeof(mark) - 1);

	if (!id || !its || strncmp(id, its, sizeof(mark) - 1 + 10) != 0)
		return NULL;
	return arena_printf(a, "#c-%.10s", id + sizeof(mark) - 1);
}

static bool
same_text(const char *a, const char *a_end, const char *b, const char *b_end)
{
	return a_end - a == b_end - b && memcmp(a, b, (size_t)(a_end - a)) == 0;
}

/* Writes the rows that differ; false when more than that does. */
static bool
write_changes(struct reply *r, const struct list *l)
{
	const char *a = l->old.data, *a_end = a + l->old.len;
	const char *b = l->html.data, *b_end = b + l->html.len;
	const char *a_from, *a_to, *b_from, *b_to;

	while (next_row(a, a_end, &a_from, &a_to)) {
		const char *target;

		if (!next_row(b, b_end, &b_from, &b_to) ||
		    !same_text(a, a_from, b, b_from))
			return false;
		target = same_campaign(r->q->arena, a_from, a_to, b_from, b_to);
		if (!target)
			return false;
		if (!same_text(a_from, a_to, b_from, b_to))
			reply_partial_html(r, target, "outerMorph", b_from,
					   (size_t)(b_to - b_from));
		a = a_to;
		b = b_to;
	}
	return same_text(a, a_end, b, b_end);
}

bool
list_changes(struct reply *r, const struct list *l)
{
	struct request *q = r->q;

	if (l->changes.data) {
		reply_html(r, l->changes.data, l->changes.len);
		return true;
	}
	if (!l->old.data)
		return false;
	if (!write_changes(r, l)) {
		buf_clear(&r->body);
		return false;
	}
	shelf_put(q->shelf, changes_name(q, l), r->body.data, r->body.len);
	return true;
}
