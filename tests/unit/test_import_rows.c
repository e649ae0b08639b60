/* From the header and the rows of a file to contacts, without a database. */
#include "base/arena.h"
#include "base/csv.h"
#include "base/fault.h"
#include "contacts/import_rows.h"
#include "ledger/job.h"
#include "tests/tap.h"

#define HIDDEN(what, where)                                                  \
	"Line 1: there is " what " in the name of column " where ". Remove " \
	"it."
#define MISSING "Line 1: there is no column “phone_number”. "
#define NEAR(column) MISSING "Column " column ", looks similar: rename it."

/* The header, or what is said of it. */
/* clang-format off */
static const struct {
	const char *what, *text, *says;
} headers[] = {
	{ "a header may have one column", "phone_number", "" },
	{ "column names may have spaces", "First name,phone_number", "" },
	{ "column names may be in any script", "名前,phone_number,Имя", "" },
	{ "a header without the column is refused", "name,city",
	  MISSING "The first line must name the columns, and one must have exactly that name." },
	{ "a nearly right name is recognised",
	  "name,Phone Number", NEAR("2, “Phone Number”") },
	{ "the name in capitals is recognised",
	  "PHONE_NUMBER", NEAR("1, “PHONE_NUMBER”") },
	{ "the name with a hyphen is recognised",
	  "phone-number", NEAR("1, “phone-number”") },
	{ "another word is recognised",
	  "Mobile,name", NEAR("1, “Mobile”") },
	{ "a name of two words is recognised",
	  "a,Cell Phone", NEAR("2, “Cell Phone”") },
	{ "the number of a contact is recognised",
	  "a,Contact Number", NEAR("2, “Contact Number”") },
	{ "a Spanish name is recognised",
	  "Cliente,Teléfono", NEAR("2, “Teléfono”") },
	{ "a German name is recognised",
	  "Telefon", NEAR("1, “Telefon”") },
	{ "a French name is recognised",
	  "Nom,Numéro", NEAR("2, “Numéro”") },
	{ "a French name in capitals is recognised",
	  "TÉLÉPHONE FIXE", NEAR("1, “TÉLÉPHONE FIXE”") },
	{ "a Portuguese name is recognised",
	  "nome,Número de telemóvel", NEAR("2, “Número de telemóvel”") },
	{ "a Russian name is recognised",
	  "Имя,Телефон", NEAR("2, “Телефон”") },
	{ "a Chinese name is recognised",
	  "名前,电话号码", NEAR("2, “电话号码”") },
	{ "the surest of several names is recognised",
	  "Number,Mobile 1,Work phone", NEAR("3, “Work phone”") },
	{ "a word that only contains a name is not recognised", "Hotel,Cellar",
	  MISSING "The first line must name the columns, and one must have exactly that name." },
	{ "a file of rejected rows is accepted",
	  "phone_number,a,line,reason", "" },
	{ "a file of rejected rows may have a reason of its own",
	  "phone_number,reason,a,line,reason", "" },
	{ "a column without a name is refused",
	  "phone_number,a,", "Line 1: column 3 has no name." },
	{ "a first column without a name is refused",
	  ",phone_number", "Line 1: column 1 has no name." },
	{ "a column with an empty quoted name is refused",
	  "phone_number,\"\"", "Line 1: column 2 has no name." },
	{ "a name that is used twice is refused",
	  "a,phone_number,b,a", "Line 1: columns 1 and 4 are both named “a”." },
	{ "two columns of numbers are refused",
	  "phone_number,phone_number", "Line 1: columns 1 and 2 are both named “phone_number”." },
	{ "a space at the end of a name is refused",
	  "phone_number ,a", HIDDEN("a space at the end", "1, “phone_number ”") },
	{ "a space in front of a name is refused",
	  "phone_number, a", HIDDEN("a space in front", "2, “ a”") },
	{ "a name of only a space is refused",
	  "phone_number, ", HIDDEN("a space in front", "2, “ ”") },
	{ "a zero-width space in the name is refused",
	  "phone\u200b_number", HIDDEN("a zero-width space (U+200B)", "1, “phone_number”") },
	{ "a soft hyphen in another name is refused",
	  "phone_number,na\u00adme", HIDDEN("a soft hyphen (U+00AD)", "2, “name”") },
	{ "a no-break space in a name is refused",
	  "phone_number,my\u00a0name", HIDDEN("a no-break space (U+00A0)", "2, “myname”") },
	{ "a second byte-order mark is refused",
	  "\ufeff\ufeffphone_number", HIDDEN("a byte-order mark (U+FEFF)", "1, “phone_number”") },
	{ "a tab in a name is refused",
	  "phone_number,a\tb", HIDDEN("a tab (U+0009)", "2, “ab”") },
	{ "a line break in a name is refused",
	  "phone_number,\"a\nb\"", HIDDEN("a line break (U+000A)", "2, “ab”") },
	{ "a hidden character of four bytes is refused",
	  "phone_number,a\U000e0020", HIDDEN("an invisible tag (U+E0020)", "2, “a”") },
	{ "a header after blank lines has its own line number", "\n\nname",
	  "Line 3: there is no column “phone_number”. The first line must name the columns, and one must have exactly that name." },
};

