#include "web/export/contact_export.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/json_read.h"
#include "base/words.h"
#include "campaign/outcome.h"
#include "contacts/import_rows.h"
#include "report/contact_lines.h"
#include "report/run_report.h"
#include "web/export/csv_export.h"
#include "web/export/format.h"
#include "web/server/reply.h"
#include "web/server/request.h"

/* clang-format off */
static const struct field fields[] = {
	{ FIELD(contact_export_query, run), .min = 0, .max = UINT32_MAX, .def = "0", .label = "run",
	  .help = "The number of a run, from 1 on; 0: the current one." },
	{ FIELD(contact_export_query, state), .words = contact_state_filter, .def = "any", .label = "state",
	  .help = "Only contacts in this state." },
	{ FIELD(contact_export_query, outcome), .words = outcome_words, .def = "", .label = "outcome",
	  .help = "Only contacts whose last attempt ended like this." },
	{ FIELD(contact_export_query, not_reached), .def = "no", .label = "not_reached",
	  .help = "Only contacts who did not speak to the bot, and are neither excluded nor invalid." },
};

static const enum cell_kind result_kinds[RESULT_COLUMNS] = {
	[RESULT_EXTERNAL_ID] = CELL_TEXT, [RESULT_STATE] = CELL_PLAIN,
	[RESULT_ATTEMPTS] = CELL_INT,     [RESULT_OUTCOME] = CELL_PLAIN,
	[RESULT_DISPOSITION] = CELL_TEXT, [RESULT_LAST_CALL] = CELL_TIME,
};
/* clang-format on */
const struct record contact_export_record = RECORD(fields);

/* The number, the variables, the results. */
#define VARIABLES_MOST (CSV_CELLS_MAX - 1 - RESULT_COLUMNS)

struct contact_file {
	struct db *db;
	struct arena *arena; /* of the request */
	struct contact_lines lines;
	const struct zone *zone;
	struct file_column columns[CSV_CELLS_MAX];
	size_t variables, count; /* of all columns; 0: not known yet */
};

/* The column of a variable, looked for first where the one before was not;
 * NULL: there is none. */
static struct file_column *
find_variable(struct contact_file *e, const char *name, size_t *next)
{
	struct file_column *variables = e->columns + 1;

	if (*next < e->variables && !strcmp(variables[*next].name, name))
		return &variables[(*next)++];
	for (size_t i = 0; i < e->variables; i++) {
		if (strcmp(variables[i].name, name))
			continue;
		*next = i + 1;
		return &variables[i];
	}
	return NULL;
}

/* What an upload would not take for a variable. */
static bool
is_taken(const char *name)
{
	return !strcmp(name, IMPORT_PHONE) ||
	       word_find(import_result_columns, name) >= 0;
}

/* Gives each variable of a contact a column. */
static int
add_variables(struct contact_file *e, const struct json *vars, struct fault *f)
{
	size_t next = 0;

	for (const struct json *at = vars->first; at; at = at->next) {
		if (is_taken(at->key) || find_variable(e, at->key, &next))
			continue;
		if (e->variables == VARIABLES_MOST)
			return fault_set(f, FAULT_CONFLICT,
					 "The contacts have more than %d "
					 "different variables, which is more "
					 "than a file can have columns.",
					 (int)VARIABLES_MOST);
		e->columns[1 + e->variables++] =
			(struct file_column){ arena_strdup(e->arena, at->key),
					      CELL_TEXT };
	}
	return 0;
}

/* The texts that a contact has, or an empty object. */
static int
read_variables(const struct contact_line *l, const struct json **out,
	       struct arena *a, struct fault *f)
{
	return json_read(l->vars ? l->vars : "{}", out, a, f);
}

static int
name_columns(struct contact_file *e, const struct contact_line *list,
	     size_t count, struct arena *a, struct fault *f)
{
	const struct json *vars;

	for (size_t i = 0; i < count; i++) {
		if (read_variables(&list[i], &vars, a, f) ||
		    add_variables(e, vars, f))
			return -1;
	}
	return 0;
}

