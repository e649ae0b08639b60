/* Campaigns: list, create, and every action of the lifecycle table. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/json.h"
#include "base/text.h"
#include "base/civil.h"
#include "base/words.h"
#include "ctl/ctl.h"
#include "campaign/campaign.h"
#include "listing/campaign_list.h"
#include "workspace/catalog.h"
#include "campaign/lifecycle.h"
#include "app/notify.h"
#include "store/db.h"

#define PAGE 100
#define HEAD "ID          STATUS      DONE            CONTACTS  NAME"

static void
print_rate(struct buf *b, int tenths)
{
	if (tenths < 0)
		buf_str(b, "null");
	else
		buf_printf(b, "%d.%d", tenths / 10, tenths % 10);
}

static void
print_json(const struct campaign *c, bool first)
{
	struct buf b = BUF_INIT;
	char id[11], iso[28];

	text_short_id((uint64_t)c->id, id);
	time_iso(c->created_at, iso);
	buf_printf(&b, "%s{\"id\":\"%s\",\"name\":", first ? "" : ",\n", id);
	json_str(&b, c->set.name);
	buf_printf(&b, ",\"status\":\"%s\",\"runs\":%" PRId64,
		   campaign_status_words[c->status], c->runs);
	buf_printf(&b,
		   ",\"contacts\":%" PRId64 ",\"processed\":%" PRId64
		   ",\"connected\":%" PRId64 ",\"active\":%" PRId64,
		   c->fig.total, c->fig.processed, c->fig.connected,
		   c->fig.active);
	buf_printf(&b,
		   ",\"progress\":%d,\"answer_rate\":", campaign_progress(c));
	print_rate(&b, campaign_answer_rate(c));
	buf_str(&b, ",\"completion_rate\":");
	print_rate(&b, campaign_completion_rate(c));
	buf_printf(&b, ",\"created_at\":\"%s\"}", iso);
	fputs(b.data, stdout);
	buf_free(&b);
}

static void
print_line(const struct campaign *c)
{
	char id[11];

	text_short_id((uint64_t)c->id, id);
	printf("%s  %-9s  %3d %%  %7" PRId64 " of %7" PRId64 "  %s\n", id,
	       campaign_status_words[c->status], campaign_progress(c),
	       c->fig.processed, c->fig.total, c->set.name);
}

static int
read_query(struct ctl *c, struct campaign_query *q, struct fault *f)
{
	const char *status = ctl_option(c, "status");
	struct actor who;

	if (ctl_actor(c, 0, &who, f))
		return -1;
	*q = (struct campaign_query){ .workspace_id = who.workspace_id,
				      .search = ctl_option(c, "search"),
				      .status = -1,
				      .limit = PAGE };
	if (!status)
		return 0;
	q->status = word_find(campaign_status_words, status);
	if (q->status < 0)
		return fault_field(f, "status",
				   "--status must be draft, running, paused, "
				   "completed or failed.");
	return 0;
}

int
campaign_list_all(struct ctl *c, struct fault *f)
{
	bool json = ctl_option(c, "json"), first = true;
	struct arena *a = arena_new();
	struct campaign_query q;
	struct campaign_page page = { .next = "" };
	int rc = read_query(c, &q, f);

	if (!rc)
		puts(json ? "[" : HEAD);
	while (!rc && page.next) {
		char after[CAMPAIGN_KEY_MAX];

		snprintf(after, sizeof(after), "%s", page.next);
		q.after = after;
		arena_reset(a);
		rc = campaign_list(c->db, &q, &page, a, f);
		for (size_t i = 0; !rc && i < page.count; i++) {
			if (json)
				print_json(&page.rows[i], first);
			else
				print_line(&page.rows[i]);
			first = false;
		}
	}
	if (!rc && json)
		puts("]");
	arena_free(a);
	return rc;
}

/* {"id":"0123456789","MEMBER":VALUE}; member NULL: the ID alone */
static const char *
id_json(const struct ctl *c, int64_t id, const char *member, const char *value)
{
	char text[11];

	text_short_id((uint64_t)id, text);
	return member ? arena_printf(c->a, "{\"id\":\"%s\",\"%s\":%s}", text,
				     member, value)
		      : arena_printf(c->a, "{\"id\":\"%s\"}", text);
}

/* Notifies the open lists and the run's planner of a change.  Returns the
 * campaign's status, quoted; null: it cannot be read now. */
static const char *
tell_others(struct ctl *c, int64_t workspace_id, int64_t id)
{
	struct campaign now;
	struct fault ignored;

	list_invalidate(c->redis, workspace_id);
	if (campaign_load(c->db, workspace_id, id, &now, c->a, &ignored))
		return "null";
	if (now.current_run)
		wake_run(c->redis, now.current_run);
	return arena_printf(c->a, "\"%s\"", campaign_status_words[now.status]);
}

int
campaign_act(struct ctl *c, struct fault *f)
{
	const char *word = strrchr(c->command->name, ' ') + 1;
	enum campaign_action action =
		(enum campaign_action)campaign_action_find(word);
	const char *status;
	struct actor who;
	int64_t id;

	if (ctl_campaign_arg(c, 0, &id, f) || ctl_actor(c, id, &who, f) ||
	    campaign_apply(c->db, id, action, -1, &who, c->a, f))
		return -1;
	status = tell_others(c, who.workspace_id, id);
	return ctl_print(c, id_json(c, id, "status", status), "%s by %s.",
			 campaign_transitions[action].done, who.name);
}

