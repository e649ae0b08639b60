#include "contacts/numbers.h"

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "phone/phone.h"
#include "store/db.h"

struct default_country {
	const char *code;
};
static const struct field fields[] = { { FIELD(default_country, code) } };
static const struct record record = RECORD(fields);
static const struct rows_kind countries = { STMT_WORKSPACE_COUNTRY, &record,
					    sizeof(struct default_country) };

int
numbers_open(struct db *db, int64_t workspace_id, struct phone_reader **out,
	     struct fault *f)
{
	struct arena *a = arena_new();
	size_t count = 0;
	const struct default_country *c = rows_all(
		db, &countries, ARGS(ARG_INT(workspace_id)), &count, a, f);

	*out = c && count ? phone_open(c->code) : NULL;
	if (c && !*out)
		fault_set(f, FAULT_CONFLICT,
			  "The workspace's default country, %s, is not known.",
			  count ? c->code : "none");
	arena_free(a);
	return *out ? 0 : -1;
}
