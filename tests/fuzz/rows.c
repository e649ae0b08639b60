/* A header and rows become contacts that can be stored and dialled, or a
 * sentence says why not.  The first byte chooses the default country. */
#include <string.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/fault.h"
#include "base/text.h"
#include "contacts/import_rows.h"
#include "tests/fuzz/fuzz.h"

struct file {
	struct arena *a;
	struct phone_reader *reader;
	struct import_columns columns;
	struct contact contact;
	bool has_header;
};

static void
check_phone(const struct phone *p)
{
	size_t n = strlen(p->digits), width = strlen(p->country);

	MUST(n > 0 && n < PHONE_TEXT && strspn(p->digits, "0123456789") == n);
	MUST(p->digits[0] != '0');
	MUST(width == 0 || width == 2);
}

static void
check_contact(const struct contact *c)
{
	MUST(text_is_utf8(c->why.data, c->why.len));
	MUST(text_is_utf8(c->written.data, c->written.len));
	MUST(text_length(c->written.data) <= 40);
	MUST(text_is_utf8(c->vars.data, c->vars.len));
	MUST(!c->vars.len ||
	     (c->vars.data[0] == '{' && c->vars.data[c->vars.len - 1] == '}'));
	MUST(c->phone.is_unknown == (c->why.len > 0));
	check_phone(&c->phone);
}

static int
take(const struct csv_row *row, void *arg, struct fault *f)
{
	struct file *t = arg;

	if (!t->has_header) {
		t->has_header = true;
		return import_columns_read(&t->columns, row, t->a, f);
	}
	if (import_row_read(&t->columns, row, t->reader, &t->contact))
		MUST(t->contact.why.len > 0);
	else
		check_contact(&t->contact);
	return 0;
}

static struct phone_reader *
reader_of(uint8_t choice)
{
	static const char *const countries[] = { "GB", "US", "DE", "IT",
						 "RU", "AR", "BR", "MX" };
	static struct phone_reader *readers[ARRAY_LEN(countries)];
	size_t i = choice % ARRAY_LEN(countries);

	if (!readers[i])
		readers[i] = phone_open(countries[i]);
	return readers[i];
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fault f = { 0 };
	struct csv_reader *csv;
	struct file t = { .contact = CONTACT_INIT };
	int got;

	if (!size)
		return 0;
	t.a = arena_new();
	t.reader = reader_of(data[0]);
	csv = csv_open(import_wanted, take, &t);
	got = csv_feed(csv, (const char *)data + 1, size - 1, &f) ||
	      csv_end(csv, &f);
	MUST(!got == !f.text[0]);
	MUST(text_is_utf8(f.text, strlen(f.text)));
	csv_close(csv);
	contact_free(&t.contact);
	arena_free(t.a);
	return 0;
}
