/* Prints one campaign: its settings and figures; and explains the settings. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/json.h"
#include "base/text.h"
#include "campaign/campaign.h"
#include "ctl/ctl.h"

static void
print_json(struct ctl *c, const struct campaign *now, const int64_t *numbers,
	   size_t count)
{
	struct buf b = BUF_INIT;
	char id[11];

	text_short_id((uint64_t)now->id, id);
	buf_printf(&b, "{\"id\":\"%s\",\"status\":\"%s\",\"runs\":%" PRId64, id,
		   campaign_status_words[now->status], now->runs);
	buf_printf(&b,
		   ",\"contacts\":%" PRId64 ",\"processed\":%" PRId64
		   ",\"connected\":%" PRId64 ",\"active\":%" PRId64,
		   now->fig.total, now->fig.processed, now->fig.connected,
		   now->fig.active);
	buf_printf(&b, ",\"settings\":%s}",
		   campaign_settings_json(&now->set, numbers, count, c->a));
	puts(b.data);
	buf_free(&b);
}

static void
print_line(const char *label, const char *text, const char *unit)
{
	printf("%-24s %s%s%s\n", label, *text ? text : "none",
	       *text && unit ? " " : "", *text && unit ? unit : "");
}

static void
print_text(struct ctl *c, const struct campaign *now, size_t numbers)
{
	const struct record *r = &campaign_settings_record;
	char id[11];

	text_short_id((uint64_t)now->id, id);
	print_line("ID", id, NULL);
	print_line("Status", campaign_status_labels[now->status], NULL);
	print_line("Progress",
		   arena_printf(c->a, "%d %%, %s of %s contacts, %s connected",
				campaign_progress(now),
				text_thousands(c->a, now->fig.processed),
				text_thousands(c->a, now->fig.total),
				text_thousands(c->a, now->fig.connected)),
		   NULL);
	print_line("Number Pool",
		   arena_printf(c->a, "%zu number%s", numbers,
				text_plural(numbers)),
		   NULL);
	for (size_t i = 0; i < r->count; i++)
		print_line(r->fields[i].label,
			   field_text(&r->fields[i], &now->set, c->a),
			   r->fields[i].type == FIELD_INT ? r->fields[i].unit
							  : NULL);
}

int
campaign_show(struct ctl *c, struct fault *f)
{
	struct campaign now;
	struct actor who;
	int64_t id, *numbers;
	size_t count;

	if (ctl_campaign_arg(c, 0, &id, f) || ctl_actor(c, id, &who, f) ||
	    campaign_load(c->db, who.workspace_id, id, &now, c->a, f) ||
	    campaign_numbers(c->db, id, &numbers, &count, c->a, f))
		return -1;
	if (ctl_option(c, "json"))
		print_json(c, &now, numbers, count);
	else
		print_text(c, &now, count);
	return CTL_DONE;
}

void
campaign_keys(struct ctl *c)
{
	const struct record *r = &campaign_settings_record;

	puts("The keys of FILE. All but name and bot_id have a default:\n");
	for (size_t i = 0; i < r->count; i++) {
		const struct field *fd = &r->fields[i];
		const char *more = "";

		if (fd->def && *fd->def)
			more = arena_printf(c->a, "; default %s", fd->def);
		printf("  %s\n", fd->name);
		ctl_print_wrapped("      ",
				  arena_printf(c->a, "%s It %s%s.", fd->help,
					       field_allows(fd, c->a), more));
	}
	puts("  numbers\n"
	     "      The number pool, as IDs of “outdial number list”; default "
	     "all.\n\n"
	     "A list may be a JSON array, and retry_delays a JSON object. For "
	     "example:\n\n"
	     "  {\"name\": \"Spring offer\", \"bot_id\": 1,\n"
	     "   \"window_start\": \"9:00\", \"window_end\": \"17:30\",\n"
	     "   \"zone\": \"Europe/London\", \"days\": [\"mon\", \"tue\", "
	     "\"wed\"],\n"
	     "   \"retry_delays\": {\"busy\": 5}, \"numbers\": [1]}\n");
}
