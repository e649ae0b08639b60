/* Writes settings and entries as JSON for this program, and reads it back.
 * (settings_read.c reads what people write.) */
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/fault.h"
#include "campaign/campaign.h"
#include "campaign/repo.h"
#include "campaign/wizard.h"

/*
 * Numbers and switches as such, the rest as the text that the field reads.
 * Integers go through text: a double has 53 bits.
 */
static cJSON *
to_json(const struct field *fd, const struct campaign_settings *s,
	struct arena *a)
{
	const char *text = field_text(fd, s, a);

	if (fd->type == FIELD_BOOL)
		return cJSON_CreateBool(!strcmp(text, "yes"));
	if (fd->type == FIELD_INT && fd->shape == SHAPE_PLAIN)
		return cJSON_CreateRaw(text);
	return cJSON_CreateString(text);
}

static cJSON *
pool_json(const int64_t *numbers, size_t count)
{
	cJSON *pool = cJSON_CreateArray();

	for (size_t i = 0; i < count; i++)
		cJSON_AddItemToArray(pool,
				     cJSON_CreateNumber((double)numbers[i]));
	return pool;
}

/* Prints the tree and frees it. */
static char *
printed(cJSON *root, struct arena *a)
{
	char *text = cJSON_PrintUnformatted(root), *copy;

	if (!text)
		abort(); /* out of memory, as everywhere */
	copy = arena_strdup(a, text);
	cJSON_free(text);
	cJSON_Delete(root);
	return copy;
}

char *
campaign_settings_some(const struct campaign_whole *w, uint32_t which,
		       struct arena *a)
{
	const struct record *r = &campaign_settings_record;
	cJSON *root = cJSON_CreateObject();

	for (size_t i = 0; i < r->count; i++)
		if (which >> i & 1)
			cJSON_AddItemToObject(
				root, r->fields[i].name,
				to_json(&r->fields[i], w->set, a));
	if (which & campaign_pool_bit())
		cJSON_AddItemToObject(root, "numbers",
				      pool_json(w->numbers, w->count));
	if (which & campaign_contacts_bit())
		cJSON_AddItemToObject(root, "contacts",
				      cJSON_CreateNumber((double)w->contacts));
	return printed(root, a);
}

char *
campaign_settings_json(const struct campaign_settings *s,
		       const int64_t *numbers, size_t count, struct arena *a)
{
	struct campaign_whole w = { .set = s,
				    .numbers = numbers,
				    .count = count };

	return campaign_settings_some(&w, ~campaign_contacts_bit(), a);
}

uint32_t
campaign_settings_named(const char *json)
{
	const struct record *r = &campaign_settings_record;
	cJSON *root = cJSON_Parse(json);
	const cJSON *keys = cJSON_IsObject(root) ? root : NULL, *item;
	uint32_t which = 0;

	cJSON_ArrayForEach(item, keys)
	{
		const struct field *fd = record_find(r, item->string);

		if (fd)
			which |= 1u << (fd - r->fields);
		else if (!strcmp(item->string, "numbers"))
			which |= campaign_pool_bit();
		else if (!strcmp(item->string, "contacts"))
			which |= campaign_contacts_bit();
	}
	cJSON_Delete(root);
	return which;
}

static int
read_pool(const cJSON *pool, int64_t **out, size_t *count, struct arena *a,
	  struct fault *f)
{
	size_t n = 0, size = (size_t)cJSON_GetArraySize(pool);
	int64_t *ids = ARENA_ARRAY(a, size + 1, int64_t);
	bool good = cJSON_IsArray(pool);
	const cJSON *item;

	cJSON_ArrayForEach(item, pool)
	{
		double id = cJSON_IsNumber(item) ? item->valuedouble : 0;

		good = good && id >= 1 && id <= UINT32_MAX &&
		       id == (double)(int64_t)id;
		ids[n++] = good ? (int64_t)id : 0;
	}
	if (!good)
		return fault_field(
			f, "numbers",
			"The number pool must be a list of number IDs.");
	*out = ids;
	*count = n;
	return 0;
}

int
campaign_pool_read(const char *json, int64_t **out, size_t *count,
		   struct arena *a, struct fault *f)
{
	cJSON *root = cJSON_Parse(json);
	const cJSON *pool = cJSON_GetObjectItemCaseSensitive(root, "numbers");
	int got = 0;

	*out = NULL;
	*count = 0;
	if (pool)
		got = read_pool(pool, out, count, a, f);
	cJSON_Delete(root);
	return got;
}

char *
entries_json(const struct wizard_entries *e, struct arena *a)
{
	const struct record *r = &campaign_settings_record;
	cJSON *root = cJSON_CreateObject();

	for (size_t i = 0; i < r->count; i++)
		cJSON_AddStringToObject(root, r->fields[i].name, e->texts[i]);
	cJSON_AddItemToObject(root, "numbers", pool_json(e->numbers, e->count));
	return printed(root, a);
}

void
entries_read(struct wizard_entries *e, const char *json, struct arena *a)
{
	const struct record *r = &campaign_settings_record;
	cJSON *root = cJSON_Parse(json);
	struct fault ignored;

	for (size_t i = 0; i < r->count; i++) {
		const cJSON *item = cJSON_GetObjectItemCaseSensitive(
			root, r->fields[i].name);

		if (cJSON_IsString(item))
			e->texts[i] = arena_strdup(a, item->valuestring);
	}
	read_pool(cJSON_GetObjectItemCaseSensitive(root, "numbers"),
		  &e->numbers, &e->count, a, &ignored);
	cJSON_Delete(root);
}
