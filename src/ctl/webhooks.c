/* Webhooks: the endpoints of a workspace, and what was sent to them. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/civil.h"
#include "base/fault.h"
#include "base/text.h"
#include "base/words.h"
#include "campaign/event.h"
#include "ctl/ctl.h"
#include "ctl/table.h"
#include "hook/delivery.h"
#include "hook/endpoint.h"

#define LOG_MOST 1000
#define LOG_LINES 50

void
webhook_kinds(struct ctl *c)
{
	(void)c;
	puts("Kinds of events:");
	for (size_t i = 0; event_kind_words[i]; i++)
		printf("    %s\n", event_kind_words[i]);
}

static const char *
number_text(const struct ctl *c, int64_t n)
{
	return arena_printf(c->a, "%" PRId64, n);
}

static const char *
time_text(const struct ctl *c, int64_t us)
{
	char iso[28];

	if (!us)
		return "";
	time_iso(us, iso);
	return arena_printf(c->a, "%.19sZ", iso);
}

/* "on", "failing", "off", "gone", "failed" */
static const char *
state_word(const struct endpoint *e)
{
	if (e->enabled)
		return e->failing_since ? "failing" : "on";
	return e->off_why == OFF_BY_PERSON ? "off"
					   : endpoint_off_words[e->off_why];
}

static const char *
kinds_text(struct ctl *c, const struct endpoint *e)
{
	struct endpoint_entry entry = { .kinds = e->kinds };

	return field_text(record_find(&endpoint_entry_record, "kinds"), &entry,
			  c->a);
}

int
webhooks_show(struct ctl *c, struct fault *f)
{
	static const struct ctl_column columns[] = {
		{ "id", true },	  { "state", false },  { "since", false },
		{ "url", false }, { "events", false }, { "description", false },
	};
	struct ctl_table t = { .columns = columns,
			       .count = ARRAY_LEN(columns) };
	struct endpoint *list;
	struct actor who;

	if (ctl_actor(c, 0, &who, f) ||
	    endpoint_list(c->db, who.workspace_id, &list, &t.rows, c->a, f))
		return -1;
	t.cells = ARENA_ARRAY(c->a, t.rows * t.count + 1, const char *);
	for (size_t i = 0; i < t.rows; i++) {
		const struct endpoint *e = &list[i];
		const char **cells = t.cells + i * t.count;

		cells[0] = number_text(c, e->id);
		cells[1] = state_word(e);
		cells[2] =
			time_text(c, e->enabled ? e->failing_since : e->off_at);
		cells[3] = e->url;
		cells[4] = kinds_text(c, e);
		cells[5] = e->description;
	}
	return ctl_table_print(c, &t);
}

/* The actor, and the webhook of the first argument. */
static int
begin(struct ctl *c, struct actor *who, struct endpoint_ref *ref,
      struct fault *f)
{
	ref->ver = 0;
	if (text_int(c->args[0], &ref->id) || ref->id < 1)
		return fault_set(f, FAULT_INVALID,
				 "“%.40s” is not the ID of a webhook, which is "
				 "a number.",
				 c->args[0]);
	return ctl_actor(c, 0, who, f);
}

/* Sets the members whose options were given. */
static int
read_options(struct ctl *c, struct endpoint_entry *e, struct fault *f)
{
	static const char *const options[][2] = {
		{ "url", "url" },
		{ "events", "kinds" },
		{ "description", "description" },
	};

	for (size_t i = 0; i < ARRAY_LEN(options); i++) {
		const char *value = ctl_option(c, options[i][0]);

		if (value && field_set(record_find(&endpoint_entry_record,
						   options[i][1]),
				       e, value, c->a, f))
			return -1;
	}
	return 0;
}

static int
print_secret(const struct ctl *c, int64_t id, const char *secret)
{
	return ctl_print(c,
			 arena_printf(c->a,
				      "{\"id\":%" PRId64 ",\"secret\":\"%s\"}",
				      id, secret),
			 "Webhook %" PRId64 ". Its secret, which is not shown "
			 "again:\n%s",
			 id, secret);
}

int
webhook_add(struct ctl *c, struct fault *f)
{
	struct endpoint_entry e = { .url = c->args[0] };
	struct endpoint_made made;
	struct actor who;

	record_defaults(&endpoint_entry_record, &e, c->a);
	if (read_options(c, &e, f) || ctl_actor(c, 0, &who, f) ||
	    endpoint_add(c->db, &who, &e, &made, c->a, f))
		return -1;
	return print_secret(c, made.id, made.secret);
}

int
webhook_change(struct ctl *c, struct fault *f)
{
	struct endpoint_entry e;
	struct endpoint_ref ref;
	struct endpoint is;
	struct actor who;

	if (begin(c, &who, &ref, f) ||
	    endpoint_get(c->db, who.workspace_id, ref.id, &is, c->a, f))
		return -1;
	e = (struct endpoint_entry){ is.url, is.description, is.kinds };
	ref.ver = is.ver;
	if (read_options(c, &e, f) ||
	    endpoint_change(c->db, &who, ref, &e, c->a, f))
		return -1;
	return ctl_print_done(c, "Webhook", ref.id, "changed");
}

int
webhook_switch(struct ctl *c, struct fault *f)
{
	bool on = strcmp(c->command->name, "webhook on") == 0;
	struct endpoint_ref ref;
	struct actor who;

	if (begin(c, &who, &ref, f) ||
	    endpoint_switch(c->db, &who, ref, on, c->a, f))
		return -1;
	return ctl_print_done(c, "Webhook", ref.id, on ? "is on" : "is off");
}

