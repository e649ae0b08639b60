/* Reads results: rows, columns, and rows as structs. */
#include "store/db_priv.h"

#include <string.h>

#include "base/arena.h"
#include "base/field.h"
#include "base/words.h"

#define BROKEN_TEXT "The database gave something unexpected."

static struct handle *
handle_of(const struct rows *r)
{
	return db_handle(r->db, r->stmt);
}

static int
broken(struct rows *r, const char *why, struct fault *f)
{
	const char *name = handle_of(r)->is->name;

	rows_close(r);
	fault_set(f, FAULT_BROKEN, BROKEN_TEXT);
	return fault_cause(f, "%s: %s", name, why);
}

/* True when a number was truncated, which must not happen.  Text always is, as
 * it has no buffer yet. */
static bool
is_cut(const struct handle *h)
{
	for (unsigned i = 0; i < h->gives; i++) {
		const struct cell *c = &h->out_cells[i];

		if (c->cut && !c->null && (c->kind == 'i' || c->kind == 't'))
			return true;
	}
	return false;
}

int
rows_next(struct rows *r, struct fault *f)
{
	struct handle *h;

	if (!r->open)
		return 0;
	h = handle_of(r);
	if (h->turn != r->turn) {
		r->open = false;
		return broken(r, "its result was read after its end", f);
	}
	switch (mysql_stmt_fetch(h->st)) {
	case 0:
		return 1;
	case MYSQL_DATA_TRUNCATED:
		return is_cut(h) ? broken(r, "a number does not fit", f) : 1;
	case MYSQL_NO_DATA:
		rows_close(r);
		return 0;
	default:
		return broken(r, mysql_stmt_error(h->st), f);
	}
}

void
rows_close(struct rows *r)
{
	struct handle *h;

	if (!r->open)
		return;
	r->open = false;
	h = handle_of(r);
	if (h->turn == r->turn && h->st)
		mysql_stmt_free_result(h->st);
}

static const struct cell *
cell_of(const struct rows *r, unsigned col)
{
	return &handle_of(r)->out_cells[col];
}

bool
rows_null(const struct rows *r, unsigned col)
{
	return cell_of(r, col)->null;
}

int64_t
rows_int(const struct rows *r, unsigned col)
{
	const struct cell *c = cell_of(r, col);

	if (c->null)
		return 0;
	return c->kind == 't' ? us_of_time(&c->time) : c->num;
}

const void *
rows_bin(const struct rows *r, unsigned col, struct arena *a, size_t *len)
{
	const struct cell *c = cell_of(r, col);
	unsigned long got = 0;
	char *out;
	MYSQL_BIND b = { .buffer_type = MYSQL_TYPE_BLOB, .length = &got };

	if (len)
		*len = c->null ? 0 : c->len;
	if (c->null)
		return NULL;
	out = arena_alloc(a, c->len + 1);
	b.buffer = out;
	b.buffer_length = c->len;
	if (c->len)
		mysql_stmt_fetch_column(handle_of(r)->st, &b, col, 0);
	return out;
}

bool
rows_copy(const struct rows *r, unsigned col, void *out, size_t len)
{
	const struct cell *c = cell_of(r, col);
	unsigned long got = 0;
	MYSQL_BIND b = { .buffer_type = MYSQL_TYPE_BLOB,
			 .buffer = out,
			 .buffer_length = len,
			 .length = &got };

	memset(out, 0, len);
	return !c->null && c->len == len &&
	       !mysql_stmt_fetch_column(handle_of(r)->st, &b, col, 0);
}

const char *
rows_str(const struct rows *r, unsigned col, struct arena *a)
{
	return rows_bin(r, col, a, NULL);
}

/* Numbers are taken as they are, words and sets by number or as field_set()
 * reads them; strings are not checked, as they were valid when stored. */
static int
set_member(struct rows *r, unsigned col, const struct field *fd, char *base,
	   struct arena *a, struct fault *f)
{
	void *at = base + fd->offset;
	bool text = cell_of(r, col)->kind == 's';
	int64_t n = text ? 0 : rows_int(r, col);

