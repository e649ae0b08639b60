#include "carrier/carrier.h"

#include "app/carrier_kind.h"

#define X(name, word, ...) extern const struct carrier_ops word##_ops;
CARRIER_KINDS(X)
#undef X

static const struct carrier_ops *const kinds[CARRIER_KIND_MAX] = {
#define X(name, word, ...) &word##_ops,
	CARRIER_KINDS(X)
#undef X
};

int
carrier_open(struct carrier **out, const struct cr_conf *conf, struct fault *f)
{
	enum carrier_kind kind;

	if (carrier_kind_find(conf->kind, &kind, f))
		return -1;
	return kinds[kind]->open(out, conf, f);
}
