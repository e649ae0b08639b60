/*
 * The loop's side without a carrier: when a call leaves, what goes back and in
 * how many messages, and which calls are hung up.
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/uuid.h"
#include "carrier/carrier.h"
#include "dialler/call_control.h"
#include "dialler/credit.h"
#include "dialler/dialler.h"
#include "dialler/loop.h"
#include "tests/tap.h"

#define CARRIER 7
#define MANY 450

static struct dialler d;
static struct call_control b;
static struct trunk *trunk;

/* A carrier that does nothing and remembers what it was asked. */
static struct {
	struct carrier base;
	enum cr_err answer; /* of place() */
	int64_t not_after;
	size_t placed, hung_up, lists, asked, forgotten;
	char last[UUID_TEXT];
} fake;

static enum cr_err
fake_place(struct carrier *c, const struct cr_place *p)
{
	(void)c;
	fake.placed++;
	fake.not_after = p->not_after_boot_us;
	return fake.answer;
}

static enum cr_err
fake_hangup(struct carrier *c, const char *id, int q850)
{
	(void)c;
	(void)q850;
	fake.hung_up++;
	snprintf(fake.last, sizeof(fake.last), "%s", id);
	return CR_OK;
}

static int64_t
fake_deadline(struct carrier *c)
{
	(void)c;
	return -1;
}

static void
fake_resync(struct carrier *c, const struct cr_known *known, size_t n)
{
	(void)c;
	fake.asked += n;
	snprintf(fake.last, sizeof(fake.last), "%s", known[n - 1].call_id);
}

static void
fake_forget(struct carrier *c, const char *id)
{
	(void)c;
	fake.forgotten++;
	snprintf(fake.last, sizeof(fake.last), "%s", id);
}

static enum cr_err
fake_list(struct carrier *c)
{
	(void)c;
	fake.lists++;
	return CR_OK;
}

static void
fake_stats(struct carrier *c, struct cr_stats *out)
{
	*out = (struct cr_stats){ .up = c == NULL, .error = "silent" };
}

static const struct carrier_ops fake_ops = { .place = fake_place,
					     .hangup = fake_hangup,
					     .deadline = fake_deadline,
					     .resync = fake_resync,
					     .forget = fake_forget,
					     .list = fake_list,
					     .stats = fake_stats };

/* A slow machine must not be late for what is in time here. */
static int64_t
soon(void)
{
	return clock_boot_us() + 60 * US_PER_S;
}

static void
fresh(void)
{
	memset(&fake, 0, sizeof(fake));
	fake.base.ops = &fake_ops;
	d = (struct dialler){ .renewed_us = soon() };
	dialler_open(&d);
	call_control_open(&b, &d);
	trunk = xcalloc(1, sizeof(*trunk));
	trunk->carrier_id = CARRIER;
	trunk->control = &b;
	trunk->cell = trunk_share_new(CARRIER);
	trunk->cell->cps = trunk->cell->channels = 100000;
	trunk->carrier = &fake.base;
	trunk->up = true;
	trunk->last = &trunk->first;
	trunk->list_at = INT64_MAX;
	b.trunks = xcalloc(1, sizeof(struct trunk *));
	b.trunks[b.trunk_count++] = trunk;
	/* A share that grows is used up for a second. */
	cps_set(&trunk->cps, 100000, clock_boot_us() - 2 * US_PER_S);
}

static void
done(void)
{
	call_table_close(&b.calls);
	cps_free(&trunk->cps);
	free(trunk->listed);
	free(trunk->suspects);
	free(trunk->held);
	trunk_share_free(trunk->cell);
	free(trunk);
	free(b.trunks);
	loop_free(b.loop);
	seats_free(&b.seats);
	dialler_close(&d);
}

static struct call_id
id_of(size_t n)
{
	struct call_id id = { .b = { 0, 0, 0, 1 } };

	id.b[6] = 0x80;
	id.b[8] = 0x80;
	id.b[14] = (uint8_t)(n >> 8);
	id.b[15] = (uint8_t)n;
	return id;
}

