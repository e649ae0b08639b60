#include "ledger/job.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "base/uuid.h"

/*
 * "id TAB seats TAB seated TAB ring TAB to TAB from TAB bot TAB vars": no field before
 * the last one can hold a tab, as control characters are refused on input and
 * escaped in JSON.
 */
enum {
	FIELD_ID,
	FIELD_SEATS,
	FIELD_SEATED,
	FIELD_RING,
	FIELD_TO,
	FIELD_FROM,
	FIELD_BOT,
	FIELD_VARS,
	FIELD_COUNT
};

void
job_write(struct buf *out, const struct job_call *c)
{
	char id[UUID_TEXT];

	uuid_text(c->id, id);
	buf_printf(out, "%s\t%" PRId64 "\t%d\t%" PRId64 "\t%s\t%s\t%s\t",
		   id, c->seats, c->seated, c->ring_ms, c->to, c->from, c->bot);
	buf_str(out, c->vars);
}

int
job_read(const char *data, size_t len, struct job_call *c, struct arena *a)
{
	char *text = arena_memdup(a, data, len), *fields[FIELD_COUNT];
	struct job_call call;
	int64_t seated;

	if (strlen(text) != len)
		return -1;
	for (int i = 0; i < FIELD_VARS; i++) {
		fields[i] = strsep(&text, "\t");
		if (!text)
			return -1;
	}
	if (uuid_parse(fields[FIELD_ID], call.id) ||
	    text_int(fields[FIELD_SEATS], &call.seats) ||
	    text_int(fields[FIELD_SEATED], &seated) || seated < 0 ||
	    seated > 1 ||
	    text_int(fields[FIELD_RING], &call.ring_ms))
		return -1;
	call.seated = seated;
	call.to = fields[FIELD_TO];
	call.from = fields[FIELD_FROM];
	call.bot = fields[FIELD_BOT];
	call.vars = text;
	*c = call;
	return 0;
}

void
job_stream(int64_t carrier_id, char out[static 32])
{
	snprintf(out, 32, "call:%" PRId64, carrier_id);
}
