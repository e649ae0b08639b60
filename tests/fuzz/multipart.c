/* Parts and refusals do not depend on where the pieces of a body end; what goes
 * out is clean, and holds no boundary. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/text.h"
#include "tests/fuzz/fuzz.h"
#include "web/server/multipart.h"

#define TYPE "multipart/form-data; boundary=XX"

struct out {
	struct buf all, data;
	bool inside;
	int parts;
};

static bool
is_clean(const char *s)
{
	for (const char *c = s; *c; c++) {
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			return false;
	}
	return text_is_utf8(s, strlen(s));
}

static int
part(void *arg, const char *name, const char *file, struct fault *f)
{
	struct out *o = arg;

	(void)f;
	MUST(!o->inside && ++o->parts <= MULTIPART_PARTS_MAX);
	MUST(*name && is_clean(name));
	MUST(!file || (is_clean(file) && !strpbrk(file, "/\\") &&
		       text_length(file) <= MULTIPART_NAME_MAX));
	buf_printf(&o->all, "\n<%s|%s>", name, file ? file : "");
	buf_clear(&o->data);
	o->inside = true;
	return 0;
}

static int
data(void *arg, const char *p, size_t len, struct fault *f)
{
	struct out *o = arg;

	(void)f;
	MUST(o->inside && len);
	buf_add(&o->all, p, len);
	buf_add(&o->data, p, len);
	return 0;
}

static int
end(void *arg, struct fault *f)
{
	struct out *o = arg;

	(void)f;
	MUST(o->inside);
	o->inside = false;
	return 0;
}

/* True: the whole body was one. */
static bool
read_all(const char *type, const char *p, size_t len, size_t step,
	 struct out *o)
{
	struct multipart_hooks h = { part, data, end, o };
	struct multipart *m = multipart_open(type, &h);
	struct fault f = { 0 };
	int rc = 0;

	if (!m)
		return false;
	for (size_t at = 0; at < len && !rc; at += step)
		rc = multipart_feed(m, p + at,
				    len - at < step ? len - at : step, &f);
	if (!rc)
		rc = multipart_end(m, &f);
	MUST(!rc == !f.code && !rc == !f.text[0]);
	MUST(rc || !o->inside);
	multipart_close(m);
	return !rc;
}

static void
try_type(const char *type, const char *p, size_t len, const char *delimiter)
{
	struct out whole = { .all = BUF_INIT, .data = BUF_INIT };
	struct out pieces = { .all = BUF_INIT, .data = BUF_INIT };
	size_t step = len ? 1 + (unsigned char)p[len - 1] % 9 : 1;
	bool first = read_all(type, p, len, len + 1, &whole);
	bool second = read_all(type, p, len, step, &pieces);

	MUST(first == second);
	MUST(!first ||
	     (whole.all.len == pieces.all.len &&
	      !memcmp(whole.all.data, pieces.all.data, whole.all.len)));
	MUST(!first || !delimiter ||
	     !memmem(whole.data.data, whole.data.len, delimiter,
		     strlen(delimiter)));
	buf_free(&whole.all);
	buf_free(&whole.data);
	buf_free(&pieces.all);
	buf_free(&pieces.data);
}

/* A body; or a type, a line end and a body. */
int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const char *p = (const char *)bytes;
	const char *line = memchr(p, '\n', size);

	try_type(TYPE, p, size, "\r\n--XX");
	if (line) {
		struct arena *a = arena_new();

		try_type(arena_memdup(a, p, (size_t)(line - p)), line + 1,
			 size - (size_t)(line - p) - 1, NULL);
		arena_free(a);
	}
	return 0;
}
