#include "carrier/carrier.h"

#include <stdio.h>
#include <string.h>

#include "app/carrier_kind.h"
#include "base/fault.h"

#define X(name, word) extern const struct carrier_ops word##_ops;
CARRIER_KINDS(X)
#undef X

static const struct carrier_ops *const kinds[CARRIER_KIND_MAX] = {
#define X(name, word) &word##_ops,
	CARRIER_KINDS(X)
#undef X
};

int
carrier_open(struct carrier **out, const struct cr_conf *conf, struct fault *f)
{
	char known[100] = "";

	for (size_t i = 0; i < CARRIER_KIND_MAX; i++) {
		size_t len = strlen(known);

		if (strcmp(kinds[i]->kind, conf->kind) == 0)
			return kinds[i]->open(out, conf, f);
		snprintf(known + len, sizeof(known) - len, "%s%s",
			 i ? ", " : "", kinds[i]->kind);
	}
	return fault_field(
		f, "kind",
		"There is no carrier of the kind “%s”; there is: %s.",
		conf->kind, known);
}
