#include "workspace/number_phone.h"

#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "phone/phone.h"
#include "store/db.h"

struct country_row {
	const char *country;
};

int
number_phone_open(struct db *db, int64_t workspace_id,
		  struct phone_reader **out, struct arena *a, struct fault *f)
{
	static const struct field fields[] = { { FIELD(country_row,
						       country) } };
	static const struct record record = RECORD(fields);
	struct country_row row = { .country = "" };
	struct rows r;
	int got;

	if (db_query(db, &r, STMT_WORKSPACE_COUNTRY,
		     ARGS(ARG_INT(workspace_id)), f))
		return -1;
	got = rows_fetch(&r, &record, &row, a, f);
	rows_close(&r);
	if (got < 0)
		return -1;
	if (!got)
		return fault_set(f, FAULT_ABSENT,
				 "There is no such workspace.");
	*out = phone_open(row.country);
	return *out ? 0
		    : fault_set(f, FAULT_CONFLICT,
				"The workspace’s default country has no "
				"numbering plan.");
}

int
number_phone_read(struct db *db, int64_t workspace_id, const char *text,
		  const char **out, struct arena *a, struct fault *f)
{
	struct phone_reader *reader;
	struct phone phone;
	const char *why;
	int rc;

	if (number_phone_open(db, workspace_id, &reader, a, f))
		return -1;
	rc = phone_read(reader, text, strlen(text), &phone, &why);
	if (rc)
		fault_field(f, "phone", "The number %s.", why);
	else
		*out = arena_strdup(a, phone.digits);
	phone_close(reader);
	return rc;
}
