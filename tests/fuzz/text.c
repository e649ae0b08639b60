/* Strings from outside: ICU judges UTF-8, and what is coded can be decoded. */
#include <stdio.h>
#include <string.h>

#include <unicode/ustring.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"
#include "base/zone.h"
#include "tests/fuzz/fuzz.h"

static void
try_utf8(struct arena *a, const char *s, size_t len)
{
	UErrorCode bad = U_ZERO_ERROR;
	UChar *wide = ARENA_ARRAY(a, len + 1, UChar);
	struct fault f;

	u_strFromUTF8(wide, (int32_t)len + 1, NULL, s, (int32_t)len, &bad);
	MUST(text_is_utf8(s, len) == (U_SUCCESS(bad) && !memchr(s, 0, len)));
	if (!text_is_utf8(s, len))
		return;
	MUST(text_length(s) <= len);
	fault_set(&f, FAULT_BROKEN, "%s%s%s", s, s, s);
	MUST(text_is_utf8(f.text, strlen(f.text)));
}

static void
try_copies(struct arena *a, const char *s)
{
	const char *trimmed = text_trim(a, s);
	const char *folded = text_fold(a, s);
	const char *coded = text_url_encode(a, s);

	MUST(!strcmp(text_trim(a, trimmed), trimmed));
	MUST(text_is_utf8(folded, strlen(folded)));
	MUST(!strcmp(text_fold(a, folded), folded));
	MUST(text_is_utf8(text_search(a, s), strlen(text_search(a, s))));
	MUST(!strcmp(text_url_decode(a, coded, strlen(coded)), s));
}

static void
try_numbers(struct arena *a, const char *s)
{
	char id[11], iso[28], mask[24];
	int64_t n, us;
	uint64_t short_id;

	if (!text_int(s, &n)) {
		MUST(strtoll(s, NULL, 10) == n);
		MUST(strlen(text_thousands(a, n)) < 27);
	}
	if (!text_parse_short_id(s, &short_id)) {
		uint64_t again;

		text_short_id(short_id, id);
		MUST(!text_parse_short_id(id, &again) && again == short_id);
	}
	if (!time_parse_iso(s, &us)) {
		int64_t again;

		time_iso(us, iso);
		MUST(!time_parse_iso(iso, &again) && again == us);
	}
	MUST(strlen(text_mask_phone(s, mask)) < sizeof(mask));
	zone_exists(s);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	const char *s = arena_memdup(a, data, size);

	try_utf8(a, s, size);
	text_url_decode(a, s, size);
	try_copies(a, s);
	try_numbers(a, s);
	arena_free(a);
	return 0;
}
