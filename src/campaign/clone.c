/* Clone: writes a few rows, however long the lists are. */
#include "campaign/campaign.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"
#include "campaign/faults.h"
#include "campaign/lifecycle.h"
#include "campaign/repo.h"
#include "contacts/contact_list.h"
#include "store/db.h"
#include "store/tx.h"
#include "workspace/account.h"

#define NAME_MAX_CHARS 120
#define COPY " (copy"

/* The length of "NAME" in "NAME (copy)" or "NAME (copy 12)": a copy of a copy
 * takes the next number. */
static size_t
base_length(const char *name)
{
	size_t len = strlen(name), at = len;

	if (!len || name[len - 1] != ')')
		return len;
	at = len - 1;
	while (at && name[at - 1] >= '0' && name[at - 1] <= '9')
		at--;
	if (at < len - 1 && at && name[at - 1] == ' ')
		at--;
	else if (at < len - 1)
		return len;
	if (at <= strlen(COPY) ||
	    memcmp(name + at - strlen(COPY), COPY, strlen(COPY)) != 0)
		return len;
	return at - strlen(COPY);
}

/* The length in bytes of the first 'chars' characters. */
static size_t
cut_length(const char *s, size_t len, size_t chars)
{
	size_t at = 0;

	while (at < len && chars--)
		at += text_char(s + at, len - at);
	return at < len ? at : len;
}

/* The n-th copy's name, cut so that it fits. */
static const char *
copy_name(const char *name, size_t base, int n, struct arena *a)
{
	char suffix[32] = COPY ")";

	if (n > 1)
		snprintf(suffix, sizeof(suffix), COPY " %d)", n);
	base = cut_length(name, base, NAME_MAX_CHARS - strlen(suffix));
	return arena_printf(a, "%.*s%s", (int)base, name, suffix);
}

/* For LIKE: "50\% off (copy%". */
static const char *
copies_pattern(const char *name, size_t base, struct arena *a)
{
	char *out = arena_alloc(a, base * 2 + sizeof(COPY "%"));
	size_t n = 0;

	for (size_t i = 0; i < base; i++) {
		if (strchr("%_\\", name[i]))
			out[n++] = '\\';
		out[n++] = name[i];
	}
	memcpy(out + n, COPY "%", sizeof(COPY "%"));
	return out;
}

static bool
is_taken(const char *name, const char *const *taken, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (!strcmp(taken[i], name))
			return true;
	}
	return false;
}

/* Chooses the first free name: tries at most one more than there are copies. */
static int
choose_name(struct db *db, int64_t workspace_id, const char *name,
	    const char **out, struct arena *a, struct fault *f)
{
	size_t base = cut_length(name, base_length(name),
				 NAME_MAX_CHARS - strlen(COPY " 999999)"));
	const char **taken = NULL;
	size_t count = 0;
	struct rows r;
	int got, n = 1;

	if (db_query(db, &r, STMT_CAMPAIGN_NAMES_LIKE,
		     ARGS(ARG_INT(workspace_id),
			  ARG_STR(copies_pattern(name, base, a))),
		     f))
		return -1;
	while ((got = rows_next(&r, f)) > 0) {
		taken = arena_grow(a, taken, count, sizeof(*taken));
		taken[count++] = rows_str(&r, 0, a);
	}
	if (got < 0)
		return -1;
	while (is_taken(copy_name(name, base, n, a), taken, count))
		n++;
	*out = copy_name(name, base, n, a);
	return 0;
}

struct cloning {
	const struct actor *who;
	int64_t from, id;
	struct arena *arena;
};

int
campaign_touch(struct db *db, int64_t workspace_id, int64_t id, struct fault *f)
{
	int64_t changed;

	if (db_exec(db, &changed, STMT_CAMPAIGN_TOUCH,
		    ARGS(ARG_INT(id), ARG_INT(workspace_id)), f))
		return -1;
	return changed ? 0 : fault_no_campaign(f);
}

static int
copy_contacts(struct db *db, const struct cloning *c,
	      const struct campaign *old, struct fault *f)
{
	struct list_use *lists;
	size_t count;

	if (segment_lists(db, c->from, old->own_list, &lists, &count, c->arena,
			  f) ||
	    lists_ref(db, lists, count, f))
		return -1;
	return db_exec(
		db, NULL, STMT_CLONE_SEGMENTS,
		ARGS(ARG_INT(c->id), ARG_INT(c->from), ARG_INT(old->own_list)),
		f);
}

static int
copy_rows(struct db *db, const struct cloning *c, const char *name,
	  struct fault *f)
{
	const char *hay = campaign_hay(name, c->id, c->arena);
	struct arg id = ARG_INT(c->id), from = ARG_INT(c->from);
	int64_t own;

	if (campaign_own_list(db, c->who->workspace_id, &own, f) ||
	    db_exec(db, NULL, STMT_CLONE_CAMPAIGN,
		    ARGS(id, ARG_STR(name), ARG_BIN(hay, strlen(hay)),
			 ARG_INT(own), ARG_STR(c->who->name),
			 ARG_INT(c->who->user_id), from),
		    f) ||
	    db_exec(db, NULL, STMT_CLONE_NUMBERS, ARGS(id, from), f) ||
	    segment_add(db, c->id, SEGMENT_OWN, own, WHOLE_LIST, f))
		return -1;
	return db_exec(db, NULL, STMT_CLONE_SOURCES, ARGS(id, from, id, from),
		       f);
}

/* campaign_touch() comes first, to conflict with an import or another clone of
 * the same campaign. */
static int
copy(struct db *db, const struct cloning *c, struct campaign *old,
     struct fault *f)
{
	const char *name;

	return campaign_touch(db, c->who->workspace_id, c->from, f) ||
			       campaign_row(db, c->who->workspace_id, c->from,
					    old, c->arena, f) ||
			       choose_name(db, c->who->workspace_id,
					   old->set.name, &name, c->arena, f)
		       ? -1
		       : copy_rows(db, c, name, f);
}

int
campaign_copy(struct db *db, const struct actor *who, int64_t from, int64_t id,
	      struct arena *a, struct fault *f)
{
	struct cloning c = { .who = who, .from = from, .id = id, .arena = a };
	struct campaign old;

	return copy(db, &c, &old, f);
}

static int
clone(struct db *db, void *arg, struct fault *f)
{
	const struct cloning *c = arg;
	struct campaign old;
	char short_id[11];

	if (copy(db, c, &old, f) || copy_contacts(db, c, &old, f))
		return -1;
	text_short_id((uint64_t)c->from, short_id);
	return audit_add(db, c->who, c->id, "clone", NULL,
			 arena_printf(c->arena, "{\"from\":\"%s\"}", short_id),
			 f);
}

int
campaign_clone(struct db *db, int64_t id, const struct actor *who, int64_t *out,
	       struct arena *a, struct fault *f)
{
	struct cloning c = { .who = who, .from = id, .arena = a };

	if (actor_check(who, campaign_transitions[ACTION_CLONE].role, f))
		return -1;
	c.id = campaign_new_id();
	if (tx_run_marked(db, clone, &c, f))
		return -1;
	*out = c.id;
	return 0;
}
