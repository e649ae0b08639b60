#include "web/export/format.h"

#include <ctype.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "base/zone_cache.h"
#include "web/server/request.h"
#include "web/server/session.h"
#include "workspace/api_key.h"

const char *const export_format_words[] = { "csv", "xlsx", NULL };
const char *const export_format_types[] = {
	"text/csv; charset=utf-8",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	NULL
};

const struct zone *
export_zone(const struct request *q, const char **name)
{
	*name = q->session ? q->session->account.zone : q->key->zone;
	return zones_shown(q->zones, *name);
}

int
export_campaign(const struct request *q, int64_t *id, const char **name,
		struct fault *f)
{
	char *text = arena_alloc(q->arena, 11);
	uint64_t found;

	if (request_campaign(q, &found, f))
		return -1;
	text_short_id(found, text);
	*id = (int64_t)found;
	*name = text;
	return 0;
}

void
export_name_part(struct buf *name, const char *before, const char *text)
{
	if (!*text)
		return;
	buf_str(name, before);
	for (; *text; text++)
		buf_char(name, isalnum((unsigned char)*text) ? *text : '-');
}