/* Reads all contacts for the names of their variables. */
static int
find_columns(struct contact_file *e, struct fault *f)
{
	struct arena *a = arena_new();
	struct contact_line *list;
	size_t count;
	int rc;

	e->columns[0] = (struct file_column){ IMPORT_PHONE, CELL_PHONE };
	do {
		arena_reset(a);
		rc = contact_lines_next(e->db, &e->lines, &list, &count, a,
					f) ||
				     name_columns(e, list, count, a, f)
			     ? -1
			     : 0;
	} while (!rc && list);
	arena_free(a);
	e->count = 1 + e->variables;
	for (size_t i = 0; i < RESULT_COLUMNS; i++)
		e->columns[e->count++] =
			(struct file_column){ import_result_columns[i],
					      result_kinds[i] };
	contact_lines_rewind(&e->lines);
	return rc;
}

static int
write_line(struct contact_file *e, struct buf *text,
	   const struct contact_line *l, struct arena *a, struct fault *f)
{
	struct file_cell cells[CSV_CELLS_MAX] = { { .text = l->phone } };
	struct file_cell *result = cells + 1 + e->variables;
	const struct file_column *column;
	const struct json *vars;
	size_t next = 0;

	if (read_variables(l, &vars, a, f))
		return -1;
	for (const struct json *at = vars->first; at; at = at->next) {
		column = is_taken(at->key) ? NULL
					   : find_variable(e, at->key, &next);
		if (column)
			cells[column - e->columns].text = at->text;
	}
	result[RESULT_EXTERNAL_ID].text = l->external_id;
	result[RESULT_STATE].text = contact_state_words[l->state];
	result[RESULT_ATTEMPTS].n = l->tries;
	result[RESULT_OUTCOME].text = outcome_words[l->outcome];
	result[RESULT_DISPOSITION].text = l->disposition;
	result[RESULT_LAST_CALL].n = l->last_call;
	csv_row(text, e->columns, cells, e->count, e->zone);
	return 0;
}

/* Writes what follows; the arena and the text are emptied for each part. */
static int
write_parts(struct contact_file *e, struct buf *text, struct arena *a,
	    write_fn *write, void *to, struct fault *f)
{
	struct contact_line *list;
	size_t count;

	do {
		arena_reset(a);
		if (contact_lines_next(e->db, &e->lines, &list, &count, a, f))
			return -1;
		for (size_t i = 0; i < count; i++) {
			if (write_line(e, text, &list[i], a, f))
				return -1;
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
	struct contact_file *e = arg;
	struct buf text = BUF_INIT;
	struct arena *a = arena_new();
	int rc;

	csv_head(&text, e->columns, e->count);
	rc = write_parts(e, &text, a, write, to, f);
	arena_free(a);
	buf_free(&text);
	return rc;
}

/* "contacts-5d1wkfjs7q-run-2-exhausted-not-reached.csv" */
static const char *
file_name(const struct contact_export_query *asked, const char *campaign,
	  int64_t run, struct arena *a)
{
	struct buf name = BUF_INIT;
	const char *copy;

	buf_printf(&name, "contacts-%s", campaign);
	if (run)
		buf_printf(&name, "-run-%" PRId64, run);
	if (asked->state)
		export_name_part(&name, "-",
				 contact_state_filter[asked->state]);
	export_name_part(&name, "-", outcome_words[asked->outcome]);
	if (asked->not_reached)
		buf_str(&name, "-not-reached");
	buf_str(&name, ".csv");
	copy = arena_strdup(a, name.data);
	buf_free(&name);
	return copy;
}

int
contact_export_answer(struct request *q, struct reply *r,
		      const struct contact_export_query *asked, struct fault *f)
{
	struct contact_file *e = ARENA_NEW(q->arena, struct contact_file);
	struct run_query wanted = { .workspace_id = q->actor.workspace_id,
				    .no = asked->run };
	const char *campaign, *zone_name;
	struct run run;

	if (export_campaign(q, &wanted.campaign_id, &campaign, f) ||
	    run_find(q->db, &wanted, &run, q->arena, f))
		return -1;
	*e = (struct contact_file){
		.db = q->db,
		.arena = q->arena,
		.lines = { .workspace_id = wanted.workspace_id,
			   .campaign_id = wanted.campaign_id,
			   .run_id = run.id,
			   .filter = { .state = (int)asked->state - 1,
				       .outcome = (int)asked->outcome,
				       .not_reached = asked->not_reached } },
		.zone = export_zone(q, &zone_name),
	};
	if (contact_lines_open(q->db, &e->lines, q->arena, f) ||
	    (!q->head && find_columns(e, f)))
		return -1;
	reply_stream(r, write_csv, e);
	reply_csv(r, file_name(asked, campaign, run.no, q->arena));
	return 0;
}
