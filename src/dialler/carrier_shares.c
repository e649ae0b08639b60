/* Which carriers there are, and this node's share of each. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/log.h"
#include "base/numeric.h"
#include "dialler/dialler.h"
#include "dialler/planner.h"
#include "dialler/trunk_conf.h"
#include "dialler/trunk_share.h"
#include "ledger/share.h"
#include "workspace/catalog.h"

static struct plan_carrier *
add_carrier(struct planner *p, int64_t id)
{
	p->carriers = xrealloc(p->carriers,
			       (p->carrier_count + 1) * sizeof(*p->carriers));
	p->carriers[p->carrier_count] = (struct plan_carrier){ .id = id };
	return &p->carriers[p->carrier_count++];
}

/* Has the loop open the carrier; the cell holds what the loop and the beat
 * share. */
static void
serve(struct planner *p, struct plan_carrier *c, const struct carrier_row *row)
{
	const char *settings = trunk_conf_text(row, p->arena);
	struct trunk_conf *conf;
	struct msg_trunk *m;
	struct fault f;

	if (!c->cell)
		c->cell = trunk_share_new(c->id);
	if (c->settings && strcmp(c->settings, settings) == 0)
		return;
	free(c->settings);
	c->settings = xstrdup(settings);
	conf = trunk_conf_new(row, &f);
	if (!conf) {
		log_fault("A carrier cannot be opened", &f);
		return;
	}
	m = MSG_NEW(MSG_TRUNK, struct msg_trunk);
	m->cell = c->cell;
	m->conf = conf;
	queue_put(&p->d->to_loop, &m->m);
}

void
beat_carriers(struct planner *p)
{
	struct carrier_row *rows;
	size_t n;
	struct fault f;

	if (carrier_list(p->db, &rows, &n, p->arena, &f)) {
		dialler_tell_db(p->d, "read the carriers", &f);
		return;
	}
	for (size_t i = 0; i < p->carrier_count; i++)
		p->carriers[i].enabled = false;
	for (size_t i = 0; i < n; i++) {
		struct plan_carrier *c = planner_carrier(p, rows[i].id);

		if (!c)
			c = add_carrier(p, rows[i].id);
		c->enabled = rows[i].enabled;
		c->cps = rows[i].cps;
		c->channels = rows[i].channels - rows[i].inbound;
		serve(p, c, &rows[i]);
	}
}

/* The shares of one carrier, added up. */
struct view {
	struct share_row mine;
	bool has_mine;
	int64_t cps, channels; /* of the others */
	size_t nodes, rank; /* nodes that want a share, and this node's rank */
};

static struct view
view_of(const struct planner *p, int64_t carrier_id, bool want,
	const struct share_row *rows, size_t n)
{
	struct view v = {
		.mine = { .carrier_id = carrier_id,
			  .slot = p->me.slot,
			  .boot = p->me.boot },
		.nodes = want,
	};

	for (size_t i = 0; i < n; i++) {
		if (rows[i].carrier_id != carrier_id)
			continue;
		if (rows[i].boot == p->me.boot) {
			v.mine = rows[i];
			v.has_mine = true;
			continue;
		}
		v.cps += rows[i].cps;
		v.channels += rows[i].channels;
		v.nodes += rows[i].want > 0;
		v.rank += rows[i].want > 0 && rows[i].slot < p->me.slot;
	}
	return v;
}

/*
 * A share is lowered in memory first and then in the row, and raised the other
 * way round.  The row keeps channels that have calls on them, but no new call
 * takes one.
 */
static void
move(struct planner *p, struct plan_carrier *c, struct view *v, bool want)
{
	int64_t in_use = atomic_load(&c->cell->in_use);
	int64_t cps_limit = c->enabled ? c->cps : 0;
	int64_t channel_limit = c->enabled ? c->channels : 0;
	size_t nodes = want ? v->nodes : 0;
	int64_t cps = share_next(cps_limit, v->mine.cps, v->cps,
				 share_part(cps_limit, nodes, v->rank), 0);
	int64_t part = share_part(channel_limit, nodes, v->rank);
	int64_t channels = share_next(channel_limit, v->mine.channels,
				      v->channels, part, in_use);
	struct share_move m = { .row = v->mine,
				.nodes = nodes,
				.rank = v->rank,
				.in_use = in_use };
	struct fault f;

	atomic_store(&c->cell->cps, int64_min(cps, v->mine.cps));
	atomic_store(&c->cell->channels, int64_min(part, v->mine.channels));
	m.row.want = want;
	if (v->has_mine && cps == v->mine.cps && channels == v->mine.channels &&
	    v->mine.want == want)
		return;
	if (share_move(p->db, &m, &f)) {
		dialler_tell_db(p->d, "share a carrier", &f);
		return;
	}
	if (m.row.cps != v->mine.cps)
		log_info("Carrier %lld: %lld calls per second, %lld channels.",
			 (long long)c->id, (long long)m.row.cps,
			 (long long)m.row.channels);
	v->mine = m.row;
	atomic_store(&c->cell->cps, m.row.cps);
	atomic_store(&c->cell->channels, int64_min(part, m.row.channels));
}

/* Why this node places no calls with the carrier stands in its row. */
static void
tell_trouble(struct planner *p, struct plan_carrier *c)
{
	char text[sizeof(c->trouble)];
	struct fault f;

	trunk_share_told(c->cell, text);
	if (strcmp(text, c->trouble) == 0)
		return;
	if (share_tell_trouble(p->db, &p->me, c->id, text, &f))
		dialler_tell_db(p->d, "tell a carrier’s trouble", &f);
	else
		memcpy(c->trouble, text, sizeof(text));
}

void
beat_shares(struct planner *p)
{
	struct share_row *rows;
	size_t n;
	struct fault f;

	if (share_list(p->db, p->arena, &rows, &n, &f)) {
		dialler_tell_db(p->d, "read the shares", &f);
		return;
	}
	for (size_t i = 0; i < p->carrier_count; i++) {
		struct plan_carrier *c = &p->carriers[i];
		bool want = c->enabled && atomic_load(&c->cell->places);
		struct view v = view_of(p, c->id, want, rows, n);

		move(p, c, &v, want);
		tell_trouble(p, c);
		c->served = v.cps + v.mine.cps;
		c->others = v.nodes - want;
	}
}