/* A row under phone_number,name,city: what becomes of it. */
static const struct {
	const char *what, *text;
	const char *digits, *country, *written, *vars, *why;
} rows[] = {
	{ "a number of digits only is read",
	  "447911123456,Ann,York", "447911123456", "GG", "", "{\"name\":\"Ann\",\"city\":\"York\"}", "" },
	{ "a number with a plus is read",
	  "+442079460000,,", "442079460000", "GB", "", "", "" },
	{ "a national number is read",
	  "020 7946 0000,,", "442079460000", "GB", "020 7946 0000", "", "" },
	{ "a number with signs is read",
	  "+44 (0)20-7946-0000,Ann,", "442079460000", "GB", "+44 (0)20-7946-0000", "{\"name\":\"Ann\"}", "" },
	{ "a number with two plus signs is refused",
	  "++442079460000,,", NULL, NULL, NULL, NULL,
	  "The phone number may have a + only at the start." },
	{ "a number of Jersey is read",
	  "+441534456789,,", "441534456789", "JE", "", "", "" },
	{ "a number of no country is read",
	  "+80012345678,,", "80012345678", "", "", "", "" },
	{ "a number in no known plan is read with a remark",
	  "+4910000000000,,", "4910000000000", "DE", "", "",
	  "The phone number has a possible length, but is not in any known numbering plan." },
	{ "a number as written is cut to forty characters",
	  "2079460000\u00a0                              ,,", "442079460000", "GB",
	  "2079460000\u00a0                             ", "", "" },
	{ "a row with too few cells is refused",
	  "447911123456,Ann", NULL, NULL, NULL, NULL, "The row has 2 cells, the header has 3." },
	{ "a row with too many cells is refused",
	  "447911123456,Ann,York,x", NULL, NULL, NULL, NULL, "The row has 4 cells, the header has 3." },
	{ "a row without a number is refused",
	  ",Ann,York", NULL, NULL, NULL, NULL, "The phone number is empty." },
	{ "a text that is not a number is refused",
	  "n/a,Ann,York", NULL, NULL, NULL, NULL,
	  "The phone number contains “n”: only digits, spaces, hyphens, dots, slashes, parentheses and a leading + are allowed." },
	{ "a number that is too short is refused",
	  "12345,Ann,York", NULL, NULL, NULL, NULL, "The phone number must have 8 to 15 digits." },
	{ "a number too long for its country is refused",
	  "+442079460000123,Ann,York", NULL, NULL, NULL, NULL, "The phone number is not a possible phone number." },
	{ "quotes and line breaks are kept in the variables",
	  "\"447911123456\",\"say \"\"hi\"\"\",\"a\nb\"", "447911123456", "GG", "",
	  "{\"name\":\"say \\\"hi\\\"\",\"city\":\"a\\nb\"}", "" },
};
/* clang-format on */

struct file {
	struct arena *a;
	struct phone_reader *reader;
	struct import_columns columns;
	struct contact contact;
	int seen, rc;
};

