#include "web/api/campaign_schema.h"

#include <string.h>

#include "base/arena.h"
#include "base/field.h"
#include "base/text.h"
#include "campaign/dial_state.h"
#include "web/api/schema.h"
#include "web/server/request.h"

static int
read_id(const struct field *fd, const char *text, void *value, struct arena *a,
	const char **why)
{
	uint64_t id;

	(void)fd;
	(void)a;
	(void)why;
	if (text_parse_short_id(text, &id))
		return -1;
	memcpy(value, &id, sizeof(id));
	return 0;
}

static bool
id_is_allowed(const struct field *fd, const void *value)
{
	(void)fd;
	(void)value;
	return true;
}

static const char *
id_text(const struct field *fd, const void *value, struct arena *a)
{
	char text[11];
	uint64_t id;

	(void)fd;
	memcpy(&id, value, sizeof(id));
	text_short_id(id, text);
	return arena_strdup(a, text);
}

static const char *
id_allows(const struct field *fd, struct arena *a)
{
	(void)fd;
	(void)a;
	return "must be the ID of a campaign";
}

static const struct codec id_codec = { .size = sizeof(int64_t),
				       .form = CODEC_TEXT,
				       .read = read_id,
				       .is_allowed = id_is_allowed,
				       .text = id_text,
				       .allows = id_allows };

/* clang-format off */
#define CAMPAIGN(m) FIELD(campaign, m)
static const struct field identity[] = {
	{ .name = "id", .offset = offsetof(struct campaign, id), .type = FIELD_CODED, .codec = &id_codec,
	  .help = "As the list shows it: 10 letters and digits." },
	{ CAMPAIGN(status), .words = campaign_status_words },
	{ .name = "version", .offset = offsetof(struct campaign, ver), .type = FIELD_INT,
	  .help = "Goes up with each change of settings or numbers; it is the ETag, for If-Match." },
	{ CAMPAIGN(runs), .help = "How often it was started." },
	{ CAMPAIGN(created_at), .shape = SHAPE_TIME },
	{ CAMPAIGN(created_by) },
	{ CAMPAIGN(started_at), .shape = SHAPE_TIME },
	{ CAMPAIGN(paused_at), .shape = SHAPE_TIME },
	{ CAMPAIGN(completed_at), .shape = SHAPE_TIME },
	{ CAMPAIGN(restarted_at), .shape = SHAPE_TIME },
	{ CAMPAIGN(restarted_by) },
	{ CAMPAIGN(reason), .help = "Why the run failed; empty if it did not." },
};

static const struct field name_only[] = {
	{ FIELD(campaign_settings, name), .min = 1, .max = 120 },
};

static const struct field derived[] = {
	{ FIELD(campaign_shown, progress), .help = "Percent of the run’s contacts that were processed." },
	{ FIELD(campaign_shown, note), .help = "Why a running campaign calls nobody at the moment, and until when." },
};

static const struct field figure_fields[] = {
	{ FIELD(campaign_figures, total), .help = "Contacts of the run, or of the draft." },
	{ FIELD(campaign_figures, processed), .help = "Contacts with a finished attempt, or invalid or excluded." },
	{ FIELD(campaign_figures, connected), .help = "Contacts who spoke to the bot." },
	{ FIELD(campaign_figures, ended), .help = "Finished attempts that the carrier took." },
	{ FIELD(campaign_figures, answered), .help = "Of these, picked up." },
	{ FIELD(campaign_figures, done), .help = "Contacts that are completed, exhausted, abandoned, voicemail or invalid." },
	{ FIELD(campaign_figures, active), .help = "Calls that are not over." },
};

static const struct field number_id = {
	.name = "number", .type = FIELD_INT, .min = 1, .max = UINT32_MAX,
};
/* clang-format on */

static const struct record identity_record = RECORD(identity);
static const struct record name_record = RECORD(name_only);
static const struct record derived_record = RECORD(derived);
static const struct record figure_record = RECORD(figure_fields);

static const struct schema_members figure_members[] = { { &figure_record, 0 } };
const struct schema campaign_figures_schema = {
	.name = "CampaignFigures", .members = figure_members, .member_count = 1
};

#define AT_CAMPAIGN offsetof(struct campaign_shown, c)
#define AT_SETTINGS (AT_CAMPAIGN + offsetof(struct campaign, set))
#define AT_FIGURES (AT_CAMPAIGN + offsetof(struct campaign, fig))

static const struct schema_members item_members[] = {
	{ &identity_record, AT_CAMPAIGN },
	{ &name_record, AT_SETTINGS },
	{ &derived_record, 0 },
};
static const struct schema_members whole_members[] = {
	{ &identity_record, AT_CAMPAIGN },
	{ &campaign_settings_record, AT_SETTINGS },
	{ &derived_record, 0 },
};
#define POOL_WORDS "The number pool: IDs of numbers."
static const struct schema_part whole_parts[] = {
	{ .name = "figures", .schema = &campaign_figures_schema, .offset = AT_FIGURES },
	{ .name = "numbers",
	  .text = POOL_WORDS,
	  .plain = &number_id,
	  .list = true,
	  .offset = offsetof(struct campaign_shown, numbers),
	  .count = offsetof(struct campaign_shown, number_count),
	  .size = sizeof(int64_t) },
};

const struct schema campaign_item_schema = {
	.name = "CampaignItem",
	.members = item_members,
	.member_count = ARRAY_LEN(item_members),
	.parts = whole_parts,
	.part_count = 1,
};

const struct schema campaign_schema = {
	.name = "Campaign",
	.members = whole_members,
	.member_count = ARRAY_LEN(whole_members),
	.parts = whole_parts,
	.part_count = ARRAY_LEN(whole_parts),
};

const struct schema campaign_body_schema = {
	.name = "CampaignSettings",
	.members = &whole_members[1],
	.member_count = 1,
	.parts = &whole_parts[1],
	.part_count = 1,
};

void
campaign_shown_fill(struct request *q, struct campaign_shown *s)
{
	s->progress = campaign_progress(&s->c);
	s->note = campaign_note(&s->c, q->zones, q->now, q->arena);
}
