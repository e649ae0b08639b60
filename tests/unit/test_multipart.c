/* multipart/form-data in pieces of every size: the parts are the same, and
 * what is none is refused. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "tests/tap.h"
#include "web/server/multipart.h"

#define TYPE "multipart/form-data; boundary=XX"
#define PART(disposition) \
	"--XX\r\nContent-Disposition: form-data; " disposition "\r\n\r\n"
#define END "\r\n--XX--\r\n"

static int
part(void *arg, const char *name, const char *file, struct fault *f)
{
	(void)f;
	buf_printf(arg, file ? "<%s|%s>" : "<%s>", name, file);
	return 0;
}

static int
data(void *arg, const char *p, size_t len, struct fault *f)
{
	(void)f;
	buf_add(arg, p, len);
	return 0;
}

static int
end(void *arg, struct fault *f)
{
	(void)f;
	buf_char(arg, '.');
	return 0;
}

/* What came out, or "!" and the sentence. */
static void
take(const char *type, const char *body, size_t len, size_t step,
     struct buf *out)
{
	struct multipart_hooks h = { part, data, end, out };
	struct multipart *m = multipart_open(type, &h);
	struct fault f = { 0 };
	int rc = 0;

	buf_clear(out);
	if (!m) {
		buf_str(out, "!type");
		return;
	}
	for (size_t at = 0; at < len && !rc; at += step)
		rc = multipart_feed(m, body + at,
				    len - at < step ? len - at : step, &f);
	if (!rc)
		rc = multipart_end(m, &f);
	if (rc) {
		buf_clear(out);
		buf_printf(out, "!%s", f.text);
	}
	multipart_close(m);
}

/* clang-format off */
#define UNREADABLE "!The form cannot be read."
#define CUT "!The upload was interrupted."
static const struct {
	const char *what, *body, *parts;
} bodies[] = {
	{ "a text", PART("name=\"a\"") "x" END, "<a>x." },
	{ "two", PART("name=\"a\"") "x\r\n" PART("name=\"b\"") "y" END, "<a>x.<b>y." },
	{ "an empty text", PART("name=\"a\"") END, "<a>." },
	{ "a file", PART("name=\"file\"; filename=\"a.csv\"") "1,2\r\n3,4\r\n" END, "<file|a.csv>1,2\r\n3,4\r\n." },
	{ "with a type of its own", "--XX\r\nContent-Type: text/csv\r\ncontent-disposition: form-data; name=f; filename=a.csv\r\n\r\nx" END, "<f|a.csv>x." },
	{ "none chosen", PART("name=\"file\"; filename=\"\"") END, "<file|>." },
	{ "nearly a boundary", PART("name=\"a\"") "\r\n--X\r\n--\r\r\n-\r\n--XY" END, "<a>\r\n--X\r\n--\r\r\n-\r\n--XY." },
	{ "many ends of lines", PART("name=\"a\"") "\r\n\r\n\r\n\r\r\n" END, "<a>\r\n\r\n\r\n\r\r\n." },
	{ "a boundary without its line", PART("name=\"a\"") "x--XX--" END, "<a>x--XX--." },
	{ "a preamble and an epilogue", "hello\r\n" PART("name=\"a\"") "x" END "bye\r\n--XX\r\n", "<a>x." },
	{ "blanks behind a boundary", "--XX \t\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx" END, "<a>x." },
	{ "quotes as programs write them", PART("name=\"file\"; filename=\"a\\\"b.csv\"") END, "<file|a\"b.csv>." },
	{ "quotes as browsers do", PART("name=\"file\"; filename=\"a%22b%0D%0a.csv\"") END, "<file|a\"b__.csv>." },
	{ "a per cent sign stays", PART("name=\"file\"; filename=\"50%25 %zz.csv\"") END, "<file|50%25 %zz.csv>." },
	{ "UTF-8", PART("name=\"file\"; filename=\"Größe 名.csv\"") END, "<file|Größe 名.csv>." },
	{ "Latin-1", PART("name=\"file\"; filename=\"Gr\xf6\xdf" "e.csv\"") END, "<file|Gr__e.csv>." },
	{ "a Unix path", PART("name=\"file\"; filename=\"../../etc/passwd\"") END, "<file|passwd>." },
	{ "a Windows path", PART("name=\"file\"; filename=\"C:\\Lists\\a.csv\"") END, "<file|a.csv>." },
	{ "a path alone", PART("name=\"file\"; filename=\"/tmp/\"") END, "<file|tmp_>." },
	{ "a semicolon in a name", PART("name=\"file\"; filename=\"a;b=c.csv\"") END, "<file|a;b=c.csv>." },
	{ "another parameter", PART("x; name=\"a\"; filename*=UTF-8''b") END, "<a>." },
	{ "nothing", "", CUT },
	{ "another boundary", "--YY\r\n\r\n", CUT },
	{ "no end", PART("name=\"a\"") "x", CUT },
	{ "half an end", PART("name=\"a\"") "x\r\n--XX-", CUT },
	{ "half a header", "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n", CUT },
	{ "no header", "--XX\r\n\r\nx" END, UNREADABLE },
	{ "no disposition", "--XX\r\nContent-Type: text/plain\r\n\r\nx" END, UNREADABLE },
	{ "two dispositions", "--XX\r\nContent-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=b\r\n\r\nx" END, UNREADABLE },
	{ "another disposition", "--XX\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx" END, UNREADABLE },
	{ "no name", PART("filename=\"a\"") "x" END, UNREADABLE },
	{ "an empty name", PART("name=\"\"") "x" END, UNREADABLE },
	{ "a name with a line end", PART("name=\"a%0Ab\"") "x" END, UNREADABLE },
	{ "a name that is no UTF-8", PART("name=\"\xff\"") "x" END, UNREADABLE },
	{ "a quote that never ends", PART("name=\"a") "x" END, UNREADABLE },
	{ "a boundary that goes on", PART("name=\"a\"") "x\r\n--XXY\r\n" END, UNREADABLE },
};