	switch (fd->type) {
	case FIELD_STR:
		*(const char **)at = rows_str(r, col, a);
		return 0;
	case FIELD_INT:
		*(int64_t *)at = n;
		return text ? -1 : 0;
	case FIELD_BOOL:
		*(bool *)at = n != 0;
		return text ? -1 : 0;
	case FIELD_WORD:
		if (text)
			return field_set(fd, base, rows_str(r, col, a), a, f);
		*(unsigned *)at = (unsigned)n;
		return n >= 0 && n < word_count(fd->words) ? 0 : -1;
	case FIELD_SET:
		if (text)
			return field_set(fd, base, rows_str(r, col, a), a, f);
		((struct wordset *)at)->bits = (uint32_t)n;
		return 0;
	case FIELD_CODED:
		return text ? field_set(fd, base, rows_str(r, col, a), a, f)
			    : -1;
	}
	return -1;
}

int
rows_into(struct rows *r, unsigned from, const struct record *rec, void *base,
	  struct arena *a, struct fault *f)
{
	if (from + rec->count > handle_of(r)->gives)
		return broken(r, "has fewer columns than the struct", f);
	for (unsigned i = 0; i < rec->count; i++) {
		if (set_member(r, from + i, &rec->fields[i], base, a, f))
			return broken(r, rec->fields[i].name, f);
	}
	return 1;
}

int
rows_fetch(struct rows *r, const struct record *rec, void *base,
	   struct arena *a, struct fault *f)
{
	int got = rows_next(r, f);

	return got <= 0 ? got : rows_into(r, 0, rec, base, a, f);
}

int
db_int(struct db *db, int64_t *out, int stmt, const struct arg *args,
       size_t count, struct fault *f)
{
	struct rows r;
	int got;

	if (db_query(db, &r, stmt, args, count, f))
		return -1;
	got = rows_next(&r, f);
	if (got > 0)
		*out = rows_int(&r, 0);
	rows_close(&r);
	if (got == 0)
		return fault_set(f, FAULT_ABSENT, "There is no such thing.");
	return got < 0 ? -1 : 0;
}

int
rows_one(struct db *db, const struct rows_kind *k, const struct arg *args,
	 size_t arg_count, void *base, struct fault *f)
{
	struct rows r;
	int got;

	if (db_query(db, &r, k->stmt, args, arg_count, f))
		return -1;
	got = rows_fetch(&r, k->record, base, NULL, f);
	rows_close(&r);
	return got;
}

struct arg
field_arg(const struct field *fd, const void *base, struct arena *a)
{
	const void *at = (const char *)base + fd->offset;

	switch (fd->type) {
	case FIELD_INT:
		return ARG_INT(*(const int64_t *)at);
	case FIELD_BOOL:
		return ARG_INT(*(const bool *)at);
	case FIELD_WORD:
		return ARG_INT(*(const unsigned *)at);
	case FIELD_SET:
		return ARG_INT(((const struct wordset *)at)->bits);
	case FIELD_STR:
	case FIELD_CODED:
		break;
	}
	return ARG_STR(field_text(fd, base, a));
}

void *
rows_all(struct db *db, const struct rows_kind *k, const struct arg *args,
	 size_t arg_count, size_t *count, struct arena *a, struct fault *f)
{
	char *list = arena_grow(a, NULL, 0, k->size);
	struct rows r;
	size_t n = 0;
	int got;

	if (db_query(db, &r, k->stmt, args, arg_count, f))
		return NULL;
	while ((got = rows_fetch(&r, k->record, list + n * k->size, a, f)) > 0)
		list = arena_grow(a, list, ++n, k->size);
	*count = n;
	return got < 0 ? NULL : list;
}

int
rows_ids(struct db *db, int stmt, int64_t key, int64_t **out, size_t *count,
	 struct arena *a, struct fault *f)
{
	int64_t *ids = arena_grow(a, NULL, 0, sizeof(*ids));
	size_t n = 0;
	struct rows r;
	int got;

	if (db_query(db, &r, stmt, ARGS(ARG_INT(key)), f))
		return -1;
	while ((got = rows_next(&r, f)) > 0) {
		ids[n++] = rows_int(&r, 0);
		ids = arena_grow(a, ids, n, sizeof(*ids));
	}
	if (got < 0)
		return -1;
	*out = ids;
	*count = n;
	return 0;
}
