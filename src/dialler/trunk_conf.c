#include "dialler/trunk_conf.h"

#include "app/stored_secret.h"
#include "base/arena.h"
#include "workspace/carrier.h"

const char *
trunk_conf_text(const struct carrier_row *row, struct arena *a)
{
	return arena_printf(a, "%u\t%s\t%s\t%s\t%s\t%d\t%s\t%s", row->kind,
			    row->address, row->user, row->secret, row->dial,
			    row->plus, row->message, row->amd);
}

struct trunk_conf *
trunk_conf_new(const struct carrier_row *row, struct fault *f)
{
	struct arena *a = arena_new();
	struct trunk_conf *c = ARENA_ARRAY(a, 1, struct trunk_conf);
	const char *secret = "";

	if (*row->secret && stored_secret_get(row->secret, &secret, a, f)) {
		arena_free(a);
		return NULL;
	}
	*c = (struct trunk_conf){
		.arena = a,
		.kind = carrier_kind_words[row->kind],
		.address = arena_strdup(a, row->address),
		.ami = { .user = arena_strdup(a, row->user),
			 .secret = secret,
			 .dial = arena_strdup(a, row->dial),
			 .plus = row->plus,
			 .message = arena_strdup(a, row->message),
			 .amd = arena_strdup(a, row->amd) },
		.text = trunk_conf_text(row, a),
	};
	return c;
}

void
trunk_conf_free(struct trunk_conf *c)
{
	arena_free(c->arena);
}
