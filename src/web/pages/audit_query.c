#include "web/pages/audit_query.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/civil.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/text.h"
#include "base/zone.h"
#include "web/pages/viewer.h"
#include "web/server/request.h"

#define DAY_MOST 2932896 /* 9999-12-31 */

/* clang-format off */
static const struct field fields[] = {
	{ FIELD(audit_form, who), .max = 120, .def = "", .label = "Who" },
	{ FIELD(audit_form, action), .max = 40, .def = "", .label = "Action" },
	{ FIELD(audit_form, campaign), .max = 20, .def = "", .label = "Campaign ID" },
	{ FIELD(audit_form, from), .shape = SHAPE_DATE, .max = DAY_MOST, .def = "", .label = "From" },
	{ FIELD(audit_form, to), .shape = SHAPE_DATE, .max = DAY_MOST, .def = "", .label = "To" },
	{ FIELD(audit_form, past), .max = 40, .def = "", .label = "Page" },
};
/* clang-format on */
static const struct record record = RECORD(fields);

int
audit_form_read(struct request *q, struct audit_form *form, struct fault *f)
{
	struct fault first;
	int rc = 0;

	record_defaults(&record, form, q->arena);
	for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
		const char *value = pairs_get(&q->query, fields[i].name);

		if (!value || !*value ||
		    !field_set(&fields[i], form, value, q->arena, &first))
			continue;
		if (!rc)
			*f = first;
		rc = -1;
	}
	return rc;
}

static int
read_place(const char *text, struct audit_place *out, struct fault *f)
{
	char *end;

	*out = (struct audit_place){ 0, 0 };
	if (!*text)
		return 0;
	out->at = strtoll(text, &end, 10);
	if (out->at > 0 && *end == '-' && !text_int(end + 1, &out->id) &&
	    out->id > 0)
		return 0;
	return fault_field(f, "past", "There is no such page of the log.");
}

/* The instant at which a day begins in the viewer's zone. */
static int64_t
midnight(int64_t day, const struct viewer *who)
{
	int year, month, date;

	civil_from_days(day, &year, &month, &date);
	return zone_instant(who->zone.zone, year, month, date, 0);
}

static void
set_who(const char *who, struct audit_query *out)
{
	if (!*who)
		return;
	if (!text_int(who, &out->user_id))
		return;
	out->user_id = 0;
	out->actor = strcmp(who, AUDIT_DIALLER) ? who : "";
}

int
audit_form_query(const struct audit_form *form, const struct viewer *who,
		 struct audit_query *out, struct fault *f)
{
	uint64_t id = 0;

	*out = (struct audit_query){ .workspace_id = 0 };
	if (*form->campaign && text_parse_short_id(form->campaign, &id))
		return fault_field(f, "campaign",
				   "A campaign ID has 10 letters and digits.");
	out->campaign_id = (int64_t)id;
	set_who(form->who, out);
	if (*form->action)
		out->action = form->action;
	if (form->from)
		out->from = midnight(form->from, who);
	if (form->to)
		out->to = midnight(form->to + 1, who);
	return read_place(form->past, &out->past, f);
}

const char *
audit_form_address(const struct audit_form *form, const char *path,
		   const struct audit_place *past, struct arena *a)
{
	const char *to = path;

	for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
		const char *value = field_text(&fields[i], form, a);

		if (!strcmp(fields[i].name, "past"))
			value = past ? arena_printf(a,
						    "%" PRId64 "-%" PRId64,
						    past->at, past->id)
				     : "";
		if (*value)
			to = arena_printf(a, "%s%c%s=%s", to,
					  strchr(to, '?') ? '&' : '?',
					  fields[i].name,
					  text_url_encode(a, value));
	}
	return to;
}
