#include "campaign/audit_changes.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/buf.h"
#include "campaign/campaign.h"

struct change_list {
	struct audit_change *list;
	size_t count;
	struct arena *arena;
};

static const char *
printed(const cJSON *item, struct arena *a)
{
	char *text = cJSON_PrintUnformatted(item), *copy;

	if (!text)
		abort(); /* out of memory, as everywhere */
	copy = arena_strdup(a, text);
	cJSON_free(text);
	return copy;
}

static const char *
scalar(const cJSON *item, struct arena *a)
{
	if (cJSON_IsString(item))
		return arena_strdup(a, item->valuestring);
	if (cJSON_IsBool(item))
		return cJSON_IsTrue(item) ? "yes" : "no";
	if (cJSON_IsNull(item))
		return "";
	return printed(item, a);
}

/* [1,2] as "1, 2". */
static const char *
text_of(const cJSON *item, struct arena *a)
{
	struct buf text = BUF_INIT;
	const cJSON *one;
	const char *copy;

	if (!item)
		return NULL;
	if (!cJSON_IsArray(item))
		return scalar(item, a);
	cJSON_ArrayForEach(one, item)
		buf_printf(&text, "%s%s", text.len ? ", " : "",
			   scalar(one, a));
	copy = arena_strdup(a, text.data);
	buf_free(&text);
	return copy;
}

static bool
is_same(const char *x, const char *y)
{
	return x && y ? strcmp(x, y) == 0 : x == y;
}

static void
add(struct change_list *c, const char *key, const char *was, const char *became)
{
	if (is_same(was, became))
		return;
	c->list = arena_grow(c->arena, c->list, c->count, sizeof(*c->list));
	c->list[c->count++] = (struct audit_change){
		.key = arena_strdup(c->arena, key),
		.fd = record_find(&campaign_settings_record, key),
		.was = was,
		.became = became,
	};
}

static const cJSON *
member(const cJSON *object, const char *key)
{
	return cJSON_GetObjectItemCaseSensitive(object, key);
}

static void
compare(struct change_list *c, const cJSON *was, const cJSON *became)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, was)
		add(c, item->string, text_of(item, c->arena),
		    text_of(member(became, item->string), c->arena));
	cJSON_ArrayForEach(item, became)
	{
		if (!member(was, item->string))
			add(c, item->string, NULL, text_of(item, c->arena));
	}
}

size_t
audit_changes(const char *was, const char *became, struct audit_change **out,
	      struct arena *a)
{
	cJSON *before = was ? cJSON_Parse(was) : NULL;
	cJSON *after = became ? cJSON_Parse(became) : NULL;
	struct change_list c = { .arena = a };

	if ((was && !cJSON_IsObject(before)) ||
	    (became && !cJSON_IsObject(after)))
		add(&c, "", was, became);
	else
		compare(&c, before, after);
	cJSON_Delete(before);
	cJSON_Delete(after);
	*out = c.list;
	return c.count;
}
