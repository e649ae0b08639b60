#include "web/export/attempt_report.h"

#include <inttypes.h>
#include <string.h>

#include "app/config.h"
#include "app/outcome.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/civil.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/zone.h"
#include "campaign/follow.h"
#include "campaign/dispositions.h"
#include "hook/reason.h"
#include "report/attempt_lines.h"
#include "report/run_report.h"
#include "web/export/csv_export.h"
#include "web/export/format.h"
#include "web/export/xlsx_book.h"
#include "web/server/reply.h"
#include "web/server/request.h"

#define DAY_MOST 2932896 /* 9999-12-31 */

/* clang-format off */
static const struct field fields[] = {
	{ FIELD(attempt_report_query, run), .min = 0, .max = UINT32_MAX, .def = "0", .label = "run",
	  .help = "The number of a run, from 1 on; 0: the current one." },
	{ FIELD(attempt_report_query, outcome), .words = outcome_words, .def = "", .label = "outcome",
	  .help = "Only attempts that ended so." },
	{ FIELD(attempt_report_query, disposition), .max = 40, .def = "", .label = "disposition",
	  .help = "Only attempts of which the bot reported this." },
	{ FIELD(attempt_report_query, from), .shape = SHAPE_DATE, .max = DAY_MOST, .def = "", .label = "from",
	  .help = "Only attempts of this day and later ones, in the workspace’s time zone." },
	{ FIELD(attempt_report_query, to), .shape = SHAPE_DATE, .max = DAY_MOST, .def = "", .label = "to",
	  .help = "Only attempts of this day and earlier ones." },
	{ FIELD(attempt_report_query, format), .words = export_format_words, .def = "csv", .label = "format",
	  .help = "The kind of file." },
};

static const struct file_column columns[] = {
	{ "campaign_id", CELL_PLAIN },  { "run", CELL_INT },
	{ "attempt_id", CELL_PLAIN },   { "contact", CELL_PLAIN },
	{ "phone_number", CELL_PHONE }, { "external_id", CELL_TEXT },
	{ "attempt", CELL_INT },        { "sent_at", CELL_TIME },
	{ "zone", CELL_PLAIN },         { "outcome", CELL_PLAIN },
	{ "reason", CELL_TEXT },        { "sip_code", CELL_INT },
	{ "q850_cause", CELL_INT },     { "hung_up_by", CELL_PLAIN },
	{ "counted", CELL_PLAIN },      { "ring_seconds", CELL_SECONDS },
	{ "talk_seconds", CELL_SECONDS }, { "number", CELL_PHONE },
	{ "carrier", CELL_TEXT },       { "disposition", CELL_TEXT },
	{ "answered_by", CELL_PLAIN },
};
/* clang-format on */
#define COLUMNS ARRAY_LEN(columns)
const struct record attempt_report_record = RECORD(fields);

struct report_file {
	struct db *db;
	struct attempt_lines lines; /* opened */
	const char *campaign;	    /* its short ID */
	int64_t run;		    /* its number */
	const char *zone_name;	    /* whose times these are */
	const struct zone *zone;
};

/* In the order of the columns. */
static void
fill_line(struct file_cell cells[static COLUMNS], const struct report_file *r,
	  const struct attempt_line *l, struct arena *a)
{
	const struct file_cell line[COLUMNS] = {
		{ .text = r->campaign },
		{ .n = r->run },
		{ .text = l->id },
		{ .text = arena_printf(a, "%" PRId64 "-%" PRId64, l->seg,
				       l->ordinal) },
		{ .text = l->phone },
		{ .text = l->external_id },
		{ .n = l->seq },
		{ .n = l->sent_at },
		{ .text = r->zone_name },
		{ .text = outcome_words[l->outcome] },
		{ .text = reason_text((int)l->sip, (int)l->q850) },
		{ .n = l->sip },
		{ .n = l->q850 },
		{ .text = hung_by_words[l->hung_by] },
		{ .text = l->counted ? "yes" : "no" },
		{ .n = l->ring_ms },
		{ .n = l->talk_ms },
		{ .text = l->caller },
		{ .text = l->carrier },
		{ .text = l->disposition },
		{ .text = l->disposition ? answered_by_words[l->answered_by]
					 : "" },
	};

	memcpy(cells, line, sizeof(line));
}

/* Writes what follows; the arena and the text are emptied for each part. */
static int
write_parts(struct report_file *r, struct buf *text, struct arena *a,
	    write_fn *write, void *to, struct fault *f)
{
	struct file_cell cells[COLUMNS];
	struct attempt_line *list;
	size_t count;

	do {
		arena_reset(a);
		if (attempt_lines_next(r->db, &r->lines, &list, &count, a, f))
			return -1;
		for (size_t i = 0; i < count; i++) {
			fill_line(cells, r, &list[i], a);
			csv_row(text, columns, cells, COLUMNS, r->zone);
		}
		if (text->len && write(to, text->data, text->len))
			return 0;
		buf_clear(text);
	} while (list);
	return 0;
}

