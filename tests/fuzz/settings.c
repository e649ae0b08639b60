/* Settings, entries and first rows of a file in JSON: read whole or refused
 * with a sentence, and what was read is written and read as the same. */
#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/text.h"
#include "campaign/campaign.h"
#include "campaign/repo.h"
#include "campaign/wizard.h"
#include "contacts/upload.h"
#include "tests/fuzz/fuzz.h"

static void
try_settings(const char *json, struct arena *a)
{
	const struct record *r = &campaign_settings_record;
	/* what has no default */
	struct campaign_settings s = { .name = "x", .bot_id = 1 }, t = s;
	struct fault f = { 0 };
	int64_t *pool, *again;
	size_t count, size;
	char *text;

	record_defaults(r, &s, a);
	record_defaults(r, &t, a);
	if (campaign_pool_read(json, &pool, &count, a, &f)) {
		MUST(f.code == FAULT_INVALID && f.text[0]);
		pool = NULL;
	}
	if (campaign_settings_read(&s, json, a, &f)) {
		MUST(f.code == FAULT_INVALID && f.text[0]);
		MUST(text_is_utf8(f.text, strlen(f.text)));
		return;
	}
	for (size_t i = 0; i < r->count; i++)
		MUST(!field_check(&r->fields[i], &s, &f));
	text = campaign_settings_json(&s, pool, pool ? count : 0, a);
	MUST(!campaign_settings_read(&t, text, a, &f));
	MUST(!strcmp(text,
		     campaign_settings_json(&t, pool, pool ? count : 0, a)));
	MUST(!campaign_pool_read(text, &again, &size, a, &f));
	MUST(size == (pool ? count : 0));
}

static void
try_entries(const char *json, struct arena *a)
{
	size_t fields = campaign_settings_record.count;
	struct wizard_entries e = { .texts = ARENA_ARRAY(a, fields,
							 const char *) };
	char *text;

	for (size_t i = 0; i < fields; i++)
		e.texts[i] = "";
	entries_read(&e, json, a);
	text = entries_json(&e, a);
	entries_read(&e, text, a);
	MUST(!strcmp(text, entries_json(&e, a)));
}

static void
try_head(const char *json, struct arena *a)
{
	struct upload u = { .preview = json };
	struct upload_head head;
	struct fault f = { 0 };

	if (upload_head(&u, &head, a, &f)) {
		MUST(f.code == FAULT_ABSENT);
		return;
	}
	for (size_t i = 0; i < head.columns; i++)
		MUST(head.header[i]);
	for (size_t i = 0; i < head.columns * head.rows; i++)
		MUST(head.cells[i]);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	const char *json = arena_memdup(a, data, size);

	campaign_settings_named(json);
	try_settings(json, a);
	try_entries(json, a);
	try_head(json, a);
	arena_free(a);
	return 0;
}
