#include "carrier/carrier.h"

#include <string.h>

#include "app/carrier_kind.h"
#include "carrier/idmap.h"
#include "carrier/lines.h"

#define X(name, word, ...) extern const struct carrier_ops word##_ops;
CARRIER_KINDS(X)
#undef X

static const struct carrier_ops *const kinds[CARRIER_KIND_MAX] = {
#define X(name, word, ...) &word##_ops,
	CARRIER_KINDS(X)
#undef X
};

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

int
carrier_open(struct carrier **out, const struct cr_conf *conf, struct fault *f)
{
	enum carrier_kind kind;

	if (carrier_kind_find(conf->kind, &kind, f))
		return -1;
	return kinds[kind]->open(out, conf, f);
}
