/* What every kind of carrier checks before it places a call. */
#include <string.h>

#include "carrier/carrier.h"
#include "carrier/idmap.h"
#include "carrier/lines.h"

bool
cr_place_is_valid(const struct cr_place *p)
{
	const char *vars = p->vars ? p->vars : "";
	struct cr_id id;

	return cr_id_parse(p->call_id, &id) == 0 && p->ring_ms >= 1 &&
	       p->max_call_ms >= 1 && strlen(vars) <= CR_MAX_VARS &&
	       line_allows(p->to) && line_allows(p->from) &&
	       line_allows(p->bot ? p->bot : "") && line_allows(vars);
}