static struct call *
add(size_t n, enum call_state state, int64_t gate_us)
{
	struct job_call job = {
		.to = "4930", .from = "4931", .bot = "", .vars = ""
	};
	struct call *c;

	memcpy(job.id, id_of(n).b, UUID_LEN);
	c = call_new(&job);
	c->trunk = trunk;
	c->gate_us = gate_us;
	call_table_add(&b.calls, c);
	if (state == CALL_GRANTED || state == CALL_RECHECK)
		call_set_state(c, CALL_RESERVED);
	if (state == CALL_RECHECK)
		call_set_state(c, CALL_GRANTED);
	if (state == CALL_ENDED)
		call_set_state(c, CALL_PLACED);
	call_set_state(c, state);
	return c;
}

/* What waits for a thread: how many messages of this kind, how many ids, and
 * the most in one of them. */
struct heard {
	size_t messages, ids, most;
	int64_t delay_us;
};

static struct heard
hear(struct queue *q, enum msg_kind kind)
{
	struct heard h = { 0 };
	struct msg *m = queue_take(q, 0), *next;

	for (; m; m = next) {
		struct msg_ids *ids = (struct msg_ids *)m;

		next = m->next;
		if (m->kind == (int)kind) {
			h.messages++;
			h.ids += ids->count;
			h.delay_us = ids->delay_us;
			if (ids->count > h.most)
				h.most = ids->count;
		}
		free(m);
	}
	return h;
}

static void
test_leaves(void)
{
	int64_t gate = soon();

	fresh();
	fake.answer = CR_NOT_SENT;
	add(1, CALL_GRANTED, gate);
	call_control_turn(&b);
	is_int((int64_t)fake.placed, 1, "a call that was granted is placed");
	is_int(fake.not_after - gate, GATE_US,
	       "a call may leave until 100 ms after its gates were read");
	is_int((int64_t)trunk->not_placed, 1,
	       "a call that was not sent stays in the queue");
	trunk->first->gate_us = clock_boot_us() - GATE_US - 1;
	trunk->first->retry_us = 0;
	call_control_turn(&b);
	is_int((int64_t)fake.placed, 1, "a call with old gates is not placed");
	is_int((int64_t)hear(&d.to_place, MSG_RECHECK).ids, 1,
	       "the gates of such a call are read again");
	done();
}

/* A node with an old lease may be declared dead at any moment. */
static void
test_lease(void)
{
	fresh();
	d.renewed_us = clock_boot_us() - LEASE_FRESH_US - 1;
	add(1, CALL_GRANTED, clock_boot_us());
	call_control_turn(&b);
	is_int((int64_t)fake.placed, 0, "an old lease places nothing");
	is_int((int64_t)hear(&d.to_place, MSG_WITHDRAW).ids, 1,
	       "a call goes back when the lease is old");
	d.renewed_us = soon();
	add(2, CALL_GRANTED, soon());
	call_control_turn(&b);
	is_int((int64_t)fake.placed, 1, "a fresh lease places a call");
	done();
}

static void
test_back(void)
{
	struct heard h;

	fresh();
	for (size_t i = 0; i < MANY; i++)
		add(i, CALL_GRANTED, clock_boot_us());
	trunk->up = false;
	call_control_turn(&b);
	h = hear(&d.to_place, MSG_WITHDRAW);
	is_int((int64_t)h.ids, MANY,
	       "all calls go back when the carrier is lost");
	is_int((int64_t)h.messages, 3, "calls go back in a few transactions");
	ok(h.delay_us > 0, "calls that went back are tried a little later");
	is_int((int64_t)b.calls.count, 0, "calls that went back are forgotten");
	add(1, CALL_GRANTED, clock_boot_us());
	trunk->up = true;
	d.renewed_us = 0;
	call_control_turn(&b);
	is_int(hear(&d.to_place, MSG_WITHDRAW).delay_us, 0,
	       "each batch that goes back has its own delay");
	done();
}

