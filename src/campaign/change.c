/* Other settings and numbers for a draft or a paused campaign. */
#include "campaign/campaign.h"

#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "campaign/campaign_import.h"
#include "campaign/faults.h"
#include "campaign/lifecycle.h"
#include "campaign/repo.h"
#include "campaign/wizard.h"
#include "contacts/upload.h"
#include "store/db.h"
#include "store/tx.h"
#include "workspace/account.h"

#define LOOKS_MOST 3

struct settings_change {
	const struct campaign_edit *edit;
	const struct actor *who;
	int64_t id;
	struct campaign_settings set;
	int64_t *numbers; /* ascending, each once */
	size_t count;
	const char *hay;
	struct arena *arena;
	/* As read in this transaction, and which settings differ from it. */
	struct campaign c;
	int64_t *pool;
	size_t pool_count;
	int64_t contacts;
	uint32_t changed;
};

static uint32_t
bit_of(const char *name)
{
	const struct record *r = &campaign_settings_record;

	return 1u << (record_find(r, name) - r->fields);
}

static uint32_t
difference(const struct settings_change *ch)
{
	const struct record *r = &campaign_settings_record;
	uint32_t changed = 0;

	for (size_t i = 0; i < r->count; i++)
		if (strcmp(field_text(&r->fields[i], &ch->c.set, ch->arena),
			   field_text(&r->fields[i], &ch->set, ch->arena)) != 0)
			changed |= 1u << i;
	if (ch->count != ch->pool_count ||
	    (ch->count &&
	     memcmp(ch->numbers, ch->pool, ch->count * sizeof(*ch->pool)) != 0))
		changed |= campaign_pool_bit();
	return changed;
}

/* Adds the contacts to 'changed' unless the campaign has the upload already. */
static int
look_at_upload(struct db *db, struct settings_change *ch, struct fault *f)
{
	int64_t serves = 1;

	if (ch->edit->upload_id &&
	    db_int(db, &serves, STMT_UPLOAD_SERVES,
		   ARGS(ARG_INT(ch->edit->upload_id),
			ARG_INT(ch->who->workspace_id), ARG_INT(ch->id)),
		   f))
		return -1;
	if (!serves)
		ch->changed |= campaign_contacts_bit();
	return 0;
}

static int
look(struct db *db, struct settings_change *ch, struct fault *f)
{
	if (campaign_row(db, ch->who->workspace_id, ch->id, &ch->c, ch->arena,
			 f) ||
	    campaign_numbers(db, ch->id, &ch->pool, &ch->pool_count, ch->arena,
			     f) ||
	    campaign_contacts(db, ch->id, &ch->contacts, f))
		return -1;
	ch->changed = difference(ch);
	if (look_at_upload(db, ch, f))
		return -1;
	if (!campaign_allows(ch->c.status, ch->c.runs, ACTION_EDIT))
		return fault_wrong_status(&ch->c, false, f);
	return 0;
}

/* An unchanged bot is not checked: Start does that. */
static int
check(struct db *db, const struct settings_change *ch, struct fault *f)
{
	bool ran = ch->c.runs > 0;

	if (ch->edit->ver >= 0 && ch->edit->ver != ch->c.ver)
		return fault_stale_version_by(db, ch->id, ch->arena, f);
	if (ran && ch->changed & bit_of("name"))
		return fault_locked("name", "name", f);
	if (ran && ch->changed & campaign_contacts_bit())
		return fault_locked("contacts", "contact list", f);
	if (!(ch->changed & bit_of("bot_id")))
		return 0;
	if (ran)
		return fault_locked("bot_id", "bot", f);
	return campaign_check_bot(db, ch->who->workspace_id, ch->set.bot_id, f);
}

static int
write_row(struct db *db, const struct settings_change *ch, int64_t *won,
	  struct fault *f)
{
	struct arg args[3 + CAMPAIGN_ARGS + 3] = {
		ARG_STR(ch->set.name),
		ARG_BIN(ch->hay, strlen(ch->hay)),
		ARG_INT(ch->who->user_id),
		[3 + CAMPAIGN_ARGS] = ARG_INT(ch->id),
		ARG_INT(ch->c.status),
		ARG_INT(ch->c.ver),
	};

	campaign_args(&ch->set, args + 3, ch->arena);
	return db_exec(db, won, STMT_CAMPAIGN_CHANGE, args, ARRAY_LEN(args), f);
}

/* Copies to 'out' what is in 'a' and not in 'b', both ascending; returns how
 * many. */
