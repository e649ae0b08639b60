#include "contacts/numbers.h"

#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "contacts/import_rows.h"
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
			  "The workspace’s default country, %s, is not known.",
			  count ? c->code : "none");
	arena_free(a);
	return *out ? 0 : -1;
}

int
number_read(struct db *db, int64_t workspace_id, const char *text,
	    const char *field, char digits[static 16], struct fault *f)
{
	struct contact c = CONTACT_INIT;
	struct phone_reader *reader;
	int rc = 0;

	if (numbers_open(db, workspace_id, &reader, f))
		return -1;
	if (contact_read_phone(reader, text, strlen(text), &c))
		rc = fault_field(f, field, "%s", c.why.data);
	else
		memcpy(digits, c.phone.digits, PHONE_TEXT);
	contact_free(&c);
	phone_close(reader);
	return rc;
}
