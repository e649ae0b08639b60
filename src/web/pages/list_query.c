#include "web/pages/list_query.h"

#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/secret.h"
#include "base/text.h"
#include "web/server/request.h"

#define UNKNOWN_MAX 40 /* bytes; a longer unknown value is not quoted */

const int64_t list_sizes[LIST_SIZES] = { 25, 50, 100 };

static const char *const directions[] = { "usual", "asc", "desc", NULL };
enum { USUAL, UP, DOWN };

/* clang-format off */
static const struct field fields[] = {
	{ FIELD(list_query, q), .max = 300, .def = "", .label = "Search" },
	{ FIELD(list_query, status), .words = campaign_status_filter, .def = "all",
	  .label = "Status" },
	{ FIELD(list_query, sort), .words = campaign_sort_words,
	  .def = "created", .label = "Sort" },
	{ FIELD(list_query, dir), .words = directions, .def = "usual",
	  .label = "Direction" },
	{ FIELD(list_query, size), .min = 25, .max = 100, .def = "25",
	  .label = "Rows per page" },
	{ FIELD(list_query, after), .max = CAMPAIGN_KEY_MAX - 1, .def = "",
	  .label = "Page" },
	{ FIELD(list_query, before), .max = CAMPAIGN_KEY_MAX - 1, .def = "",
	  .label = "Page" },
	{ FIELD(list_query, from), .min = 1, .max = UINT32_MAX, .def = "1",
	  .label = "Page" },
};
/* clang-format on */
static const struct record record = RECORD(fields);

/* By default names and statuses ascend, dates and figures descend. */
static bool
usually_up(unsigned sort)
{
	return sort == SORT_NAME || sort == SORT_STATUS;
}

bool
list_query_up(const struct list_query *l)
{
	return l->dir == USUAL ? usually_up(l->sort) : l->dir == UP;
}

struct list_query
list_query_first(const struct list_query *l)
{
	struct list_query to = *l;

	to.after = to.before = "";
	to.from = 1;
	return to;
}

struct list_query
list_query_sorted(const struct list_query *l, enum campaign_sort sort)
{
	struct list_query to = list_query_first(l);

	to.dir = USUAL;
	to.sort = sort;
	if (l->sort == sort && list_query_up(l) == usually_up(sort))
		to.dir = usually_up(sort) ? DOWN : UP;
	return to;
}

static bool
is_size(int64_t size)
{
	for (size_t i = 0; i < LIST_SIZES; i++) {
		if (list_sizes[i] == size)
			return true;
	}
	return false;
}

/* An old bookmark should still show the list, so an unknown choice gets the
 * default. */
static void
use_usual(struct request *q, struct list_query *out, const struct field *fd,
	  const char *value)
{
	struct fault unused;

	field_set(fd, out, fd->def, q->arena, &unused);
	out->unknown = arena_printf(q->arena, "%s “%s”", fd->label,
				    strlen(value) > UNKNOWN_MAX ? "…" : value);
}

static int
read_one(struct request *q, struct list_query *out, const struct field *fd,
	 struct fault *f)
{
	const char *value = pairs_get(&q->query, fd->name);
	bool good, choice = fd->words || fd->type == FIELD_INT;

	if (!value || !*value)
		return 0;
	good = field_set(fd, out, value, q->arena, f) == 0;
	if (good && strcmp(fd->name, "size") == 0)
		good = is_size(out->size);
	if (good)
		return 0;
	if (choice) {
		use_usual(q, out, fd, value);
		return 0;
	}
	q->refused = 400;
	return -1;
}

int
list_query_read(struct request *q, struct list_query *out, struct fault *f)
{
	record_defaults(&record, out, q->arena);
	out->unknown = NULL;
	for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
		if (read_one(q, out, &fields[i], f))
			return -1;
	}
	if (*out->after && *out->before)
		return request_refuse(q, 400, f,
				      "There is no such page of the list.");
	/* One list has one address: an explicit default counts as none. */
	if (out->dir == (usually_up(out->sort) ? UP : DOWN))
		out->dir = USUAL;
	return 0;
}

/* The value of a field in an address; "" for its default. */
static const char *
value_of(const struct list_query *l, const struct field *fd, struct arena *a)
{
	const char *value = field_text(fd, l, a);

	return strcmp(value, fd->def) == 0 ? "" : value;
}

const char *
list_query_address(const struct list_query *l, struct arena *a)
{
	const char *to = HOME_PATH;

	for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
		const char *value = value_of(l, &fields[i], a);

		if (*value)
			to = arena_printf(
				a, "%s%c%s=%s", to, strchr(to, '?') ? '&' : '?',
				fields[i].name, text_url_encode(a, value));
	}
	return to;
}

void
list_query_name(const struct list_query *l, struct arena *a,
		char out[static LIST_NAME_LEN + 1])
{
	const char *text = list_query_address(l, a);
	uint8_t digest[DIGEST_LEN];

	secret_digest(text, strlen(text), digest);
	secret_hex(digest, LIST_NAME_LEN / 2, out);
}

struct campaign_query
list_query_rows(const struct list_query *l, int64_t workspace_id)
{
	return (struct campaign_query){ .workspace_id = workspace_id,
					.search = l->q,
					.status = (int)l->status - 1,
					.sort = (enum campaign_sort)l->sort,
					.up = list_query_up(l),
					.limit = (int)l->size,
					.after = l->after,
					.before = l->before };
}

size_t
list_query_extras(const struct list_query *l,
		  struct list_extra out[static LIST_EXTRAS], struct arena *a)
{
	static const char *const names[LIST_EXTRAS] = { "sort", "dir", "size" };
	size_t count = 0;

	for (size_t i = 0; i < LIST_EXTRAS; i++) {
		const char *value =
			value_of(l, record_find(&record, names[i]), a);

		if (*value)
			out[count++] = (struct list_extra){ names[i], value };
	}
	return count;
}
