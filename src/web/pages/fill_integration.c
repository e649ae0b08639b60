/* fill_integration.c - how programs use a campaign: requests of the API with
 * its ID, to be copied and run as they are. */

#include "web/pages/fill_integration.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "campaign/campaign.h"
#include "web/pages/fill_campaigns.h"
#include "web/pages/viewer.h"

/* The body is an object in JSON, Python and JavaScript, without a “'”. */
static const struct {
	const char *word, *scope, *title, *text, *body;
} operations[] = {
	{ "trigger", "trigger", "Add contacts",
	  "Up to 1,000 in a request; each that cannot be added is rejected "
	  "alone.",
	  "{\"contacts\": [{\"phone_number\": \"+442079460123\", "
	  "\"external_id\": \"order-4711\", "
	  "\"variables\": {\"first_name\": \"Ann\"}, \"priority\": 9}]}" },
	{ "exclude", "exclude", "Exclude numbers",
	  "After the answer no call to them is placed.",
	  "{\"phone_numbers\": [\"+442079460123\"]}" },
};

static const struct {
	const char *label, *tpl;
} languages[] = {
	{ "curl", "part_code_curl.tpl" },
	{ "Python", "part_code_python.tpl" },
	{ "JavaScript", "part_code_javascript.tpl" },
	{ "C", "part_code_c.tpl" },
};

/* What stands between the quotation marks of a string in C. */
static const char *
in_c(const char *text, struct arena *a)
{
	struct buf b = BUF_INIT;
	const char *out;

	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			buf_char(&b, '\\');
		buf_char(&b, *text);
	}
	out = arena_strdup(a, b.data);
	buf_free(&b);
	return out;
}

static void
fill_operation(struct view *v, const struct integration *p, size_t n)
{
	struct view *op = view_section(v, "OPERATION");
	struct arena *a = p->viewer->arena;
	char id[11];

	text_short_id((uint64_t)p->c->id, id);
	view_str(op, "WORD", operations[n].word);
	view_str(op, "TITLE", operations[n].title);
	view_str(op, "TEXT", operations[n].text);
	view_str(op, "SCOPE", operations[n].scope);
	for (size_t i = 0; i < ARRAY_LEN(languages); i++) {
		struct view *sample = view_section(op, "SAMPLE");
		struct view *code =
			view_include(sample, "CODE", languages[i].tpl);

		if (!i)
			view_show(sample, "FIRST");
		view_str(sample, "LANGUAGE", languages[i].label);
		view_printf(code, "URL", "%s/api/v1/campaigns/%s/%s", p->site,
			    id, operations[n].word);
		view_str(code, "BODY", operations[n].body);
		view_str(code, "BODY_IN_C", in_c(operations[n].body, a));
	}
}

void
fill_integration(struct view *v, const void *data)
{
	const struct integration *p = data;

	fill_campaign_head(v, p->c, CAMPAIGN_TAB_INTEGRATION);
	view_show(v, p->viewer->role == ROLE_ADMIN ? "ADMIN" : "OTHERS");
	for (size_t i = 0; i < ARRAY_LEN(operations); i++)
		fill_operation(v, p, i);
}