static int
print_short_id(const struct ctl *c, int64_t id)
{
	char text[11];

	text_short_id((uint64_t)id, text);
	return ctl_print(c, id_json(c, id, NULL, NULL), "%s", text);
}

int
campaign_clone_it(struct ctl *c, struct fault *f)
{
	struct actor who;
	int64_t id, clone;

	if (ctl_campaign_arg(c, 0, &id, f) || ctl_actor(c, id, &who, f) ||
	    campaign_clone(c->db, id, &who, &clone, c->a, f))
		return -1;
	list_invalidate(c->redis, who.workspace_id);
	return print_short_id(c, clone);
}

int
campaign_delete_it(struct ctl *c, struct fault *f)
{
	struct actor who;
	int64_t id;

	if (ctl_campaign_arg(c, 0, &id, f) || ctl_actor(c, id, &who, f) ||
	    campaign_delete(c->db, id, &who, c->a, f))
		return -1;
	list_invalidate(c->redis, who.workspace_id);
	return ctl_print(c, id_json(c, id, NULL, NULL), "%s",
			 campaign_transitions[ACTION_DELETE].done);
}

int
campaign_make(struct ctl *c, struct fault *f)
{
	struct campaign_settings s = { 0 };
	const char *json = "";
	struct actor who;
	int64_t id, *numbers;
	size_t count;

	if (ctl_actor(c, 0, &who, f) || ctl_read_text(c, c->args[0], &json, f))
		return -1;
	record_defaults(&campaign_settings_record, &s, c->a);
	if (campaign_settings_read(&s, json, c->a, f) ||
	    campaign_pool_read(json, &numbers, &count, c->a, f))
		return -1;
	if (!numbers && workspace_numbers(c->db, who.workspace_id, &numbers,
					  &count, c->a, f))
		return -1;
	if (campaign_create(c->db, &who,
			    &(struct campaign_edit){ .set = &s,
						     .numbers = numbers,
						     .count = count },
			    &id, c->a, f))
		return -1;
	list_invalidate(c->redis, who.workspace_id);
	return print_short_id(c, id);
}

/* Reads the file into *c; what it does not name stays as it is. */
static int
read_change(struct ctl *ctl, struct campaign *c, struct campaign_edit *e,
	    struct fault *f)
{
	int64_t *numbers;
	const char *json;

	if (ctl_read_text(ctl, ctl->args[1], &json, f) ||
	    campaign_settings_read(&c->set, json, ctl->a, f) ||
	    campaign_pool_read(json, &numbers, &e->count, ctl->a, f))
		return -1;
	if (!numbers &&
	    campaign_numbers(ctl->db, c->id, &numbers, &e->count, ctl->a, f))
		return -1;
	e->ver = c->ver;
	e->set = &c->set;
	e->numbers = numbers;
	e->upload_id = 0;
	return 0;
}

static const char *
text_of(const struct field *fd, const struct campaign_settings *s,
	struct arena *a)
{
	const char *text = field_text(fd, s, a);

	return *text ? text : "none";
}

static void
print_changed(struct ctl *c, uint32_t changed,
	      const struct campaign_settings *was,
	      const struct campaign_edit *e)
{
	const struct record *r = &campaign_settings_record;

	for (size_t i = 0; i < r->count; i++) {
		const struct field *fd = &r->fields[i];

		if (changed >> i & 1)
			printf("%s: %s, was %s\n", fd->label,
			       text_of(fd, e->set, c->a),
			       text_of(fd, was, c->a));
	}
	if (changed >> r->count)
		printf("%s: %zu number%s\n",
		       campaign_changed_words(changed >> r->count << r->count,
					      c->a),
		       e->count, text_plural(e->count));
}

/* The names of what changed, as FILE has them. */
static const char *
changed_json(const struct ctl *c, uint32_t changed)
{
	const struct record *r = &campaign_settings_record;
	const char *list = "";

	for (size_t i = 0; i <= r->count; i++) {
		const char *name = i < r->count ? r->fields[i].name : "numbers";

		if (i < r->count ? changed >> i & 1 : changed >> i)
			list = arena_printf(c->a, "%s%s\"%s\"", list,
					    *list ? "," : "", name);
	}
	return arena_printf(c->a, "[%s]", list);
}

int
campaign_change_it(struct ctl *c, struct fault *f)
{
	struct campaign_settings was;
	struct campaign_edit e = { .ver = -1 };
	struct campaign now;
	struct actor who;
	uint32_t changed;
	int64_t id;

	if (ctl_campaign_arg(c, 0, &id, f) || ctl_actor(c, id, &who, f) ||
	    campaign_load(c->db, who.workspace_id, id, &now, c->a, f))
		return -1;
	was = now.set;
	if (read_change(c, &now, &e, f) ||
	    campaign_change(c->db, id, &who, &e, &changed, c->a, f))
		return -1;
	if (!changed)
		return ctl_print(c, id_json(c, id, "changed", "[]"),
				 "Nothing to change.");
	tell_others(c, who.workspace_id, id);
	if (!ctl_option(c, "json"))
		print_changed(c, changed, &was, &e);
	return ctl_print(c, id_json(c, id, "changed", changed_json(c, changed)),
			 "%s by %s.", campaign_transitions[ACTION_EDIT].done,
			 who.name);
}
