/* Binds C values to the parameters of statements, singly and as arrays. */
#include "store/db_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/civil.h"

/* Large enough to be fast, and far below the server's limit. */
#define PACKET_BYTES (4u << 20)

void
time_of_us(int64_t us, MYSQL_TIME *t)
{
	int64_t days = us / US_PER_DAY, rest = us % US_PER_DAY;
	int year, month, day;
	long s;

	if (rest < 0) {
		rest += US_PER_DAY;
		days--;
	}
	civil_from_days(days, &year, &month, &day);
	s = (long)(rest / US_PER_S);
	memset(t, 0, sizeof(*t));
	t->year = (unsigned)year;
	t->month = (unsigned)month;
	t->day = (unsigned)day;
	t->hour = (unsigned)(s / 3600);
	t->minute = (unsigned)(s / 60 % 60);
	t->second = (unsigned)(s % 60);
	t->second_part = (unsigned long)(rest % US_PER_S);
	t->time_type = MYSQL_TIMESTAMP_DATETIME;
}

int64_t
us_of_time(const MYSQL_TIME *t)
{
	int64_t days =
		days_from_civil((int)t->year, (int)t->month, (int)t->day);
	int64_t s = days * 86400 + t->hour * 3600 + t->minute * 60 + t->second;

	return s * US_PER_S + (int64_t)t->second_part;
}

static unsigned
count_letters(const char *letters)
{
	unsigned n = 0;

	for (; *letters; letters++)
		n += *letters != '?';
	return n;
}

static struct cell *
make_cells(const char *letters, unsigned count)
{
	struct cell *cells = xcalloc(count + 1, sizeof(*cells));
	struct cell *c = cells;

	for (; *letters; letters++) {
		if (*letters == '?')
			c[-1].may_null = true;
		else
			(c++)->kind = *letters;
	}
	return cells;
}

/* For text and bytes of a result only the length is bound here: rows.c reads
 * them into the caller's arena once the length is known. */
static void
bind_cell(MYSQL_BIND *b, struct cell *c, bool in)
{
	b->is_null = &c->null;
	b->length = &c->len;
	b->error = &c->cut;
	switch (c->kind) {
	case 'i':
		b->buffer_type = MYSQL_TYPE_LONGLONG;
		b->buffer = &c->num;
		break;
	case 't':
		b->buffer_type = MYSQL_TYPE_DATETIME;
		b->buffer = &c->time;
		b->buffer_length = sizeof(c->time);
		break;
	case 'b':
		b->buffer_type = MYSQL_TYPE_BLOB;
		break;
	default:
		b->buffer_type = in ? MYSQL_TYPE_STRING : MYSQL_TYPE_BLOB;
	}
}

/* The first word of the text tells whether the statement changes anything. */
static bool
is_write(const char *text)
{
	static const char *const reads[] = { "SELECT", "WITH", "SHOW", "SET",
					     "START" };

	for (size_t i = 0; i < ARRAY_LEN(reads); i++) {
		if (strncmp(text, reads[i], strlen(reads[i])) == 0)
			return false;
	}
	return true;
}

void
bind_make(struct handle *h)
{
	h->takes = count_letters(h->is->takes);
	h->gives = count_letters(h->is->gives);
	h->writes = is_write(h->is->text);
	h->in_cells = make_cells(h->is->takes, h->takes);
	h->out_cells = make_cells(h->is->gives, h->gives);
	h->in = xcalloc(h->takes + 1, sizeof(*h->in));
	h->out = xcalloc(h->gives + 1, sizeof(*h->out));
	for (unsigned i = 0; i < h->takes; i++)
		bind_cell(&h->in[i], &h->in_cells[i], true);
	for (unsigned i = 0; i < h->gives; i++)
		bind_cell(&h->out[i], &h->out_cells[i], false);
}

void
bind_free(struct handle *h)
{
	free(h->in_cells);
	free(h->out_cells);
	free(h->in);
	free(h->out);
}

static bool
arg_is_null(const struct arg *a)
{
	return a->kind == 0 ||
	       ((a->kind == 's' || a->kind == 'b') && a->ptr == NULL);
}

int
bind_check(const struct handle *h, const struct values *v, struct fault *f)
{
	size_t count = v->count;

	if (count != h->takes) {
		fault_set(f, FAULT_BROKEN, "The database could not do this.");
		return fault_cause(f, "%s takes %u values, not %zu",
				   h->is->name, h->takes, count);
	}
	for (size_t i = 0; i < count * (v->rows ? v->rows : 1); i++) {
		const struct cell *c = &h->in_cells[i % count];
		const struct arg *a = &v->args[i];

		if (arg_is_null(a) ? c->may_null : a->kind == c->kind)
			continue;
		fault_set(f, FAULT_BROKEN, "The database could not do this.");
		return fault_cause(f, "%s: value %zu must be '%c'%s",
				   h->is->name, i % count + 1, c->kind,
				   c->may_null ? " or NULL" : "");
	}
	return 0;
}