static struct msg_orphans *
orphans(size_t n, enum live_state state, bool adopted)
{
	struct msg_orphans *m = MSG_NEW_ARRAY(MSG_RECONCILE, struct msg_orphans,
					      struct orphan_call, n);

	for (size_t i = 0; i < n; i++)
		m->orphans[m->count++] =
			(struct orphan_call){ .id = id_of(i),
					      .state = state,
					      .carrier_id = CARRIER,
					      .adopted = adopted };
	return m;
}

static void
test_check(void)
{
	struct heard h;

	fresh();
	queue_put(&d.to_loop, &orphans(MANY, LIVE_SENT, false)->m);
	call_control_turn(&b);
	h = hear(&d.to_place, MSG_WITHDRAW);
	is_int((int64_t)h.ids, MANY, "calls sent but unknown here go back");
	ok(h.most <= 200, "no transaction takes back more than 200 calls");
	is_int((int64_t)fake.asked, 0, "unknown calls are not asked about");
	queue_put(&d.to_loop, &orphans(3, LIVE_SENT, true)->m);
	call_control_turn(&b);
	is_int((int64_t)hear(&d.to_place, MSG_WITHDRAW).ids, 0,
	       "calls taken over, perhaps placed, do not go back");
	is_int((int64_t)fake.asked, 3, "calls taken over are asked about");
	done();
}

static void
say(enum cr_event_kind kind, size_t n)
{
	struct cr_event ev = { .kind = kind };
	struct call_id id = id_of(n);

	uuid_text(id.b, ev.call_id);
	trunk_event(trunk, &ev);
}

/* What the carrier has of ours: one known here, two that are not. */
static void
say_list(size_t last)
{
	for (size_t i = 1; i <= last; i++)
		say(CR_LISTED, i);
	say(CR_LIST_END, 0);
}

static void
judged(void)
{
	struct call_id ids[] = { id_of(2), id_of(3) };
	struct msg_ids *m = msg_ids_new(MSG_UNKNOWN_CALLS, ids, 2);

	m->carrier_id = CARRIER;
	queue_put(&d.to_loop, &m->m);
	call_control_turn(&b);
}

static void
test_orphans(void)
{
	char id[UUID_TEXT];

	fresh();
	add(1, CALL_PLACED, 0)->placed_us = clock_boot_us();
	trunk->list_at = 0;
	call_control_turn(&b);
	is_int((int64_t)fake.lists, 1, "the carrier is asked for its calls");
	say_list(3);
	is_int((int64_t)hear(&d.to_plan, MSG_CARRIER_CALLS).ids, 2,
	       "the table is asked about the two unknown calls");
	/* It took its time: one of them may have ended as it should. */
	judged();
	is_int((int64_t)fake.hung_up, 0, "an old answer ends no call");
	is_int((int64_t)fake.lists, 2,
	       "the carrier is asked for a second list");
	say_list(2);
	is_int((int64_t)fake.hung_up, 1, "a live call without a row is ended");
	uuid_text(id_of(2).b, id);
	is_str(fake.last, id, "the call that was hung up has no row");
	is_int((int64_t)hear(&d.to_plan, MSG_CARRIER_CALLS).messages, 0,
	       "no other call is suspected");
	trunk->list_at = 0;
	call_control_turn(&b);
	say_list(3);
	is_int((int64_t)fake.hung_up, 1, "each list is judged by itself");
	done();
}

/* A list that was under way when the table was read says nothing new. */
static void
test_list_under_way(void)
{
	fresh();
	trunk->list_at = 0;
	call_control_turn(&b);
	judged();
	say_list(3);
	is_int((int64_t)fake.hung_up, 0, "a list begun earlier is no proof");
	trunk->list_at = 0;
	call_control_turn(&b);
	say_list(3);
	is_int((int64_t)fake.hung_up, 2, "the next list is a proof");
	trunk->list_at = 0;
	call_control_turn(&b);
	say(CR_DOWN, 0);
	say(CR_UP, 0);
	ok(trunk->list_at <= clock_boot_us() + US_PER_S,
	   "a carrier that comes up is asked soon");
	trunk->list_at = 0;
	call_control_turn(&b);
	is_int((int64_t)fake.lists, 4, "a list cut off is asked for again");
	done();
}

