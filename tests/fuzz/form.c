/* A form is read whole and clean, or not at all; written again it is read as
 * the same. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/text.h"
#include "tests/fuzz/fuzz.h"
#include "web/server/request.h"
#include "web/server/return_path.h"
#include "web/server/route.h"

#define FORM_MAX 65536

struct body {
	const char *p;
	size_t len;
};

/* The rest of the web stays out of this. */
bool
route_is_page(const char *path)
{
	return path != NULL;
}

static size_t
give(void *stream, char *to, size_t len)
{
	struct body *b = stream;
	size_t n = b->len < len ? b->len : len;

	if (n > 7)
		n = 7;
	memcpy(to, b->p, n);
	b->p += n;
	b->len -= n;
	return n;
}

static bool
read_form(struct request *q, struct arena *a, const char *p, size_t len)
{
	static char type[] =
		"CONTENT_TYPE=application/x-www-form-urlencoded; charset=x";
	static char *envp[] = { type, NULL };
	struct body body = { p, len };
	struct fault f = { 0 };

	*q = (struct request){ .arena = a,
			       .envp = envp,
			       .read = give,
			       .stream = &body,
			       .body_len = (int64_t)len };
	if (request_form(q, FORM_MAX, &f)) {
		MUST(f.code == FAULT_INVALID && f.text[0]);
		MUST(q->refused == (len > FORM_MAX ? 413 : 400));
		return false;
	}
	MUST(!body.len && !q->refused && q->form.count <= PAIRS_MAX);
	return true;
}

static void
check_clean(const char *s)
{
	MUST(request_is_clean(s, strlen(s)));
	MUST(text_is_utf8(s, strlen(s)));
}

static void
check_again(const struct pairs *form, struct arena *a)
{
	struct buf b = BUF_INIT;
	struct request again;

	for (size_t i = 0; i < form->count; i++) {
		const struct pair *p = &form->at[i];

		check_clean(p->name);
		check_clean(p->value);
		buf_printf(&b, "%s%s=%s", i ? "&" : "",
			   text_url_encode(a, p->name),
			   text_url_encode(a, p->value));
	}
	if (b.len <= FORM_MAX) {
		MUST(read_form(&again, a, b.data, b.len));
		MUST(again.form.count == form->count);
	}
	for (size_t i = 0; b.len <= FORM_MAX && i < form->count; i++) {
		MUST(!strcmp(again.form.at[i].name, form->at[i].name));
		MUST(!strcmp(again.form.at[i].value, form->at[i].value));
		MUST(pairs_get(&again.form, form->at[i].name));
	}
	buf_free(&b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	struct request q;

	if (read_form(&q, a, (const char *)data, size)) {
		check_again(&q.form, a);
		return_path_of(&q);
	}
	arena_free(a);
	return 0;
}
