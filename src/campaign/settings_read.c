/*
 * Reads settings in JSON as people write them.  An unknown or repeated key
 * would leave a setting unchanged without a word, so each is refused by name.
 */
#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/json_read.h"
#include "base/near.h"
#include "campaign/campaign.h"

#define FIELDS (&campaign_settings_record)
#define POOL_KEY "numbers"
#define BOM "\xef\xbb\xbf"

static int
read_value(struct campaign_settings *s, const struct field *fd,
	   const struct json *value, struct arena *a, struct fault *f)
{
	const char *text = json_field_text(fd, value, false, a);

	if (!text)
		return fault_field(f, fd->name, "%s %s.", fd->label,
				   field_allows(fd, a));
	return field_set(fd, s, text, a, f);
}

static int
refuse_key(const char *json, const struct json *m, struct arena *a,
	   struct fault *f)
{
	const char *near = near_fields(FIELDS, POOL_KEY, m->key, a);

	return json_refuse(json, m, f, "There is no setting “%.40s”%s%s.",
			   m->key, *near ? "; the nearest is " : "", near);
}

static int
read_all(struct campaign_settings *s, const char *json, struct arena *a,
	 struct fault *f)
{
	const struct json *root;

	if (json_read(json, &root, a, f))
		return -1;
	if (root->kind != JSON_OBJECT)
		return fault_set(f, FAULT_INVALID,
				 "Settings must be a JSON object.");
	for (const struct json *m = root->first; m; m = m->next) {
		const struct field *fd = record_find(FIELDS, m->key);

		if (!fd && strcmp(m->key, POOL_KEY) != 0)
			return refuse_key(json, m, a, f);
		if (fd && read_value(s, fd, m, a, f))
			return -1;
	}
	return 0;
}

int
campaign_settings_read(struct campaign_settings *s, const char *json,
		       struct arena *a, struct fault *f)
{
	struct campaign_settings fresh = *s;
	const char *from = json + (strncmp(json, BOM, 3) ? 0 : 3);

	if (read_all(&fresh, from, a, f))
		return -1;
	*s = fresh;
	return 0;
}
