#include "web/export/format.h"

#include <stddef.h>

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