int
webhook_rotate(struct ctl *c, struct fault *f)
{
	char secret[SIGN_TEXT];
	struct endpoint_ref ref;
	struct actor who;

	if (begin(c, &who, &ref, f) ||
	    endpoint_rotate(c->db, &who, ref, secret, c->a, f))
		return -1;
	return print_secret(c, ref.id, secret);
}

int
webhook_test(struct ctl *c, struct fault *f)
{
	struct endpoint_ref ref;
	struct actor who;

	if (begin(c, &who, &ref, f) || endpoint_test(c->db, &who, ref, c->a, f))
		return -1;
	return ctl_print_done(c, "Webhook", ref.id, "gets a test event");
}

int
webhook_remove(struct ctl *c, struct fault *f)
{
	struct endpoint_ref ref;
	struct actor who;

	if (begin(c, &who, &ref, f) ||
	    endpoint_remove(c->db, &who, ref, c->a, f))
		return -1;
	return ctl_print_done(c, "Webhook", ref.id, "removed");
}

/* A number from 1 on; *out stays if the option was not given. */
static int
number_option(const struct ctl *c, const char *name, int64_t most, int64_t *out,
	      struct fault *f)
{
	const char *text = ctl_option(c, name);

	if (text && (text_int(text, out) || *out < 1 || *out > most))
		return fault_set(f, FAULT_INVALID,
				 "--%s must be a number from 1 to %" PRId64 ".",
				 name, most);
	return 0;
}

static int
state_option(struct ctl *c, int *state, struct fault *f)
{
	const char *word = ctl_option(c, "state");

	*state = word ? word_find(delivery_state_words, word) : -1;
	if (word && *state < 0)
		return fault_set(f, FAULT_INVALID, "--state must be %s.",
				 words_or(delivery_state_words, c->a));
	return 0;
}

int
webhook_log(struct ctl *c, struct fault *f)
{
	static const struct ctl_column columns[] = {
		{ "event", true },  { "kind", false },	{ "at", false },
		{ "state", false }, { "tries", true },	{ "status", true },
		{ "ms", true },	    { "error", false }, { "next", false },
	};
	struct ctl_table t = { .columns = columns,
			       .count = ARRAY_LEN(columns) };
	struct delivery_query q = { .before = 0 };
	struct endpoint_ref ref;
	struct delivery *list;
	int64_t lines = LOG_LINES;
	struct endpoint is;
	struct actor who;

	if (begin(c, &who, &ref, f) || state_option(c, &q.state, f) ||
	    number_option(c, "before", INT64_MAX, &q.before, f) ||
	    number_option(c, "limit", LOG_MOST, &lines, f) ||
	    endpoint_get(c->db, who.workspace_id, ref.id, &is, c->a, f))
		return -1;
	q.workspace_id = who.workspace_id;
	q.endpoint_id = ref.id;
	q.limit = (size_t)lines;
	if (delivery_list(c->db, &q, &list, &t.rows, c->a, f))
		return -1;
	t.cells = ARENA_ARRAY(c->a, t.rows * t.count + 1, const char *);
	for (size_t i = 0; i < t.rows; i++) {
		const struct delivery *d = &list[i];
		const char **cells = t.cells + i * t.count;

		cells[0] = number_text(c, d->seq);
		cells[1] = d->type;
		cells[2] = time_text(c, d->at);
		cells[3] = delivery_state_words[d->state];
		cells[4] = number_text(c, d->tries);
		cells[5] = number_text(c, d->status);
		cells[6] = number_text(c, d->ms);
		cells[7] = d->error;
		cells[8] = d->state == DELIVERY_WAITS ? time_text(c, d->next_at)
						      : "";
	}
	return ctl_table_print(c, &t);
}

static int
since_option(struct ctl *c, int64_t *at, struct fault *f)
{
	const char *text = ctl_option(c, "since");

	if (text && (time_parse_iso(text, at) || *at < 1))
		return fault_set(f, FAULT_INVALID,
				 "--since must be a time in UTC, such as "
				 "2026-12-24T18:00:00Z.");
	return 0;
}

int
webhook_replay(struct ctl *c, struct fault *f)
{
	struct replay which = { .from = 0 };
	struct endpoint_ref ref;
	struct actor who;
	int64_t count;

	if (begin(c, &who, &ref, f) || since_option(c, &which.since, f) ||
	    number_option(c, "from", INT64_MAX - 1, &which.from, f) ||
	    number_option(c, "to", INT64_MAX - 1, &which.to, f))
		return -1;
	if (!which.from == !which.since)
		return ctl_usage("Give either --from or --since.");
	which.endpoint_id = ref.id;
	if (delivery_replay(c->db, &who, &which, &count, c->a, f))
		return -1;
	return ctl_print(c,
			 arena_printf(c->a, "{\"events\":%" PRId64 "}", count),
			 "%" PRId64 " event%s sent again.", count,
			 count == 1 ? " is" : "s are");
}

int
webhook_feed(struct ctl *c, struct fault *f)
{
	const char *word = c->count ? c->args[0] : NULL;
	struct actor who;
	bool on;

	if (word && strcmp(word, "on") != 0 && strcmp(word, "off") != 0)
		return ctl_usage("The feed is switched “on” or “off”.");
	if (ctl_actor(c, 0, &who, f) ||
	    (word &&
	     event_feed(c->db, &who, strcmp(word, "on") == 0, c->a, f)) ||
	    event_feed_is_on(c->db, who.workspace_id, &on, f))
		return -1;
	return ctl_print(c, on ? "{\"feed\":true}" : "{\"feed\":false}",
			 "The feed of events is %s.", on ? "on" : "off");
}
