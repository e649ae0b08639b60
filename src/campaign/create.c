/* A new draft. */
#include "campaign/campaign.h"

#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/secret.h"
#include "campaign/campaign_import.h"
#include "campaign/lifecycle.h"
#include "campaign/repo.h"
#include "campaign/wizard.h"
#include "contacts/contact_list.h"
#include "contacts/upload.h"
#include "store/db.h"
#include "store/tx.h"
#include "workspace/account.h"

int64_t
campaign_new_id(void)
{
	int64_t id;

	do
		id = (int64_t)secret_random_bits(CAMPAIGN_ID_BITS);
	while (!id);
	return id;
}

struct creation {
	const struct campaign_edit *edit;
	const struct actor *who;
	const struct campaign_settings *s;
	const int64_t *numbers; /* each once */
	size_t count;
	int64_t id;
	const char *hay;
	struct arena *arena;
};

enum { OWN_ARGS = 7 };

static int
add_campaign(struct db *db, const struct creation *c, int64_t list,
	     struct fault *f)
{
	struct arg args[OWN_ARGS + CAMPAIGN_ARGS] = {
		ARG_INT(c->id),	     ARG_INT(c->who->workspace_id),
		ARG_STR(c->s->name), ARG_BIN(c->hay, strlen(c->hay)),
		ARG_INT(list),	     ARG_STR(c->who->name),
		ARG_INT(c->who->user_id),
	};

	campaign_args(c->s, args + OWN_ARGS, c->arena);
	return db_exec(db, NULL, STMT_CAMPAIGN_CREATE, args, ARRAY_LEN(args),
		       f);
}

static int
note(struct db *db, const struct creation *c, struct fault *f)
{
	struct campaign_whole whole = { .set = c->s,
					.numbers = c->numbers,
					.count = c->count };

	if (campaign_contacts(db, c->id, &whole.contacts, f))
		return -1;
	return audit_add(db, c->who, c->id, "create", NULL,
			 campaign_settings_some(&whole, UINT32_MAX, c->arena),
			 f);
}

static int
create(struct db *db, void *arg, struct fault *f)
{
	const struct creation *c = arg;
	int64_t list;

	if (c->edit->begun && wizard_close(db, c->edit->begun, f))
		return -1;
	if (campaign_check_bot(db, c->who->workspace_id, c->s->bot_id, f) ||
	    campaign_own_list(db, c->who->workspace_id, &list, f) ||
	    add_campaign(db, c, list, f) ||
	    campaign_pool_add(db, c->id, c->numbers, c->count, c->arena, f) ||
	    campaign_pool_check(db, c->who->workspace_id, c->id, c->count, f) ||
	    segment_add(db, c->id, SEGMENT_OWN, list, WHOLE_LIST, f))
		return -1;
	if ((c->edit->upload_id &&
	     campaign_adopt_upload(db, c->who, c->edit->upload_id, c->id, f)) ||
	    note(db, c, f))
		return -1;
	if (c->edit->tell)
		c->edit->tell(c->edit->tell_arg, c->id);
	return 0;
}

int
campaign_create(struct db *db, const struct actor *who,
		const struct campaign_edit *e, int64_t *id, struct arena *a,
		struct fault *f)
{
	struct campaign_settings set = *e->set;
	struct creation c = {
		.edit = e, .who = who, .s = &set, .count = e->count, .arena = a
	};
	int64_t *ids;

	if (actor_check(who, campaign_transitions[ACTION_EDIT].role, f) ||
	    campaign_settings_check(&set, f) ||
	    campaign_pool_copy(e->numbers, &c.count, &ids, a, f))
		return -1;
	c.numbers = ids;
	c.id = campaign_new_id();
	c.hay = campaign_hay(set.name, c.id, a);
	if (tx_run_marked(db, create, &c, f))
		return -1;
	*id = c.id;
	return 0;
}
