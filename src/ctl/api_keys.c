/* The keys by which programs use the API. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/civil.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/text.h"
#include "ctl/ctl.h"
#include "ctl/table.h"
#include "workspace/api_key.h"

#define LISTED 1000

static const char *
option_or(const struct ctl *c, const char *name, const char *otherwise)
{
	const char *value = ctl_option(c, name);

	return value ? value : otherwise;
}

static int
set(struct ctl *c, struct api_key *k, const char *member, const char *text,
    struct fault *f)
{
	return field_set(record_find(&api_key_record, member), k, text, c->a,
			 f);
}

static int
read_campaign(const struct ctl *c, struct api_key *k, struct fault *f)
{
	const char *text = ctl_option(c, "campaign");
	uint64_t id;

	if (!text)
		return 0;
	if (text_parse_short_id(text, &id))
		return fault_field(f, "campaign",
				   "--campaign must be the ID of a campaign.");
	k->campaign_id = (int64_t)id;
	return 0;
}

int
api_key_add(struct ctl *c, struct fault *f)
{
	struct api_key k = { .id = 0 };
	struct new_api_key made;
	struct actor who;

	if (set(c, &k, "name", c->args[0], f) ||
	    set(c, &k, "scopes", ctl_option(c, "scopes"), f) ||
	    set(c, &k, "expires_at", option_or(c, "expires", ""), f) ||
	    read_campaign(c, &k, f) || ctl_actor(c, 0, &who, f) ||
	    api_key_create(c->db, &who, &k, &made, c->a, f))
		return -1;
	return ctl_print(c,
			 arena_printf(c->a,
				      "{\"id\":%" PRId64 ",\"key\":\"%s\"}",
				      made.id, made.text),
			 "Key %" PRId64 " added: %s\nIt is not shown again.",
			 made.id, made.text);
}

static const char *
time_cell(struct ctl *c, int64_t us)
{
	char iso[28];

	if (!us)
		return "";
	time_iso(us, iso);
	return arena_strdup(c->a, iso);
}

int
api_keys_show(struct ctl *c, struct fault *f)
{
	static const struct ctl_column columns[] = {
		{ "id", true },		 { "name", false },
		{ "ends_in", false },	 { "campaign", false },
		{ "scopes", false },	 { "created_by", false },
		{ "used_at", false },	 { "expires_at", false },
		{ "revoked_at", false },
	};
	struct api_key *list;
	struct ctl_table t = { .columns = columns,
			       .count = ARRAY_LEN(columns) };
	struct actor who;
	const char **cell;

	if (ctl_actor(c, 0, &who, f) ||
	    api_key_list(c->db,
			 &(struct api_key_query){ who.workspace_id, 0, LISTED },
			 &list, &t.rows, c->a, f))
		return -1;
	cell = t.cells = ARENA_ARRAY(c->a, t.rows * t.count + 1, const char *);
	for (size_t i = 0; i < t.rows; i++) {
		const struct api_key *k = &list[i];
		char campaign[11] = "";

		if (k->campaign_id)
			text_short_id((uint64_t)k->campaign_id, campaign);
		*cell++ = arena_printf(c->a, "%" PRId64, k->id);
		*cell++ = k->name;
		*cell++ = k->hint;
		*cell++ = arena_strdup(c->a, campaign);
		*cell++ = field_text(record_find(&api_key_record, "scopes"), k,
				     c->a);
		*cell++ = k->created_by;
		*cell++ = time_cell(c, k->used_at);
		*cell++ = time_cell(c, k->expires_at);
		*cell++ = time_cell(c, k->revoked_at);
	}
	return ctl_table_print(c, &t);
}

int
api_key_end(struct ctl *c, struct fault *f)
{
	struct actor who;
	int64_t id;

	if (text_int(c->args[0], &id))
		return fault_field(f, "id", "ID must be the ID of a key.");
	if (ctl_actor(c, 0, &who, f) ||
	    api_key_revoke(c->db, &who, id, c->a, f))
		return -1;
	return ctl_print_done(c, "Key", id,
			      arena_printf(c->a, "revoked by %s", who.name));
}
