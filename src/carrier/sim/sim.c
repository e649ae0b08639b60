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
	return tracker_check(conf, f);
}

static int
sim_open(struct carrier **out, const struct cr_conf *conf, struct fault *f)
{
	struct sim *sim;

	if (check_conf(conf, f))
		return -1;
	sim = xcalloc(1, sizeof(*sim));
	sim->base.ops = &sim_ops;
	if (link_open(&sim->link, conf->address, NULL)) {
		int error = errno;

		free(sim);
		fault_set(f, FAULT_BROKEN,
			  "The simulated carrier cannot be opened.");
		return fault_cause(f, "epoll_create1: %s", strerror(error));
	}
	tracker_open(&sim->tracker, conf, sizeof(struct cr_call));
	sim->tracker.ask = sim_ask;
	sim->tracker.hangup = sim_ask_hangup;
	snprintf(sim->node, sizeof(sim->node), "%s", conf->node);
	snprintf(sim->site, sizeof(sim->site), "%s", conf->site);
	*out = &sim->base;
	return 0;
}

static void
sim_close(struct carrier *c)
{
	struct sim *sim = sim_of(c);

	link_close(&sim->link);
	tracker_close(&sim->tracker);
	free(sim);
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
		     "\t%d\t%s\n",
		     p->call_id, p->to, p->from, bot, p->ring_ms,
		     p->max_call_ms, read_by, p->seated, vars);
	return n > 0 && (size_t)n < size ? (size_t)n : 0;
}

static enum cr_err
sim_place(struct carrier *c, const struct cr_place *p)
{
	struct sim *sim = sim_of(c);
	struct tracker *t = &sim->tracker;
	char line[LINE_LIMIT];
	size_t len;
	int64_t now;
	long put;

	if (!cr_place_is_valid(p) || calls_find(&t->calls, p->call_id))
		return CR_REFUSED;
	len = place_line(p, line, sizeof(line));
	if (!len)
		return CR_REFUSED;
	now = t->clock();
	if (now > p->not_after_boot_us || sim->broken || outgoing_left(&sim->link.out) ||
	    !tracker_is_ready(t, now, SIM_WINDOW))
		return CR_NOT_SENT;
	put = link_write(&sim->link, line, len);
	if (put <= 0) {
		sim->broken |= put < 0;
		return CR_NOT_SENT;
	}
	tracker_placed(t, p, now);
	if ((size_t)put == len)
		return CR_OK;
	/* The rest must not follow later, so the line stays incomplete. */
	sim->broken = true;
	return CR_UNKNOWN;
}

static void
flush(struct sim *sim)
{
	if (sim->tracker.up && !sim->broken && link_flush(&sim->link))
		sim->broken = true;
}

static enum cr_err
end_call(struct sim *sim, const char *call_id, bool before_answer, int q850)
{
	struct cr_call *call;
	struct cr_id id;
	bool up = sim->tracker.up;

	if (cr_id_parse(call_id, &id))
		return CR_REFUSED;
	call = tracker_ending(&sim->tracker, call_id, before_answer, q850);
	if (up && before_answer)
		link_say(&sim->link, "CANCEL\t%s\n", call_id);
	else if (up)
		link_say(&sim->link, "HANGUP\t%s\t%d\n", call_id, q850);
	flush(sim);
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

static enum cr_err
sim_join(struct carrier *c, const char *call_id)
{
	struct sim *sim = sim_of(c);
	struct cr_call *call = calls_find(&sim->tracker.calls, call_id);

	if (!sim->tracker.up)
		return CR_NOT_SENT;
	if (!call || call->seated)
		return CR_OK;
	call->seated = true;
	link_say(&sim->link, "JOIN\t%s\n", call_id);
	flush(sim);
	return CR_OK;
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

	if (sim->broken)
		return 0;
	return tracker_deadline(&sim->tracker, link_deadline(&sim->link));
}

static void
sim_resync(struct carrier *c, const struct cr_known *known, size_t n)
{
	struct sim *sim = sim_of(c);

	tracker_resync(&sim->tracker, known, n);
	flush(sim);
}

static void
sim_forget(struct carrier *c, const char *call_id)
{
	tracker_forget(&sim_of(c)->tracker, call_id);
}

static enum cr_err
sim_list(struct carrier *c)
{
	struct sim *sim = sim_of(c);

	if (!sim->tracker.up)
		return CR_NOT_SENT;
	link_say(&sim->link, "LIST\n");
	flush(sim);
	return CR_OK;
}

static void
sim_stats(struct carrier *c, struct cr_stats *out)
{
	struct sim *sim = sim_of(c);

	tracker_stats(&sim->tracker, out);
	out->reconnects = sim->link.reconnects;
	out->garbage += sim->link.in.garbage;
	memcpy(out->error, sim->link.error, sizeof(out->error));
}

const struct carrier_ops sim_ops = {
	.open = sim_open,
	.place = sim_place,
	.cancel = sim_cancel,
	.hangup = sim_hangup,
	.join = sim_join,
	.poll_fd = sim_poll_fd,
	.deadline = sim_deadline,
	.dispatch = sim_dispatch,
	.resync = sim_resync,
	.forget = sim_forget,
	.list = sim_list,
	.stats = sim_stats,
	.close = sim_close,
};
