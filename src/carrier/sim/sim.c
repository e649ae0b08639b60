#include "carrier/sim/sim.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "carrier/sim/sim_priv.h"

static bool
is_name(const char *s)
{
	size_t len = s ? strlen(s) : 0;

	return len >= 1 && len <= SIM_NAME_MAX &&
	       strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
			 "0123456789._-") == len;
}

static int
check_conf(const struct cr_conf *conf, struct fault *f)
{
	struct sockaddr_un un;

	if (!conf->address || !*conf->address ||
	    strlen(conf->address) >= sizeof(un.sun_path))
		return fault_field(f, "address",
				   "The address of a simulated carrier must "
				   "be a socket’s path of 1 to %zu bytes.",
				   sizeof(un.sun_path) - 1);
	if (!is_name(conf->node) || !is_name(conf->site))
		return fault_field(f, "node",
				   "Node and site must be 1 to %d letters, "
				   "digits, dots, hyphens or underscores.",
				   SIM_NAME_MAX);
	return 0;
}

static int64_t
or_default(int64_t value, int64_t normal)
{
	return value ? value : normal;
}

static int
sim_open(struct carrier **out, const struct cr_conf *conf, struct fault *f)
{
	struct sim *sim;

	if (check_conf(conf, f))
		return -1;
	sim = xcalloc(1, sizeof(*sim));
	sim->base.ops = &sim_ops;
	sim->event = conf->event;
	sim->arg = conf->arg;
	sim->clock = conf->clock_boot_us ? conf->clock_boot_us : clock_boot_us;
	sim->stall_us = or_default(conf->stall_us, 50 * US_PER_MS);
	sim->grace_us = or_default(conf->grace_us, 10 * US_PER_S);
	sim->margin_us = or_default(conf->margin_us, 40 * US_PER_S);
	sim->overrun_us = or_default(conf->overrun_us, 10 * US_PER_S);
	sim->sweep_us = US_PER_S;
	if (sim->grace_us / 4 < sim->sweep_us)
		sim->sweep_us = sim->grace_us / 4;
	if (link_open(&sim->link, conf->address, conf->node, conf->site)) {
		int error = errno;

		free(sim);
		fault_set(f, FAULT_BROKEN,
			  "The simulated carrier cannot be opened.");
		return fault_cause(f, "epoll_create1: %s", strerror(error));
	}
	*out = &sim->base;
	return 0;
}

static void
sim_close(struct carrier *c)
{
	struct sim *sim = sim_of(c);

	link_close(&sim->link);
	calls_free(&sim->calls);
	free(sim);
}

/* True when the carrier would read PLACE at once, as far as is known. */
static bool
is_ready(const struct sim *sim, int64_t now)
{
	const struct link_call *oldest = sim->calls.oldest_waiting;

	if (sim->link.state != LINK_UP || outgoing_left(&sim->link.out))
		return false;
	if (sim->calls.waiting >= SIM_WINDOW)
		return false;
	return !oldest || now - oldest->sent_at < sim->stall_us;
}

/* The PLACE line, or 0 when it does not fit. */
static size_t
place_line(const struct cr_place *p, char *line, size_t size)
{
	const char *vars = p->vars ? p->vars : "";
	const char *bot = p->bot ? p->bot : "";
	int64_t read_by = INT64_MAX; /* the caller may have no limit */
	int n;

	if (p->not_after_boot_us < INT64_MAX - SIM_TRAVEL_US)
		read_by = p->not_after_boot_us + SIM_TRAVEL_US;
	n = snprintf(line, size,
		     "PLACE\t%s\t%s\t%s\t%s\t%" PRId64 "\t%" PRId64 "\t%" PRId64
		     "\t%s\n",
		     p->call_id, p->to, p->from, bot, p->ring_ms,
		     p->max_call_ms, read_by, vars);
	return n > 0 && (size_t)n < size ? (size_t)n : 0;
}

static enum cr_err
sim_place(struct carrier *c, const struct cr_place *p)
{
	struct sim *sim = sim_of(c);
	char line[LINE_LIMIT];
	struct cr_id id;
	struct link_call *call;
	size_t len;
	int64_t now;
	long put;

	if (!cr_place_is_valid(p) || cr_id_parse(p->call_id, &id) ||
	    idmap_find(&sim->calls.map, &id))
		return CR_REFUSED;
	len = place_line(p, line, sizeof(line));
	if (!len)
		return CR_REFUSED;
	now = sim->clock();
	if (now > p->not_after_boot_us || !is_ready(sim, now))
		return CR_NOT_SENT;
	put = link_write(&sim->link, line, len);
	if (put <= 0) {
		sim->broken |= put < 0;
		return CR_NOT_SENT;
	}
	call = calls_add(&sim->calls, &id, now, true);
	call->met = true;
	call->ring_us = p->ring_ms * US_PER_MS;
	call->max_us = p->max_call_ms * US_PER_MS;
	sim->placed++;
	if ((size_t)put == len)
		return CR_OK;
	/* The rest must not follow later, so the line stays incomplete. */
	sim->broken = true;
	return CR_UNKNOWN;
}