/* A stream_fn. */
static int
write_csv(void *arg, write_fn *write, void *to, struct fault *f)
{
	struct buf text = BUF_INIT;
	struct arena *a = arena_new();
	int rc;

	csv_head(&text, columns, COLUMNS);
	rc = write_parts(arg, &text, a, write, to, f);
	arena_free(a);
	buf_free(&text);
	return rc;
}

/* Some thousand contacts are rows, then the disk is looked at. */
static int
add_rows(struct xlsx_book *b, const struct report_file *r,
	 const struct attempt_line *list, size_t count, struct arena *a,
	 struct fault *f)
{
	struct file_cell cells[COLUMNS];

	for (size_t i = 0; i < count; i++) {
		fill_line(cells, r, &list[i], a);
		if (xlsx_row(b, cells, f))
			return -1;
	}
	return xlsx_check(b, f);
}

static int
fill_book(struct xlsx_book *b, struct report_file *r, int *fd, struct fault *f)
{
	struct arena *a = arena_new();
	struct attempt_line *list;
	size_t count;
	int rc;

	do {
		arena_reset(a);
		rc = attempt_lines_next(r->db, &r->lines, &list, &count, a,
					f) ||
				     add_rows(b, r, list, count, a, f)
			     ? -1
			     : 0;
	} while (!rc && list);
	arena_free(a);
	return rc ? -1 : xlsx_finish(b, fd, f);
}

static int
make_xlsx(struct request *q, struct report_file *r, int *fd, struct fault *f)
{
	const struct xlsx_table table = {
		.sheet = "Attempts",
		.columns = columns,
		.count = COLUMNS,
		.rows_most = XLSX_ROWS_MOST,
		.dir = q->config->upload_dir,
		.keep_free = q->config->upload_min_free_mb * 1048576,
		.zone = r->zone,
	};
	struct xlsx_book *b;
	int rc;

	if (xlsx_open(&table, &b, f))
		return -1;
	rc = fill_book(b, r, fd, f);
	xlsx_free(b);
	return rc;
}

/* "attempts-5d1wkfjs7q-run-2-no-answer-from-2026-11-01.csv" */
static const char *
file_name(const struct report_file *r, const struct attempt_report_query *asked,
	  struct arena *a)
{
	struct buf name = BUF_INIT;
	char from[17] = "", to[17] = "";
	const char *copy;

	if (asked->from)
		date_text(asked->from, from);
	if (asked->to)
		date_text(asked->to, to);
	buf_printf(&name, "attempts-%s-run-%" PRId64, r->campaign, r->run);
	export_name_part(&name, "-", outcome_words[asked->outcome]);
	export_name_part(&name, "-", asked->disposition);
	export_name_part(&name, "-from-", from);
	export_name_part(&name, "-to-", to);
	export_name_part(&name, ".", export_format_words[asked->format]);
	copy = arena_strdup(a, name.data);
	buf_free(&name);
	return copy;
}

/* The instant at which a day begins. */
static int64_t
midnight(int64_t day, const struct zone *z)
{
	int year, month, date;

	civil_from_days(day, &year, &month, &date);
	return zone_instant(z, year, month, date, 0);
}

/* Which attempts of which run. */
static int
open_report(struct request *q, const struct attempt_report_query *asked,
	    struct report_file *r, struct fault *f)
{
	struct run_query wanted = { .workspace_id = q->actor.workspace_id,
				    .no = asked->run };
	const char *name;
	struct run run;

	if ((*asked->disposition && disposition_check(asked->disposition, f)) ||
	    export_campaign(q, &wanted.campaign_id, &name, f) ||
	    run_find(q->db, &wanted, &run, q->arena, f))
		return -1;
	if (!run.id)
		return fault_set(f, FAULT_ABSENT,
				 "This campaign has no run yet.");
	*r = (struct report_file){
		.db = q->db,
		.lines = { .workspace_id = wanted.workspace_id,
			   .campaign_id = wanted.campaign_id,
			   .run_id = run.id,
			   .filter = { .outcome = asked->outcome } },
		.campaign = name,
		.run = run.no,
	};
	r->zone = export_zone(q, &r->zone_name);
	if (*asked->disposition)
		r->lines.filter.disposition = asked->disposition;
	if (asked->from)
		r->lines.filter.from = midnight(asked->from, r->zone);
	if (asked->to)
		r->lines.filter.before = midnight(asked->to + 1, r->zone);
	return attempt_lines_open(q->db, &r->lines, q->arena, f);
}

int
attempt_report_answer(struct request *q, struct reply *r,
		      const struct attempt_report_query *asked, struct fault *f)
{
	struct report_file *report = ARENA_NEW(q->arena, struct report_file);
	int fd;

	if (open_report(q, asked, report, f))
		return -1;
	if (asked->format == EXPORT_CSV || q->head)
		reply_stream(r, write_csv, report);
	else if (make_xlsx(q, report, &fd, f))
		return -1;
	else
		reply_file(r, fd);
	reply_download(r, export_format_types[asked->format],
		       file_name(report, asked, q->arena));
	return 0;
}
