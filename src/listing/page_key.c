#include "listing/page_key.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/secret.h"
#include "base/text.h"

/* clang-format off */
const char *const campaign_status_filter[] = { "all", CAMPAIGN_STATUS_WORDS,
					       NULL };
const char *const campaign_sort_words[] = {
#define X(name, word, ...) word,
	CAMPAIGN_SORTS(X)
#undef X
	NULL
};
/* clang-format on */

#define TIME_DIGITS 18
#define ID_DIGITS 10

static const char letters[] = /* by enum campaign_sort */
#define X(name, word, letter) letter
	CAMPAIGN_SORTS(X)
#undef X
	;
static const char *const edges[] = { "first", NULL, "last" };

static bool
has_number(enum campaign_sort sort)
{
	return sort != SORT_CREATED && sort != SORT_NAME;
}

const char *
campaign_key_text(const struct campaign_key *k, struct arena *a)
{
	char id[ID_DIGITS + 1], hex[2 * NAME_KEY_MAX + 1];
	const char *head;

	if (k->edge != KEY_ROW)
		return arena_printf(a, "%c%s", letters[k->sort],
				    edges[k->edge + 1]);
	text_short_id((uint64_t)k->id, id);
	head = arena_printf(a, "%c%" PRId64 ".%s", letters[k->sort], k->at, id);
	if (has_number(k->sort))
		return arena_printf(a, "%s.%" PRId64, head, k->value);
	if (k->sort != SORT_NAME)
		return head;
	secret_hex(k->name, k->name_len, hex);
	return arena_printf(a, "%s.%s", head, hex);
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static int
read_name(const char *hex, struct campaign_key *k, struct arena *a)
{
	size_t len = strlen(hex);
	uint8_t *name;

	if (len % 2 || len > 2 * NAME_KEY_MAX)
		return -1;
	name = arena_alloc(a, len / 2 + 1);
	for (size_t i = 0; i < len; i += 2) {
		int high = hex_digit(hex[i]), low = hex_digit(hex[i + 1]);

		if (high < 0 || low < 0)
			return -1;
		name[i / 2] = (uint8_t)(high << 4 | low);
	}
	k->name = name;
	k->name_len = len / 2;
	return 0;
}

/* The part up to the next dot, which it skips, or to the end; NULL when it is
 * longer than 'most'. */
static const char *
take(const char **s, size_t most, struct arena *a)
{
	size_t len = strcspn(*s, ".");
	const char *piece = *s;

	if (len > most)
		return NULL;
	*s += len + (piece[len] == '.');
	return arena_memdup(a, piece, len);
}

/* Reads a status, a percentage, or a rate in tenths of a percent (-1: none). */
static int
read_number(const char *s, struct campaign_key *k)
{
	bool status = k->sort == SORT_STATUS;
	int64_t least = status ? 0 : -1;
	int64_t most = status ? CAMPAIGN_STATUS_MAX - 1 : 1000;

	return text_int(s, &k->value) || k->value < least || k->value > most
		       ? -1
		       : 0;
}

static int
read_row(const char *s, struct campaign_key *k, struct arena *a)
{
	const char *at = take(&s, TIME_DIGITS, a), *id;
	uint64_t n;

	if (!at || text_int(at, &k->at) || k->at < 0 || k->at > KEY_TIME_MAX)
		return -1;
	id = take(&s, ID_DIGITS, a);
	if (!id || text_parse_short_id(id, &n))
		return -1;
	k->id = (int64_t)n;
	if (k->sort == SORT_NAME)
		return read_name(s, k, a);
	if (has_number(k->sort))
		return read_number(s, k);
	return *s ? -1 : 0;
}

static int
read_text(const char *s, struct campaign_key *k, struct arena *a)
{
	if (*s++ != letters[k->sort])
		return -1;
	for (int e = KEY_FIRST; e <= KEY_LAST; e++) {
		if (edges[e + 1] && strcmp(s, edges[e + 1]) == 0) {
			k->edge = (enum key_edge)e;
			return 0;
		}
	}
	return read_row(s, k, a);
}

int
campaign_key_read(const char *text, enum campaign_sort sort,
		  struct campaign_key *out, struct arena *a, struct fault *f)
{
	struct campaign_key k = { .sort = sort };

	if (read_text(text, &k, a))
		return fault_set(f, FAULT_INVALID,
				 "There is no such page of the list.");
	*out = k;
	return 0;
}
