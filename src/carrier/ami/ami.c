#include "carrier/ami/ami.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/carrier_kind.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/numeric.h"
#include "base/uuid.h"
#include "carrier/ami/ami_priv.h"

#define READS_A_TURN 16
#define PING_US (10 * US_PER_S)
#define SILENT_US (20 * US_PER_S)
#define LONGEST_PAUSE_US (5 * US_PER_S)

static int
check_conf(const struct cr_conf *conf, struct host_port *host, struct fault *f)
{
	const struct ami_settings *s = conf->ami;

	if (!host_port_read(conf->address, strlen(conf->address), host) ||
	    !*host->port)
		return fault_field(f, "address",
				   "The address of an Asterisk PBX must be its "
				   "host and the port of its Manager "
				   "Interface, such as 127.0.0.1:5038.");
	if (!s || !s->user || !*s->user || !s->secret)
		return fault_field(f, "user",
				   "An Asterisk PBX needs the name and the "
				   "secret of a manager account.");
	if (carrier_dial_check(s->dial, f))
		return -1;
	return tracker_check(conf, f);
}

static void
ask(struct tracker *t, struct cr_call *call)
{
	struct ami *ami = ami_with(t);

	((struct ami_call *)call)->asked_no = ami->list_no + 1;
	ami->list_wanted = true;
}

static void
hang_up(struct tracker *t, struct cr_call *call)
{
	char id[UUID_TEXT];

	uuid_text(call->id.bytes, id);
	ami_hang_up(ami_with(t), id, call->q850);
}

static void
own_settings(struct ami_settings *to, const struct ami_settings *from)
{
	*to = (struct ami_settings){
		.user = xstrdup(from->user),
		.secret = xstrdup(from->secret),
		.dial = xstrdup(from->dial),
		.plus = from->plus,
		.message = xstrdup(from->message ? from->message : ""),
		.amd = xstrdup(from->amd ? from->amd : ""),
	};
}

static int
ami_open(struct carrier **out, const struct cr_conf *conf, struct fault *f)
{
	struct host_port host;
	struct ami *ami;

	if (check_conf(conf, &host, f))
		return -1;
	ami = xcalloc(1, sizeof(*ami));
	ami->base.ops = &ami_ops;
	if (link_open(&ami->link, NULL, &host)) {
		int error = errno;

		free(ami);
		fault_set(f, FAULT_BROKEN, "The carrier cannot be opened.");
		return fault_cause(f, "epoll_create1: %s", strerror(error));
	}
	ami->link.ping_us = PING_US;
	ami->link.dead_us = SILENT_US;
	ami->link.longest_pause_us = LONGEST_PAUSE_US;
	tracker_open(&ami->tracker, conf, sizeof(struct ami_call));
	ami->tracker.ask = ask;
	ami->tracker.hangup = hang_up;
	own_settings(&ami->settings, conf->ami);
	snprintf(ami->prefix, sizeof(ami->prefix), "od-%s-", conf->site);
	snprintf(ami->node, sizeof(ami->node), "%s", conf->node);
	ami->slot = (unsigned)clock_boot_us() % AMI_SLOTS;
	ami->trunk = 2166136261u;
	for (const char *s = ami->settings.dial; *s; s++)
		ami->trunk = (ami->trunk ^ (unsigned char)*s) * 16777619u;
	ami->conclude_at = INT64_MAX;
	*out = &ami->base;
	return 0;
}

static void
ami_close(struct carrier *c)
{
	struct ami *ami = ami_of(c);
	struct ami_settings *s = &ami->settings;

	link_close(&ami->link);
	tracker_close(&ami->tracker);
	free((char *)(uintptr_t)s->user);
	free((char *)(uintptr_t)s->secret);
	free((char *)(uintptr_t)s->dial);
	free((char *)(uintptr_t)s->message);
	free((char *)(uintptr_t)s->amd);
	free(ami->listed);
	free(ami);
}

static void
flush(struct ami *ami)
{
	if (ami->tracker.up && !ami->broken && link_flush(&ami->link))
		ami->broken = true;
}

static enum cr_err
end_call(struct ami *ami, const char *call_id, bool before_answer, int q850)
{
	struct ami_call *call;
	struct cr_id id;
	bool up = ami->tracker.up;

	if (cr_id_parse(call_id, &id))
		return CR_REFUSED;
	call = (struct ami_call *)tracker_ending(&ami->tracker, call_id,
						 before_answer, q850);
	if (call) {
		call->end.cancelled |= call->call.phase < CR_PHASE_ANSWERED;
		call->end.hung_up = true;
	}
	if (up)
		ami_hang_up(ami, call_id, q850);
	flush(ami);
	return up || call ? CR_OK : CR_NOT_SENT;
}

