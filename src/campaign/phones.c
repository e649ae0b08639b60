#include "campaign/phones.h"

#include <stdlib.h>
#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/field.h"
#include "campaign/campaign.h"
#include "contacts/contact_list.h"
#include "store/db.h"

#define AT_ONCE 500 /* numbers in the largest statement */

/* The statements that take so many numbers. */
struct phone_family {
	int contacts, bars;
	size_t size;
};

static struct phone_family
family_of(size_t n)
{
#define FAMILY_OF(size)                                                  \
	(struct phone_family)                                            \
	{                                                                \
		STMT_PHONE_CONTACTS_##size, STMT_PHONE_BARS_##size, size \
	}
	if (n <= 8)
		return FAMILY_OF(8);
	return n <= 50 ? FAMILY_OF(50) : FAMILY_OF(500);
#undef FAMILY_OF
}

/* A row of both statements: 'what' is 1 for an open contact; or which bar. */
struct phone_row {
	const char *phone;
	int64_t what;
};
static const struct field phone_fields[] = {
	{ FIELD(phone_row, phone) },
	{ FIELD(phone_row, what) },
};
static const struct record phone_record = RECORD(phone_fields);

enum { IS_OPEN = 1, IS_EXCLUDED = 1, IS_BARRED = 2 };

static int
compare(const void *a, const void *b)
{
	const struct campaign_phone *x = a, *y = b;

	return strcmp(x->digits, y->digits);
}

struct campaign_phone *
campaign_phone_find(struct campaign_phone *phones, size_t n, const char *digits)
{
	struct campaign_phone key;

	memset(&key, 0, sizeof(key));
	memcpy(key.digits, digits, strnlen(digits, PHONE_TEXT - 1));
	return n ? bsearch(&key, phones, n, sizeof(key), compare) : NULL;
}

size_t
campaign_phones_sort(struct campaign_phone *phones, size_t n)
{
	size_t left = 0;

	if (n)
		qsort(phones, n, sizeof(*phones), compare);
	for (size_t i = 0; i < n; i++) {
		if (!left || compare(&phones[left - 1], &phones[i]))
			phones[left++] = phones[i];
	}
	return left;
}

static struct arg *
numbers(struct arg *at, const struct campaign_phone *phones, size_t n,
	size_t size)
{
	for (size_t i = 0; i < size; i++)
		*at++ = ARG_STR(phones[i < n ? i : n - 1].digits);
	return at;
}

/* Some of the numbers, as many as a statement takes. */
struct phones_asked {
	const struct campaign *c;
	struct campaign_phone *phones;
	size_t n;
	struct arena *arena;
};

static int
find_in_list(struct db *db, const struct phones_asked *q, int64_t list_id,
	     struct fault *f)
{
	const struct campaign *c = q->c;
	bool over =
		c->status == CAMPAIGN_COMPLETED || c->status == CAMPAIGN_FAILED;
	struct phone_family family = family_of(q->n);
	const struct rows_kind kind = { family.contacts, &phone_record,
					sizeof(struct phone_row) };
	struct arg *args = ARENA_ARRAY(q->arena, family.size + 3, struct arg);
	struct arg *at = args;
	struct phone_row *rows;
	size_t count;

	*at++ = ARG_INT(c->id);
	*at++ = ARG_INT(c->current_run);
	*at++ = ARG_INT(list_id);
	at = numbers(at, q->phones, q->n, family.size);
	rows = rows_all(db, &kind, args, (size_t)(at - args), &count, q->arena,
			f);
	if (!rows)
		return -1;
	for (size_t i = 0; i < count; i++) {
		struct campaign_phone *p =
			campaign_phone_find(q->phones, q->n, rows[i].phone);

		if (!p)
			continue;
		p->is_contact = true;
		p->is_open |= rows[i].what == IS_OPEN && !over;
	}
	return 0;
}

static int
find_bars(struct db *db, const struct phones_asked *q, struct fault *f)
{
	struct phone_family family = family_of(q->n);
	const struct rows_kind kind = { family.bars, &phone_record,
					sizeof(struct phone_row) };
	struct arg *args =
		ARENA_ARRAY(q->arena, 2 * family.size + 2, struct arg);
	struct arg *at = args;
	struct phone_row *rows;
	size_t count;

	*at++ = ARG_INT(q->c->id);
	at = numbers(at, q->phones, q->n, family.size);
	*at++ = ARG_INT(q->c->workspace_id);
	at = numbers(at, q->phones, q->n, family.size);
	rows = rows_all(db, &kind, args, (size_t)(at - args), &count, q->arena,
			f);
	if (!rows)
		return -1;
	for (size_t i = 0; i < count; i++) {
		struct campaign_phone *p =
			campaign_phone_find(q->phones, q->n, rows[i].phone);

		if (!p)
			continue;
		p->excluded |= rows[i].what == IS_EXCLUDED;
		p->barred |= rows[i].what == IS_BARRED;
	}
	return 0;
}

int
campaign_phones(struct db *db, const struct campaign *c,
		struct campaign_phone *phones, size_t n, struct arena *a,
		struct fault *f)
{
	struct list_use *lists;
	size_t count;

	for (size_t i = 0; i < n; i++) {
		struct campaign_phone *p = &phones[i];

		p->is_contact = p->is_open = p->excluded = p->barred = false;
	}
	if (segment_lists(db, c->id, 0, &lists, &count, a, f))
		return -1;
	for (size_t from = 0; from < n; from += AT_ONCE) {
		struct phones_asked q = { .c = c,
				   .phones = phones + from,
				   .n = n - from < AT_ONCE ? n - from : AT_ONCE,
				   .arena = a };

		if (find_bars(db, &q, f))
			return -1;
		for (size_t i = 0; i < count; i++)
			if (find_in_list(db, &q, lists[i].list_id, f))
				return -1;
	}
	return 0;
}
