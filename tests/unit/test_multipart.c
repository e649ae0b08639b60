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
	{ "a text is read", PART("name=\"a\"") "x" END, "<a>x." },
	{ "two texts are read",
	  PART("name=\"a\"") "x\r\n" PART("name=\"b\"") "y" END, "<a>x.<b>y." },
	{ "an empty text is read", PART("name=\"a\"") END, "<a>." },
	{ "a file is read",
	  PART("name=\"file\"; filename=\"a.csv\"") "1,2\r\n3,4\r\n" END, "<file|a.csv>1,2\r\n3,4\r\n." },
	{ "a file may have a type of its own",
	  "--XX\r\nContent-Type: text/csv\r\ncontent-disposition: form-data; name=f; filename=a.csv\r\n\r\nx" END, "<f|a.csv>x." },
	{ "a form is read without a chosen file",
	  PART("name=\"file\"; filename=\"\"") END, "<file|>." },
	{ "text that is nearly a boundary is data",
	  PART("name=\"a\"") "\r\n--X\r\n--\r\r\n-\r\n--XY" END, "<a>\r\n--X\r\n--\r\r\n-\r\n--XY." },
	{ "many line ends are data",
	  PART("name=\"a\"") "\r\n\r\n\r\n\r\r\n" END, "<a>\r\n\r\n\r\n\r\r\n." },
	{ "a boundary inside a line is data",
	  PART("name=\"a\"") "x--XX--" END, "<a>x--XX--." },
	{ "a preamble and an epilogue are skipped",
	  "hello\r\n" PART("name=\"a\"") "x" END "bye\r\n--XX\r\n", "<a>x." },
	{ "blanks may follow a boundary",
	  "--XX \t\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx" END, "<a>x." },
	{ "quotes are read as programs write them",
	  PART("name=\"file\"; filename=\"a\\\"b.csv\"") END, "<file|a\"b.csv>." },
	{ "quotes are read as browsers write them",
	  PART("name=\"file\"; filename=\"a%22b%0D%0a.csv\"") END, "<file|a\"b__.csv>." },
	{ "a per cent sign stays", PART("name=\"file\"; filename=\"50%25 %zz.csv\"") END, "<file|50%25 %zz.csv>." },
	{ "a file name may be in UTF-8",
	  PART("name=\"file\"; filename=\"Größe 名.csv\"") END, "<file|Größe 名.csv>." },
	{ "letters in Latin-1 are replaced in a file name",
	  PART("name=\"file\"; filename=\"Gr\xf6\xdf" "e.csv\"") END, "<file|Gr__e.csv>." },
	{ "a Unix path is cut to the file name",
	  PART("name=\"file\"; filename=\"../../etc/passwd\"") END, "<file|passwd>." },
	{ "a Windows path is cut to the file name",
	  PART("name=\"file\"; filename=\"C:\\Lists\\a.csv\"") END, "<file|a.csv>." },
	{ "a path without a file name becomes one",
	  PART("name=\"file\"; filename=\"/tmp/\"") END, "<file|tmp_>." },
	{ "a file name may have a semicolon",
	  PART("name=\"file\"; filename=\"a;b=c.csv\"") END, "<file|a;b=c.csv>." },
	{ "other parameters are skipped",
	  PART("x; name=\"a\"; filename*=UTF-8''b") END, "<a>." },
	{ "an empty body is an interrupted upload", "", CUT },
	{ "a body with another boundary is interrupted", "--YY\r\n\r\n", CUT },
	{ "a body without an end is interrupted", PART("name=\"a\"") "x", CUT },
	{ "a body with half an end is interrupted",
	  PART("name=\"a\"") "x\r\n--XX-", CUT },
	{ "a body with half a header is interrupted",
	  "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n", CUT },
	{ "a part without a header is refused",
	  "--XX\r\n\r\nx" END, UNREADABLE },
	{ "a part without a disposition is refused",
	  "--XX\r\nContent-Type: text/plain\r\n\r\nx" END, UNREADABLE },
	{ "a part with two dispositions is refused",
	  "--XX\r\nContent-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=b\r\n\r\nx" END, UNREADABLE },
	{ "a part with another disposition is refused",
	  "--XX\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx" END, UNREADABLE },
	{ "a part without a name is refused",
	  PART("filename=\"a\"") "x" END, UNREADABLE },
	{ "a part with an empty name is refused",
	  PART("name=\"\"") "x" END, UNREADABLE },
	{ "a name with a line end is refused",
	  PART("name=\"a%0Ab\"") "x" END, UNREADABLE },
	{ "a name that is not UTF-8 is refused",
	  PART("name=\"\xff\"") "x" END, UNREADABLE },
	{ "a quote that never ends is refused",
	  PART("name=\"a") "x" END, UNREADABLE },
	{ "a boundary that goes on is refused",
	  PART("name=\"a\"") "x\r\n--XXY\r\n" END, UNREADABLE },
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
	is_str(out->data, UNREADABLE, "a header that is too long is refused");

	buf_clear(&b);
	for (int i = 0; i <= MULTIPART_PARTS_MAX; i++)
		buf_str(&b, PART("name=\"a\"") "\r\n");
	buf_str(&b, "--XX--");
	take(TYPE, b.data, b.len, 1000, out);
	is_str(out->data, UNREADABLE, "too many parts are refused");

	buf_clear(&b);
	buf_str(&b, "--XX\r\nContent-Disposition: form-data; name=f; "
		    "filename=\"");
	for (int i = 0; i < 300; i++)
		buf_str(&b, "ö");
	buf_str(&b, "\"\r\n\r\n" END);
	take(TYPE, b.data, b.len, 1000, out);
	is_int((int64_t)out->len, 4 + 2 * MULTIPART_NAME_MAX + 1,
	       "a long file name is cut at a character");

	buf_clear(&b);
	buf_add(&b, "--XX\r\nContent-Disposition: form-data; name=\"a\0\"", 47);
	buf_str(&b, "\r\n\r\n" END);
	take(TYPE, b.data, b.len, 1000, out);
	is_str(out->data, UNREADABLE, "a NUL in a header is refused");
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
		is_int((int64_t)bad, 0,
		       "pieces of every size give this result, too");
	}
	for (size_t i = 0; i < ARRAY_LEN(types); i++) {
		take(types[i].type, "--XX--", 6, 6, &out);
		is_str(out.data, types[i].good ? "" : "!type",
		       types[i].type ? types[i].type
				     : "a missing type is refused");
	}
	check_limits(&out);
	buf_free(&out);
	return tap_done();
}
