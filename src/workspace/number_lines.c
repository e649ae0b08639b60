/* Many numbers at once, one a line. */
#include <inttypes.h>
#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/field_json.h"
#include "base/text.h"
#include "phone/phone.h"
#include "phone/phone_set.h"
#include "store/tx.h"
#include "workspace/account.h"
#include "workspace/catalog.h"
#include "workspace/number_phone.h"

enum { ADD_COLUMNS = 6 };

struct many {
	const struct actor *who;
	struct number_lines *in;
	struct number *numbers;
	size_t *lines; /* of each number */
	size_t count;
	struct phone_set *seen;
	struct arena *arena;
};

static void
wrong(struct many *m, size_t line, const char *text)
{
	struct number_lines *in = m->in;
	struct number_line_fault *one;

	in->faults =
		arena_grow(m->arena, in->faults, in->fault_count, sizeof(*one));
	one = &in->faults[in->fault_count++];
	*one = (struct number_line_fault){ line, text };
}

/* Reads "020 7946 0000, Main" into the next number. */
static void
read_line(struct many *m, struct phone_reader *reader, size_t line,
	  const char *text)
{
	size_t len = strcspn(text, ",;\t");
	struct number n = m->in->model;
	struct phone phone;
	struct fault f;
	const char *why;

	if (phone_read(reader, text, len, &phone, &why)) {
		wrong(m, line, arena_printf(m->arena, "The number %s.", why));
		return;
	}
	n.phone = arena_strdup(m->arena, phone.digits);
	if (field_set(record_find(&number_record, "label"), &n,
		      text[len] ? text + len + 1 : "", m->arena, &f)) {
		wrong(m, line, arena_strdup(m->arena, f.text));
		return;
	}
	if (!phone_set_add(m->seen, n.phone)) {
		wrong(m, line, "The number is the same as in an earlier line.");
		return;
	}
	m->lines[m->count] = line;
	m->numbers[m->count++] = n;
}

/* Counts the lines that are not empty, and reads each when there is a reader.
 */
static size_t
each_line(struct many *m, struct phone_reader *reader)
{
	const char *s = m->in->text;
	size_t line = 0, filled = 0;

	while (*s) {
		size_t len = strcspn(s, "\r\n");
		char *text =
			text_trim(m->arena, arena_memdup(m->arena, s, len));

		line++;
		filled += *text != '\0';
		if (reader && *text)
			read_line(m, reader, line, text);
		s += len;
		s += s[0] == '\r' && s[1] == '\n' ? 2 : *s != '\0';
	}
	return filled;
}

static int
read_all(struct db *db, struct many *m, struct fault *f)
{
	size_t filled = each_line(m, NULL);
	struct phone_reader *reader;

	if (!filled)
		return fault_field(f, "phone", "Enter at least one number.");
	if (filled > NUMBER_LINES_MOST)
		return fault_field(f, "phone",
				   "There are %zu numbers; at most %s can be "
				   "added at once.",
				   filled,
				   text_thousands(m->arena, NUMBER_LINES_MOST));
	if (number_phone_open(db, m->who->workspace_id, &reader, m->arena, f))
		return -1;
	m->numbers = ARENA_ARRAY(m->arena, filled, struct number);
	m->lines = ARENA_ARRAY(m->arena, filled, size_t);
	m->seen = phone_set_open();
	each_line(m, reader);
	phone_set_close(m->seen);
	phone_close(reader);
	return 0;
}

/* "Line 3: The number must have 8 to 15 digits. There are 4 more." */
static int
refuse(const struct number_lines *in, struct arena *a, struct fault *f)
{
	const char *more = "";

	if (in->fault_count > 1)
		more = arena_printf(a, " %zu more line%s wrong.",
				    in->fault_count - 1,
				    in->fault_count == 2 ? " is" : "s are");
	return fault_field(f, "phone", "Line %zu: %s%s", in->faults->line,
			   in->faults->text, more);
}

/* Finds which of them the carrier already has. */
static int
find_known(struct db *db, struct many *m, struct fault *f)
{
	for (size_t i = 0; i < m->count; i++) {
		int64_t known;

		if (db_int(db, &known, STMT_NUMBER_KNOWN,
			   ARGS(ARG_INT(m->in->model.carrier_id),
				ARG_INT(m->who->workspace_id),
				ARG_STR(m->numbers[i].phone)),
			   f))
			return -1;
		if (known)
			wrong(m, m->lines[i], catalog_numbers.taken);
	}
	return 0;
}

static const char *
audit_text(const struct many *m)
{
	return arena_printf(
		m->arena,
		"{\"count\":%zu,\"carrier_id\":%" PRId64 ",\"day_cap\":%" PRId64
		",\"first\":\"%s\",\"last\":\"%s\"}",
		m->count, m->in->model.carrier_id, m->in->model.day_cap,
		m->numbers[0].phone, m->numbers[m->count - 1].phone);
}

static int
insert_all(struct db *db, struct many *m, struct fault *f)
{
	const struct record *r = &number_record;
	struct arg *args =
		ARENA_ARRAY(m->arena, m->count * ADD_COLUMNS, struct arg);

	for (size_t i = 0; i < m->count; i++) {
		args[i * ADD_COLUMNS] = ARG_INT(m->who->workspace_id);
		for (size_t k = 0; k < r->count; k++)
			args[i * ADD_COLUMNS + k + 1] = field_arg(
				&r->fields[k], &m->numbers[i], m->arena);
	}
	return db_bulk(db, NULL, STMT_NUMBER_ADD, args, ADD_COLUMNS, m->count,
		       f);
}

static int
add_tx(struct db *db, void *arg, struct fault *f)
{
	struct many *m = arg;
	int64_t changed;

	m->in->fault_count = 0;
	if (db_exec(db, &changed, STMT_CARRIER_MEET,
		    ARGS(ARG_INT(m->in->model.carrier_id),
			 ARG_INT(m->who->workspace_id)),
		    f))
		return -1;
	if (!changed) {
		fault_field(f, "carrier_id", "There is no such carrier.");
		f->code = FAULT_ABSENT;
		return -1;
	}
	if (find_known(db, m, f))
		return -1;
	if (m->in->fault_count)
		return refuse(m->in, m->arena, f);
	if (insert_all(db, m, f))
		return -1;
	return m->count == 1 ? audit_add(db, m->who, 0, "add number", NULL,
					 record_json(&number_record, m->numbers,
						     m->arena),
					 f)
			     : audit_add(db, m->who, 0, "add numbers", NULL,
					 audit_text(m), f);
}

int
numbers_add(struct db *db, const struct actor *who, struct number_lines *lines,
	    struct arena *a, struct fault *f)
{
	struct many m = { .who = who, .in = lines, .arena = a };

	lines->faults = NULL;
	lines->fault_count = lines->added = 0;
	if (actor_check(who, ROLE_ADMIN, f) ||
	    field_check(record_find(&number_record, "carrier_id"),
			&lines->model, f) ||
	    field_check(record_find(&number_record, "day_cap"), &lines->model,
			f) ||
	    read_all(db, &m, f))
		return -1;
	if (lines->fault_count)
		return refuse(lines, a, f);
	if (tx_run_marked(db, add_tx, &m, f))
		return -1;
	lines->added = m.count;
	return 0;
}
