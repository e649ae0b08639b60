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
	{ "one column",         "phone_number",            "" },
	{ "names with spaces",  "First name,phone_number", "" },
	{ "names in any script", "名前,phone_number,Имя",  "" },
	{ "no such column",     "name,city",
	  MISSING "The first line must name the columns, and one must have exactly that name." },
	{ "a near miss",        "name,Phone Number",       NEAR("2, “Phone Number”") },
	{ "capitals",           "PHONE_NUMBER",            NEAR("1, “PHONE_NUMBER”") },
	{ "a hyphen",           "phone-number",            NEAR("1, “phone-number”") },
	{ "another word",       "Mobile,name",             NEAR("1, “Mobile”") },
	{ "two words",          "a,Cell Phone",            NEAR("2, “Cell Phone”") },
	{ "of a contact",       "a,Contact Number",        NEAR("2, “Contact Number”") },
	{ "in Spanish",         "Cliente,Teléfono",        NEAR("2, “Teléfono”") },
	{ "in German",          "Telefon",                 NEAR("1, “Telefon”") },
	{ "in French",          "Nom,Numéro",              NEAR("2, “Numéro”") },
	{ "in capitals of French", "TÉLÉPHONE FIXE",       NEAR("1, “TÉLÉPHONE FIXE”") },
	{ "in Portuguese",      "nome,Número de telemóvel", NEAR("2, “Número de telemóvel”") },
	{ "in Russian",         "Имя,Телефон",             NEAR("2, “Телефон”") },
	{ "in Chinese",         "名前,电话号码",            NEAR("2, “电话号码”") },
	{ "the surest of several", "Number,Mobile 1,Work phone", NEAR("3, “Work phone”") },
	{ "a word that has one in it", "Hotel,Cellar",
	  MISSING "The first line must name the columns, and one must have exactly that name." },
	{ "of rejected rows",   "phone_number,a,line,reason", "" },
	{ "and a reason of its own", "phone_number,reason,a,line,reason", "" },
	{ "no name",            "phone_number,a,",         "Line 1: column 3 has no name." },
	{ "no name in front",   ",phone_number",           "Line 1: column 1 has no name." },
	{ "no name, quoted",    "phone_number,\"\"",       "Line 1: column 2 has no name." },
	{ "a name twice",       "a,phone_number,b,a",      "Line 1: columns 1 and 4 are both named “a”." },
	{ "the number twice",   "phone_number,phone_number", "Line 1: columns 1 and 2 are both named “phone_number”." },
	{ "a space at the end", "phone_number ,a",         HIDDEN("a space at the end", "1, “phone_number ”") },
	{ "a space in front",   "phone_number, a",         HIDDEN("a space in front", "2, “ a”") },
	{ "only a space",       "phone_number, ",          HIDDEN("a space in front", "2, “ ”") },
	{ "a zero-width space", "phone\u200b_number",      HIDDEN("a zero-width space (U+200B)", "1, “phone_number”") },
	{ "in another column",  "phone_number,na\u00adme", HIDDEN("a soft hyphen (U+00AD)", "2, “name”") },
	{ "a no-break space",   "phone_number,my\u00a0name", HIDDEN("a no-break space (U+00A0)", "2, “myname”") },
	{ "a second mark",      "\ufeff\ufeffphone_number",    HIDDEN("a byte-order mark (U+FEFF)", "1, “phone_number”") },
	{ "a tab",              "phone_number,a\tb",       HIDDEN("a tab (U+0009)", "2, “ab”") },
	{ "a line break",       "phone_number,\"a\nb\"",   HIDDEN("a line break (U+000A)", "2, “ab”") },
	{ "four bytes",         "phone_number,a\U000e0020", HIDDEN("an invisible tag (U+E0020)", "2, “a”") },
	{ "not the first line", "\n\nname",
	  "Line 3: there is no column “phone_number”. The first line must name the columns, and one must have exactly that name." },
};

/* A row under phone_number,name,city: what becomes of it. */
static const struct {
	const char *what, *text;
	const char *digits, *country, *written, *vars, *why;
} rows[] = {
	{ "digits",         "447911123456,Ann,York", "447911123456", "GG", "", "{\"name\":\"Ann\",\"city\":\"York\"}", "" },
	{ "with a plus",    "+442079460000,,",       "442079460000", "GB", "", "", "" },
	{ "national",       "020 7946 0000,,",       "442079460000", "GB", "020 7946 0000", "", "" },
	{ "with signs",     "+44 (0)20-7946-0000,Ann,", "442079460000", "GB", "+44 (0)20-7946-0000", "{\"name\":\"Ann\"}", "" },
	{ "of two forms",   "++442079460000,,", NULL, NULL, NULL, NULL,
	  "The phone number may have a + only at the start." },
	{ "of Jersey",      "+441534456789,,",       "441534456789", "JE", "", "", "" },
	{ "of no country",  "+80012345678,,",        "80012345678",  "",   "", "", "" },
	{ "unknown",        "+4910000000000,,",      "4910000000000", "DE", "", "",
	  "The phone number has a possible length, but is not in any known numbering plan." },
	{ "forty-one characters", "2079460000\u00a0                              ,,", "442079460000", "GB",
	  "2079460000\u00a0                             ", "", "" },
	{ "too few cells",  "447911123456,Ann", NULL, NULL, NULL, NULL, "The row has 2 cells, the header has 3." },
	{ "too many cells", "447911123456,Ann,York,x", NULL, NULL, NULL, NULL, "The row has 4 cells, the header has 3." },
	{ "no number",      ",Ann,York", NULL, NULL, NULL, NULL, "The phone number is empty." },
	{ "not a number",   "n/a,Ann,York", NULL, NULL, NULL, NULL,
	  "The phone number contains “n”: only digits, spaces, hyphens, dots, slashes, parentheses and a leading + are allowed." },
	{ "too short",      "12345,Ann,York", NULL, NULL, NULL, NULL, "The phone number must have 8 to 15 digits." },
	{ "too long there", "+442079460000123,Ann,York", NULL, NULL, NULL, NULL, "The phone number is not a possible phone number." },
	{ "quotes in it",   "\"447911123456\",\"say \"\"hi\"\"\",\"a\nb\"", "447911123456", "GG", "",
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
		   "as a fault of the file");
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
		is_str(c->why.data, rows[i].why, "what there is to say");
		is_int(t->rc, rows[i].digits ? 0 : -1, "taken or not");
		if (!rows[i].digits)
			continue;
		is_str(c->phone.digits, rows[i].digits, "the digits");
		is_str(c->phone.country, rows[i].country, "whose it is");
		is_str(c->written.data, rows[i].written, "as it was written");
		is_str(c->vars.data, rows[i].vars, "the variables");
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
		is_str(f.text, "", "a large cell");
		is_int(t->rc, cells[i].rc, "is taken or not");
		is_str(t->contact.why.data, cells[i].why, "and that is said");
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
	check_rows(&t);
	check_large(&t);
	contact_free(&t.contact);
	phone_close(t.reader);
	arena_free(t.a);
	return tap_done();
}
