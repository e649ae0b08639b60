#include "carrier/carrier.h"

#include <string.h>

#include "base/fault.h"
#include "carrier/sim/sim.h"

static const struct carrier_ops *const kinds[] = { &sim_ops };

int
carrier_open(struct carrier **out, const struct cr_conf *conf, struct fault *f)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		if (strcmp(kinds[i]->kind, conf->kind) == 0)
			return kinds[i]->open(out, conf, f);
	}
	return fault_field(
		f, "kind",
		"There is no carrier of the kind “%s”; there is: sim.",
		conf->kind);
}