/* The end of a call was told to somebody else, or to nobody. */
static void
test_not_listed(void)
{
	char id[UUID_TEXT];
	int64_t now;

	fresh();
	now = clock_boot_us();
	add(1, CALL_PLACED, 0)->placed_us = now - US_PER_S;
	add(2, CALL_PLACED, 0)->placed_us = now - US_PER_S;
	add(3, CALL_PLACED, 0)->placed_us = now + US_PER_S;
	trunk->list_at = 0;
	call_control_turn(&b);
	say_list(1);
	is_int((int64_t)fake.asked, 1, "one missing call is asked about");
	uuid_text(id_of(2).b, id);
	is_str(fake.last, id, "a call placed after the list is not missing");
	done();
}

/* A carrier is not asked about the calls of another node any more. */
static void
test_forget(void)
{
	struct call_id id = id_of(1);

	fresh();
	add(1, CALL_PLACED, 0);
	add(2, CALL_PLACED, 0);
	add(3, CALL_ENDED, 0);
	queue_put(&d.to_loop, &msg_ids_new(MSG_DONE, &id, 1)->m);
	call_control_turn(&b);
	is_int((int64_t)fake.forgotten, 1,
	       "a carrier forgets a call that was given away");
	queue_put(&d.to_loop, MSG_NEW(MSG_FENCED, struct msg));
	call_control_turn(&b);
	is_int((int64_t)fake.forgotten, 2,
	       "a fenced node's live calls are forgotten");
	is_int((int64_t)b.calls.count, 0, "a fenced node knows no call");
	is_int((int64_t)trunk->channels_used, 0,
	       "a fenced node holds no channel");
	done();
}

/* What a call holds of its trunk goes with it, whatever state it is in. */
static void
test_states(void)
{
	fresh();
	for (enum call_state s = CALL_RESERVED; s <= CALL_ENDED; s++)
		add(s, s, clock_boot_us());
	is_int((int64_t)trunk->channels_used, 4,
	       "all calls but the ended one have a channel");
	is_int((int64_t)trunk->not_placed, 3, "three calls are not placed");
	ok(trunk->first && trunk->last == &trunk->first->waiting,
	   "the call that was granted is queued");
	queue_put(&d.to_loop, MSG_NEW(MSG_FENCED, struct msg));
	call_control_turn(&b);
	is_int((int64_t)trunk->channels_used, 0,
	       "a fenced node has no channel");
	is_int((int64_t)trunk->not_placed, 0, "no call waits to be placed");
	ok(!trunk->first && trunk->last == &trunk->first,
	   "a fenced node's queue is empty");
	done();
}

static void
test_told(void)
{
	struct call *c;

	fresh();
	c = add(1, CALL_GRANTED, clock_boot_us());
	say(CR_RINGING, 1);
	say(CR_ENDED, 1);
	is_int((int64_t)c->state, CALL_GRANTED,
	       "a carrier cannot end a call that it was not given");
	is_int((int64_t)hear(&d.to_record, MSG_CALL_UPDATE).messages, 0,
	       "events that came too early are not recorded");
	is_int((int64_t)trunk->not_placed, 1,
	       "a call with early events still waits");
	add(2, CALL_PLACED, 0)->job.seated = true;
	say(CR_ANSWERED, 2);
	call_control_turn(&b);
	is_int((int64_t)hear(&d.to_place, MSG_ANSWERED).ids, 0,
	       "a call that was planned with its seat does not ask for one");
	done();
}

int
main(void)
{
	test_states();
	test_told();
	test_leaves();
	test_lease();
	test_back();
	test_check();
	test_orphans();
	test_list_under_way();
	test_not_listed();
	test_forget();
	return tap_done();
}