static enum cr_err
end_call(struct sim *sim, const char *call_id, bool before_answer, int q850)
{
	struct cr_id id;
	struct link_call *call;
	bool up = sim->link.state == LINK_UP;

	if (cr_id_parse(call_id, &id))
		return CR_REFUSED;
	call = idmap_find(&sim->calls.map, &id);
	if (call) {
		if (before_answer && call->phase < CR_PHASE_ANSWERED)
			call->saw |= CR_SAW_CANCEL;
		call->ending = true;
		call->q850 = q850;
	}
	if (up && before_answer)
		link_say(&sim->link, "CANCEL\t%s\n", call_id);
	else if (up)
		link_say(&sim->link, "HANGUP\t%s\t%d\n", call_id, q850);
	if (up && link_flush(&sim->link))
		sim->broken = true;
	return up || call ? CR_OK : CR_NOT_SENT;
}

static enum cr_err
sim_cancel(struct carrier *c, const char *call_id)
{
	return end_call(sim_of(c), call_id, true, -1);
}

static enum cr_err
sim_hangup(struct carrier *c, const char *call_id, int q850)
{
	return end_call(sim_of(c), call_id, false, q850);
}

static int
sim_poll_fd(struct carrier *c)
{
	return sim_of(c)->link.epoll;
}

static int64_t
sim_deadline(struct carrier *c)
{
	struct sim *sim = sim_of(c);
	int64_t at = link_deadline(&sim->link);

	if (sim->broken)
		return 0;
	if (sim->calls.first && sim->sweep_at < at)
		at = sim->sweep_at;
	return at;
}

static void
sim_resync(struct carrier *c, const struct cr_known *known, size_t n)
{
	struct sim *sim = sim_of(c);
	int64_t now = sim->clock();

	for (size_t i = 0; i < n; i++) {
		struct cr_id id;
		struct link_call *call;

		if (cr_id_parse(known[i].call_id, &id))
			continue;
		call = idmap_find(&sim->calls.map, &id);
		if (!call) {
			call = calls_add(&sim->calls, &id,
					 now - known[i].age_us, false);
			call->ring_us = known[i].ring_ms * US_PER_MS;
			call->max_us = known[i].max_call_ms * US_PER_MS;
			call->resynced = true;
		}
		call_advance(call, known[i].phase, now - known[i].talk_us);
		call->asked = true;
		if (sim->link.state == LINK_UP)
			sim_ask(sim, call);
	}
	if (sim->link.state == LINK_UP && link_flush(&sim->link))
		sim->broken = true;
}

static void
sim_forget(struct carrier *c, const char *call_id)
{
	struct sim *sim = sim_of(c);
	struct cr_id id;
	struct link_call *call = NULL;

	if (cr_id_parse(call_id, &id) == 0)
		call = idmap_find(&sim->calls.map, &id);
	if (call)
		calls_remove(&sim->calls, call);
}

static enum cr_err
sim_list(struct carrier *c)
{
	struct sim *sim = sim_of(c);

	if (sim->link.state != LINK_UP)
		return CR_NOT_SENT;
	link_say(&sim->link, "LIST\n");
	if (link_flush(&sim->link))
		sim->broken = true;
	return CR_OK;
}

static void
sim_stats(struct carrier *c, struct cr_stats *out)
{
	struct sim *sim = sim_of(c);
	const struct link_call *oldest = sim->calls.oldest_waiting;

	*out = (struct cr_stats){
		.up = sim->link.state == LINK_UP,
		.calls = (unsigned)sim->calls.map.count,
		.unanswered = sim->calls.waiting,
		.lag_us = oldest ? sim->clock() - oldest->sent_at : 0,
		.placed = sim->placed,
		.ended = sim->ended,
		.reconnects = sim->link.reconnects,
		.garbage = sim->garbage + sim->link.in.garbage,
	};
	memcpy(out->error, sim->link.error, sizeof(out->error));
}

const struct carrier_ops sim_ops = {
	.open = sim_open,
	.place = sim_place,
	.cancel = sim_cancel,
	.hangup = sim_hangup,
	.poll_fd = sim_poll_fd,
	.deadline = sim_deadline,
	.dispatch = sim_dispatch,
	.resync = sim_resync,
	.forget = sim_forget,
	.list = sim_list,
	.stats = sim_stats,
	.close = sim_close,
};