static size_t
without(const int64_t *a, size_t n, const int64_t *b, size_t m, int64_t *out)
{
	size_t k = 0, found = 0;

	for (size_t i = 0; i < n; i++) {
		while (k < m && b[k] < a[i])
			k++;
		if (k == m || b[k] != a[i])
			out[found++] = a[i];
	}
	return found;
}

static int
write_pool(struct db *db, const struct settings_change *ch, struct fault *f)
{
	int64_t *come = ARENA_ARRAY(ch->arena, ch->count + 1, int64_t);
	int64_t *gone = ARENA_ARRAY(ch->arena, ch->pool_count + 1, int64_t);
	size_t in =
		without(ch->numbers, ch->count, ch->pool, ch->pool_count, come);
	size_t out =
		without(ch->pool, ch->pool_count, ch->numbers, ch->count, gone);

	if (in + out > POOL_MOST)
		return fault_field(
			f, "numbers",
			"At most %d numbers can be added and removed at once.",
			POOL_MOST);
	if (campaign_pool_drop(db, ch->id, gone, out, ch->arena, f) ||
	    campaign_pool_add(db, ch->id, come, in, ch->arena, f))
		return -1;
	return in == 0 ? 0
		       : campaign_pool_check(db, ch->who->workspace_id, ch->id,
					     ch->count, f);
}

static int
write_contacts(struct db *db, const struct settings_change *ch, struct fault *f)
{
	if (!(ch->changed & campaign_contacts_bit()))
		return 0;
	return campaign_adopt_upload(db, ch->who, ch->edit->upload_id, ch->id,
				     f);
}

static int
note(struct db *db, const struct settings_change *ch, struct fault *f)
{
	struct campaign_whole was = { .set = &ch->c.set,
				      .numbers = ch->pool,
				      .count = ch->pool_count,
				      .contacts = ch->contacts };
	struct campaign_whole now = { .set = &ch->set,
				      .numbers = ch->numbers,
				      .count = ch->count };

	if (campaign_contacts(db, ch->id, &now.contacts, f))
		return -1;
	return audit_add(
		db, ch->who, ch->id, campaign_transitions[ACTION_EDIT].word,
		campaign_settings_some(&was, ch->changed, ch->arena),
		campaign_settings_some(&now, ch->changed, ch->arena), f);
}

/* A run changed to single_day ends with the day of the change, not of its
 * start. */
static int
write_day(struct db *db, const struct settings_change *ch, struct fault *f)
{
	if (!ch->c.current_run || ch->c.set.mode == ch->set.mode ||
	    ch->set.mode != MODE_SINGLE_DAY)
		return 0;
	return db_exec(db, NULL, STMT_RUN_DAY_FROM,
		       ARGS(ARG_INT(ch->c.current_run)), f);
}

/* If another transaction changed the row first, looks again: that finds who
 * changed it, or applies this change to the new version. */
static int
change_row(struct db *db, struct settings_change *ch, struct fault *f)
{
	for (int i = 0; i < LOOKS_MOST; i++) {
		int64_t won;

		if (look(db, ch, f))
			return -1;
		if (!ch->changed)
			return 0;
		if (check(db, ch, f) || write_row(db, ch, &won, f))
			return -1;
		if (won)
			return write_day(db, ch, f) || write_pool(db, ch, f) ||
					       write_contacts(db, ch, f) ||
					       note(db, ch, f)
				       ? -1
				       : 0;
	}
	return fault_stale_version(f);
}

static int
change(struct db *db, void *arg, struct fault *f)
{
	struct settings_change *ch = arg;
	const struct campaign_edit *e = ch->edit;

	if ((e->begun && wizard_close(db, e->begun, f)) ||
	    change_row(db, ch, f))
		return -1;
	if (e->tell)
		e->tell(e->tell_arg, ch->id);
	return 0;
}

int
campaign_change(struct db *db, int64_t id, const struct actor *who,
		const struct campaign_edit *e, uint32_t *changed,
		struct arena *a, struct fault *f)
{
	struct settings_change ch = {
		.edit = e, .who = who, .id = id, .set = *e->set, .arena = a
	};

	ch.count = e->count;
	if (actor_check(who, campaign_transitions[ACTION_EDIT].role, f) ||
	    campaign_settings_check(&ch.set, f) ||
	    campaign_pool_copy(e->numbers, &ch.count, &ch.numbers, a, f))
		return -1;
	ch.hay = campaign_hay(ch.set.name, id, a);
	if (tx_run_marked(db, change, &ch, f))
		return -1;
	*changed = ch.changed;
	return 0;
}