static enum cr_err
ami_cancel(struct carrier *c, const char *call_id)
{
	return end_call(ami_of(c), call_id, true, -1);
}

static enum cr_err
ami_hangup(struct carrier *c, const char *call_id, int q850)
{
	return end_call(ami_of(c), call_id, false, q850);
}

static enum cr_err
ami_join(struct carrier *c, const char *call_id)
{
	struct ami *ami = ami_of(c);
	struct ami_call *call =
		(struct ami_call *)calls_find(&ami->tracker.calls, call_id);

	if (!ami->tracker.up)
		return CR_NOT_SENT;
	if (!call || call->call.seated)
		return CR_OK;
	call->call.seated = true;
	ami_send_to_bot(ami, call);
	flush(ami);
	return CR_OK;
}

static int
ami_poll_fd(struct carrier *c)
{
	return ami_of(c)->link.epoll;
}

static int64_t
ami_deadline(struct carrier *c)
{
	struct ami *ami = ami_of(c);
	int64_t at = int64_min(link_deadline(&ami->link), ami->conclude_at);

	if (ami->broken)
		return 0;
	return tracker_deadline(&ami->tracker, at);
}

static void
take_in(struct ami *ami)
{
	for (int turn = 0; turn < READS_A_TURN; turn++) {
		enum lines_read got = lines_read(&ami->link.in, ami->link.fd);
		char *line;

		if (got == LINES_MORE)
			ami->link.heard_at = ami->tracker.now;
		while (ami->link.state >= LINK_GREETING &&
		       (line = lines_next(&ami->link.in)))
			if (ami_message_take(&ami->message, line))
				ami_handle(ami);
		if (got == LINES_CLOSED)
			ami_drop(ami, "the PBX closed the connection");
		if (got != LINES_MORE || ami->link.state < LINK_GREETING)
			return;
	}
}

static void
ami_dispatch(struct carrier *c, int64_t now_boot_us)
{
	struct ami *ami = ami_of(c);
	struct tracker *t = &ami->tracker;
	enum link_health health;

	t->now = now_boot_us;
	t->wall = clock_wall_us();
	if (ami->broken)
		ami_drop(ami, "the connection broke");
	if (link_connect(&ami->link, t->now))
		ami_sign_in(ami);
	if (ami->link.state >= LINK_GREETING)
		take_in(ami);
	health = link_watch(&ami->link, t->now);
	if (health == LINK_SILENT)
		ami_drop(ami, "the PBX is silent");
	else if (health == LINK_PING)
		ami_ping(ami);
	ami_conclude_due(ami);
	tracker_sweep(t);
	ami_list(ami);
	if (link_flush(&ami->link))
		ami_drop(ami, "cannot write");
}

static void
ami_resync(struct carrier *c, const struct cr_known *known, size_t n)
{
	struct ami *ami = ami_of(c);

	tracker_resync(&ami->tracker, known, n);
	ami_list(ami);
	flush(ami);
}

static void
ami_forget(struct carrier *c, const char *call_id)
{
	tracker_forget(&ami_of(c)->tracker, call_id);
}

static enum cr_err
ami_list_all(struct carrier *c)
{
	struct ami *ami = ami_of(c);

	if (!ami->tracker.up)
		return CR_NOT_SENT;
	ami->owner_wants = ami->list_wanted = true;
	ami_list(ami);
	flush(ami);
	return CR_OK;
}

static void
ami_stats(struct carrier *c, struct cr_stats *out)
{
	struct ami *ami = ami_of(c);

	tracker_stats(&ami->tracker, out);
	out->reconnects = ami->link.reconnects;
	out->garbage += ami->link.in.garbage;
	memcpy(out->error, ami->link.error, sizeof(out->error));
}

const struct carrier_ops ami_ops = {
	.open = ami_open,
	.place = ami_place,
	.cancel = ami_cancel,
	.hangup = ami_hangup,
	.join = ami_join,
	.poll_fd = ami_poll_fd,
	.deadline = ami_deadline,
	.dispatch = ami_dispatch,
	.resync = ami_resync,
	.forget = ami_forget,
	.list = ami_list_all,
	.stats = ami_stats,
	.close = ami_close,
};
