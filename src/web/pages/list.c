#include "web/pages/list.h"

#include <inttypes.h>
#include <string.h>

#include "app/notify.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/secret.h"
#include "base/text.h"
#include "campaign/workspace_stats.h"
#include "listing/campaign_list.h"
#include "store/redis.h"
#include "web/pages/fill_list.h"
#include "web/pages/list_frame.h"
#include "web/pages/viewer.h"
#include "web/server/page_cache.h"
#include "web/server/reply.h"
#include "web/server/session.h"
#include "workspace/needs.h"

#define VERSION_MS 60000 /* a lost increment is repaired by then */
#define PART_MS 60000	 /* as long as its version lives */

static int
read_query(struct request *q, struct list **out, struct fault *f)
{
	struct list *l = ARENA_NEW(q->arena, struct list);

	if (list_query_read(q, &l->query, f))
		return -1;
	list_query_name(&l->query, q->arena, l->filter);
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

/* The list's name in Redis and in the page cache, for the signed-in person.  The
 * last word is the form of what is kept: nodes of another release may read it. */
static const char *
part_name(struct request *q, const struct list *l, const char *version)
{
	const struct account *who = &q->session->account;

	return arena_printf(q->arena, "part:%" PRId64 ":%u:%s:%s:%s:framed",
			    who->workspace_id, who->role, l->filter, version,
			    who->zone);
}

static const char *
summary_name(struct request *q, const char *version)
{
	const struct account *who = &q->session->account;

	return arena_printf(q->arena, "strip:%" PRId64 ":%u:%s:%s",
			    who->workspace_id, who->role, version, who->zone);
}

/* The tag of what the client has, when it polls. */
static const char *
held_tag(const struct request *q)
{
	return q->partial ? request_env(q, "HTTP_HX_PTAG") : NULL;
}

size_t
list_version_keys(struct request *q, int64_t workspace_id, enum role role,
		  const char *keys[static PREFETCH_MAX])
{
	(void)role;
	keys[0] = version_key(q, workspace_id);
	return 1;
}

size_t
list_keys(struct request *q, int64_t workspace_id, enum role role,
	  const char *keys[static PREFETCH_MAX])
{
	struct list *l;
	struct fault unused;

	if (read_query(q, &l, &unused))
		return 0;
	q->prefetch_state = l;
	return list_version_keys(q, workspace_id, role, keys);
}

/* The workspace in the cookie was wrong: reads the version of the real one. */
static void
ask_again(struct request *q)
{
	const char *key = version_key(q, q->session->account.workspace_id);
	struct fault unused;

	q->prefetched[0].data = NULL;
	if (redis_mget(q->redis, q->arena, &key, 1, q->prefetched, &unused))
		q->redis_away = true;
}

/* A version that was never used before: milliseconds above 20 random bits. */
static int64_t
fresh_version(const struct request *q)
{
	return ((q->now / 1000) << 20) | (int64_t)secret_random_bits(20);
}

/*
 * A counter in Redis cannot be sealed, so the time in it is checked: a number
 * that was frozen there would freeze what people see.
 */
static bool
is_recent(const struct request *q, struct bytes version)
{
	char text[24] = "";
	int64_t n, age_ms;

	if (version.len >= sizeof(text))
		return false;
	memcpy(text, version.data, version.len);
	if (text_int(text, &n))
		return false;
	age_ms = q->now / 1000 - (n >> 20);
	return age_ms < 2 * VERSION_MS && age_ms > -VERSION_MS;
}

const char *
list_version(struct request *q)
{
	const char *key = version_key(q, q->session->account.workspace_id);
	int64_t version;
	struct fault unused;
	struct bytes got;

	if (!q->session->hint_ok && !q->redis_away)
		ask_again(q);
	if (q->redis_away)
		return NULL;
	got = q->prefetched[0];
	if (got.data && is_recent(q, got))
		return arena_memdup(q->arena, got.data, got.len);
	if ((got.data && redis_del(q->redis, key, &unused)) ||
	    redis_set_new(q->redis, key, fresh_version(q), VERSION_MS, &version,
			  &unused)) {
		q->redis_away = true;
		return NULL;
	}
	return arena_printf(q->arena, "%" PRId64, version);
}

/* Reads the figures and appends the summary. */
static int
render_summary(struct request *q, struct buf *out, struct fault *f)
{
	const struct account *who = &q->session->account;
	struct viewer viewer = viewer_of(q);
	struct workspace_stats_query query = { .workspace_id =
						       who->workspace_id,
					       .zone = who->zone,
					       .zones = q->zones,
					       .now = q->now };
	struct workspace_stats stats;
	struct summary summary = { .stats = &stats, .viewer = &viewer };

	if (workspace_stats_read(q->db, &query, &stats, q->arena, f))
		return -1;
	return view_expand("part_summary.tpl", fill_summary, &summary, out, f);
}

/* Reads the rows and appends the list. */
static int
render_list(struct request *q, const struct list *l, struct buf *out,
	    struct fault *f)
{
	struct campaign_query rows =
		list_query_rows(&l->query, q->session->account.workspace_id);
	struct viewer viewer = viewer_of(q);
	struct needs needs = { .admins = "" };
	struct campaign_page page;
	struct campaign_list part = { .page = &page,
				      .query = &l->query,
				      .viewer = &viewer,
				      .mark = LIST_FRAME_MARK,
				      .needs = &needs };
	size_t start = out->len;

	rows.index = q->index;
	if (campaign_list(q->db, &rows, &page, q->arena, f)) {
		if (f->code == FAULT_INVALID)
			q->refused = 400;
		return -1;
	}
	if (!page.all && needs_read(q->db, rows.workspace_id, &needs, q->arena,
				    f))
		return -1;
	if (view_expand("part_campaign_list.tpl", fill_campaign_list, &part,
			out, f))
		return -1;
	list_frame(out, start, &page);
	return 0;
}

/* Parts that are not in the thread's page cache. */
struct missing {
	struct bytes *part[4];
	const char *names[4];
	size_t count;
};

static void
want(struct request *q, struct bytes *part, const char *name, struct missing *m)
{
	*part = page_cache_get(q->page_cache, name);
	if (part->data)
		return;
	m->part[m->count] = part;
	m->names[m->count++] = name;
}

/* A cached list without the table of its rows counts as missing. */
static void
open_rows(struct list_parts *p)
{
	if (p->rows.data && !list_unframe(p->rows, &p->list))
		p->rows.data = NULL;
}

/* Looks up the current parts, and those that the client has, in the page cache
 * and in Redis; a part may be in neither. */
static void
find_parts(struct request *q, struct list *l)
{
	struct bytes got[4] = { { .data = NULL } };
	struct missing m = { .count = 0 };
	struct fault unused;

	want(q, &l->now.rows, part_name(q, l, l->version), &m);
	if (!l->same_summary)
		want(q, &l->now.summary, summary_name(q, l->version), &m);
	if (l->held) {
		want(q, &l->old.rows, part_name(q, l, l->held), &m);
		want(q, &l->old.summary, summary_name(q, l->held), &m);
	}
	if (m.count &&
	    redis_mget(q->redis, q->arena, m.names, m.count, got, &unused))
		m.count = 0;
	for (size_t i = 0; i < m.count; i++) {
		struct bytes part = request_unseal(q, m.names[i], got[i]);

		*m.part[i] = part;
		if (part.data)
			page_cache_put(q->page_cache, m.names[i], part.data,
				       part.len);
	}
	open_rows(&l->now);
	open_rows(&l->old);
}

/* Renders the missing parts and caches them for all readers. */
static int
render(struct request *q, struct list *l, struct fault *f)
{
	bool list = !l->now.rows.data;
	bool summary = !l->now.summary.data && !l->same_summary;
	struct redis_entry fresh[2];
	size_t count = 0, middle;

	if (list && render_list(q, l, q->scratch, f))
		return -1;
	middle = q->scratch->len;
	if (summary && render_summary(q, q->scratch, f))
		return -1;
	if (list) {
		l->now.rows = (struct bytes){ q->scratch->data, middle };
		list_unframe(l->now.rows, &l->now.list);
		fresh[count++].value = l->now.rows;
	}
	if (summary) {
		l->now.summary = (struct bytes){ q->scratch->data + middle,
						 q->scratch->len - middle };
		fresh[count++].value = l->now.summary;
	}
	if (!l->version)
		return 0;
	if (list)
		fresh[0].key = part_name(q, l, l->version);
	if (summary)
		fresh[count - 1].key = summary_name(q, l->version);
	for (size_t i = 0; i < count; i++) {
		struct bytes *value = &fresh[i].value;

		page_cache_put(q->page_cache, fresh[i].key, value->data,
			       value->len);
		*value = request_seal(q, fresh[i].key, value->data, value->len,
				      PART_MS);
	}
	redis_put(q->redis, fresh, count, PART_MS);
	return 0;
}

/* The version in a tag that equals the list's tag in all else, or NULL. */
static const char *
version_in(struct request *q, const struct list *l, const char *tag)
{
	size_t digits = strspn(tag, "0123456789");

	if (digits == 0 || strcmp(tag + digits, strchr(l->tag, '.')) != 0)
		return NULL;
	return arena_memdup(q->arena, tag, digits);
}

static bool
has_version(const char *tag, const char *version)
{
	size_t len = strlen(version);

	return strncmp(tag, version, len) == 0 && tag[len] == '.';
}

bool
list_tag_is_others(const char *tag, const char *own)
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
	struct list *l = q->prefetch_state;

	if (!l && read_query(q, &l, f))
		return -1;
	*out = l;
	l->tag = "";
	l->version = list_version(q);
	if (!l->version)
		return render(q, l, f);
	l->tag = arena_printf(q->arena, "%s.%s.%u%.8s", l->version, l->filter,
			      q->session->account.role, q->session->key);
	l->same = tag && strcmp(tag, l->tag) == 0;
	l->other = tag && list_tag_is_others(tag, l->tag);
	if (l->same || l->other)
		return 0;
	l->held = tag ? version_in(q, l, tag) : NULL;
	if (l->held)
		l->changes = page_cache_get(q->page_cache, changes_name(q, l));
	if (l->changes.data)
		return 0;
	l->same_summary = tag && has_version(tag, l->version);
	find_parts(q, l);
	return render(q, l, f);
}

void
list_summary(struct reply *r, struct bytes summary)
{
	reply_partial_html(r, "#strip", "outerMorph", summary.data,
			   summary.len);
}

int
list_summary_now(struct request *q, struct reply *r, struct fault *f)
{
	return render_summary(q, &r->body, f);
}

static bool
same_summary(const struct list *l)
{
	const struct bytes *a = &l->old.summary, *b = &l->now.summary;

	return a->len == b->len && !memcmp(a->data, b->data, a->len);
}

bool
list_changes(struct reply *r, const struct list *l)
{
	struct request *q = r->q;

	if (l->changes.data) {
		reply_html(r, l->changes.data, l->changes.len);
		return true;
	}
	if (!l->old.rows.data)
		return false;
	if (!list_frame_changes(r, &l->old.list, &l->now.list)) {
		buf_clear(&r->body);
		return false;
	}
	if (!same_summary(l))
		list_summary(r, l->now.summary);
	page_cache_put(q->page_cache, changes_name(q, l), r->body.data,
		       r->body.len);
	return true;
}