static const struct {
	const char *type;
	bool good;
} types[] = {
	{ TYPE, true },
	{ "Multipart/Form-Data;BOUNDARY=\"XX\"", true },
	{ "multipart/form-data; charset=utf-8; boundary=XX ; x=y", true },
	{ NULL, false },
	{ "", false },
	{ "multipart/form-data", false },
	{ "multipart/form-data; boundary=", false },
	{ "multipart/form-data; boundary=\"", false },
	{ "multipart/form-data; boundary=\"XX", false },
	{ "multipart/form-data; boundary=\"XX \"", false },
	{ "multipart/form-data; boundary=X\r\nX", false },
	{ "multipart/form-datax; boundary=XX", false },
	{ "multipart/mixed; boundary=XX", false },
	{ "application/x-www-form-urlencoded", false },
	{ "multipart/form-data; boundary=0123456789012345678901234567890123456789012345678901234567890123456789x", false },
};
/* clang-format on */

static void
check_limits(struct buf *out)
{
	struct buf b = BUF_INIT;

	buf_str(&b, "--XX\r\nX: ");
	for (int i = 0; i < MULTIPART_HEADER_MAX; i++)
		buf_char(&b, 'x');
	buf_str(&b, "\r\n" PART("name=\"a\"") END);
	take(TYPE, b.data, b.len, 1000, out);
	is_str(out->data, UNREADABLE, "a header that is too long");

	buf_clear(&b);
	for (int i = 0; i <= MULTIPART_PARTS_MAX; i++)
		buf_str(&b, PART("name=\"a\"") "\r\n");
	buf_str(&b, "--XX--");
	take(TYPE, b.data, b.len, 1000, out);
	is_str(out->data, UNREADABLE, "too many parts");

	buf_clear(&b);
	buf_str(&b, "--XX\r\nContent-Disposition: form-data; name=f; "
		    "filename=\"");
	for (int i = 0; i < 300; i++)
		buf_str(&b, "ö");
	buf_str(&b, "\"\r\n\r\n" END);
	take(TYPE, b.data, b.len, 1000, out);
	is_int((int64_t)out->len, 4 + 2 * MULTIPART_NAME_MAX + 1,
	       "a long name is cut at a character");

	buf_clear(&b);
	buf_add(&b, "--XX\r\nContent-Disposition: form-data; name=\"a\0\"", 47);
	buf_str(&b, "\r\n\r\n" END);
	take(TYPE, b.data, b.len, 1000, out);
	is_str(out->data, UNREADABLE, "a NUL in a header");
	buf_free(&b);
}

int
main(void)
{
	struct buf out = BUF_INIT;

	for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
		size_t len = strlen(bodies[i].body), bad = 0;

		take(TYPE, bodies[i].body, len, len + 1, &out);
		is_str(out.data, bodies[i].parts, bodies[i].what);
		for (size_t step = 1; step < len; step++) {
			take(TYPE, bodies[i].body, len, step, &out);
			bad += strcmp(out.data, bodies[i].parts) != 0;
		}
		is_int((int64_t)bad, 0, "in pieces of every size too");
	}
	for (size_t i = 0; i < ARRAY_LEN(types); i++) {
		take(types[i].type, "--XX--", 6, 6, &out);
		is_str(out.data, types[i].good ? "" : "!type",
		       types[i].type ? types[i].type : "no type");
	}
	check_limits(&out);
	buf_free(&out);
	return tap_done();
}