static int
take(const struct csv_row *row, void *arg, struct fault *f)
{
	struct file *t = arg;

	if (t->seen++ == 0)
		return import_columns_read(&t->columns, row, t->a, f);
	t->rc = import_row_read(&t->columns, row, t->reader, &t->contact);
	return 0;
}

/* Reads a text as a file; *f.text says what is wrong with it. */
static void
read_text(struct file *t, const char *text, struct fault *f)
{
	struct csv_reader *csv = csv_open(import_wanted, take, t);

	memset(f, 0, sizeof(*f));
	t->seen = 0;
	if (!csv_feed(csv, text, strlen(text), f))
		csv_end(csv, f);
	csv_close(csv);
}

static void
check_headers(struct file *t)
{
	struct fault f;

	for (size_t i = 0; i < ARRAY_LEN(headers); i++) {
		read_text(t, headers[i].text, &f);
		is_str(f.text, headers[i].says, headers[i].what);
		ok(!*f.text || (f.code == FAULT_INVALID &&
				!strcmp(f.field, "file")),
		   "a bad header is a fault of the file");
	}
}

/* What an export says of a contact is no variable when it comes back. */
static void
check_results(struct file *t)
{
	struct fault f;

	for (size_t i = 0; i < RESULT_COLUMNS; i++) {
		const char *name = import_result_columns[i];

		read_text(t,
			  arena_printf(t->a,
				       "phone_number,%s,%s_2\n+447911123456,x,y",
				       name, name),
			  &f);
		is_str(t->contact.vars.data,
		       arena_printf(t->a, "{\"%s_2\":\"y\"}", name), name);
	}
}

static void
check_rows(struct file *t)
{
	const struct contact *c = &t->contact;
	struct fault f;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		read_text(t,
			  arena_printf(t->a, "phone_number,name,city\n%s",
				       rows[i].text),
			  &f);
		is_str(f.text, "", rows[i].what);
		is_str(c->why.data, rows[i].why, "the row has its remark");
		is_int(t->rc, rows[i].digits ? 0 : -1,
		       "the row is taken or refused");
		if (!rows[i].digits)
			continue;
		is_str(c->phone.digits, rows[i].digits, "the digits are read");
		is_str(c->phone.country, rows[i].country,
		       "the country is found");
		is_str(c->written.data, rows[i].written,
		       "the number is kept as it was written");
		is_str(c->vars.data, rows[i].vars, "the variables are JSON");
	}
}

/* As much as a call carries, and a byte more; a character that JSON writes with
 * six counts as six. */
#define AROUND ((int)sizeof("{\"a\":\"\"}") - 1)

static void
check_large(struct file *t)
{
	static const struct {
		char c;
		int count, rc;
		const char *why;
	} cells[] = {
		{ 'x', CONTACT_VARS_MAX - AROUND, 0, "" },
		{ 'x', CONTACT_VARS_MAX - AROUND + 1, -1,
		  "The variables take 8193 bytes as JSON; a call carries at "
		  "most 8192." },
		{ '\1', 500000, -1,
		  "The variables take 3000008 bytes as JSON; a call carries at "
		  "most 8192." },
	};
	struct buf b = BUF_INIT;
	struct fault f;

	for (size_t i = 0; i < ARRAY_LEN(cells); i++) {
		size_t n = (size_t)cells[i].count;

		buf_clear(&b);
		buf_str(&b, "phone_number,a\n447911123456,");
		memset(buf_room(&b, n), cells[i].c, n);
		b.len += n;
		b.data[b.len] = '\0';
		read_text(t, b.data, &f);
		is_str(f.text, "", "a large cell is no fault of the file");
		is_int(t->rc, cells[i].rc, "the size of the variables decides");
		is_str(t->contact.why.data, cells[i].why,
		       "a refusal tells the size and the limit");
	}
	buf_free(&b);
}

int
main(void)
{
	struct file t = { .a = arena_new(),
			  .reader = phone_open("GB"),
			  .contact = CONTACT_INIT };

	check_headers(&t);
	check_results(&t);
	check_rows(&t);
	check_large(&t);
	contact_free(&t.contact);
	phone_close(t.reader);
	arena_free(t.a);
	return tap_done();
}