static unsigned long
arg_len(const struct arg *a)
{
	return (unsigned long)(a->kind == 's' ? strlen(a->ptr) : a->len);
}

/* Binding fails only for types and counts that bind_check() has ruled out,
 * and for a dead connection, which the execution then reports. */
void
bind_in(struct handle *h, const struct arg *args)
{
	unsigned single = 0;

	for (unsigned i = 0; i < h->takes; i++) {
		struct cell *c = &h->in_cells[i];
		const struct arg *a = &args[i];

		c->null = arg_is_null(a);
		if (c->null)
			continue;
		if (c->kind == 'i') {
			c->num = a->num;
		} else if (c->kind == 't') {
			time_of_us(a->num, &c->time);
		} else {
			/* Casts const away: the library only reads it. */
			memcpy(&h->in[i].buffer, &a->ptr, sizeof(a->ptr));
			c->len = arg_len(a);
			h->in[i].buffer_length = c->len;
		}
	}
	mysql_stmt_attr_set(h->st, STMT_ATTR_ARRAY_SIZE, &single);
	if (h->takes)
		mysql_stmt_bind_param(h->st, h->in);
}

/* How many rows, from the first on, fill one packet; at least one. */
static size_t
rows_of_packet(const struct handle *h, const struct arg *args, size_t rows)
{
	size_t bytes = 0, n;

	for (n = 0; n < rows && (n == 0 || bytes < PACKET_BYTES); n++) {
		for (unsigned i = 0; i < h->takes; i++) {
			const struct arg *a = &args[n * h->takes + i];

			bytes += 13;
			if (a->ptr && (a->kind == 's' || a->kind == 'b'))
				bytes += arg_len(a);
		}
	}
	return n;
}

/*
 * Array binding goes column by column: the library takes numbers as one array,
 * but text, bytes and times as an array of pointers.
 */
struct column {
	void **ptrs;
	unsigned long *lens;
	int64_t *nums;
	MYSQL_TIME *times;
	char *marks;
};

static size_t
column_size(size_t rows)
{
	return rows * (sizeof(void *) + sizeof(long) + sizeof(int64_t) +
		       sizeof(MYSQL_TIME)) +
	       (rows + 15) / 16 * 16;
}

static void
lay_out(char *mem, size_t rows, struct column *c)
{
	c->times = (void *)mem;
	c->ptrs = (void *)(c->times + rows);
	c->lens = (void *)(c->ptrs + rows);
	c->nums = (void *)(c->lens + rows);
	c->marks = (void *)(c->nums + rows);
}

static void
fill_column(struct column *c, char kind, const struct arg *args, size_t step,
	    size_t rows)
{
	for (size_t i = 0; i < rows; i++) {
		const struct arg *a = &args[i * step];

		c->marks[i] = STMT_INDICATOR_NONE;
		c->lens[i] = 0;
		if (arg_is_null(a)) {
			c->marks[i] = STMT_INDICATOR_NULL;
			c->ptrs[i] = NULL;
		} else if (kind == 'i') {
			c->nums[i] = a->num;
		} else if (kind == 't') {
			time_of_us(a->num, &c->times[i]);
			c->ptrs[i] = &c->times[i];
		} else {
			memcpy(&c->ptrs[i], &a->ptr, sizeof(a->ptr));
			c->lens[i] = arg_len(a);
		}
	}
}

size_t
bind_array(struct db *db, struct handle *h, const struct arg *args, size_t rows)
{
	size_t n = rows_of_packet(h, args, rows), by_column = 0;
	unsigned size = (unsigned)n;
	MYSQL_BIND *b;

	if (db->scratch_size < h->takes * (sizeof(*b) + column_size(n))) {
		free(db->scratch);
		db->scratch_size = h->takes * (sizeof(*b) + column_size(n));
		db->scratch = xmalloc(db->scratch_size);
	}
	b = db->scratch;
	memset(b, 0, h->takes * sizeof(*b));
	for (unsigned i = 0; i < h->takes; i++) {
		struct column c;

		lay_out((char *)(b + h->takes) + i * column_size(n), n, &c);
		fill_column(&c, h->in_cells[i].kind, args + i, h->takes, n);
		b[i].buffer_type = h->in[i].buffer_type;
		b[i].buffer = h->in_cells[i].kind == 'i' ? (void *)c.nums
							 : (void *)c.ptrs;
		b[i].length = c.lens;
		b[i].u.indicator = c.marks;
	}
	mysql_stmt_attr_set(h->st, STMT_ATTR_ROW_SIZE, &by_column);
	mysql_stmt_attr_set(h->st, STMT_ATTR_ARRAY_SIZE, &size);
	mysql_stmt_bind_param(h->st, b);
	return n;
}
