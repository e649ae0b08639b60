/* The names of countries, by ICU. */
#include <stdio.h>
#include <string.h>

#include <unicode/uloc.h>
#include <unicode/ustring.h>

#include "base/arena.h"
#include "base/text.h"

#define NAME_MOST 128 /* characters */

const char *
text_country(const char *code, struct arena *a)
{
	UErrorCode wrong = U_ZERO_ERROR;
	char locale[16], utf8[4 * NAME_MOST];
	UChar name[NAME_MOST];
	int32_t len, bytes = 0;

	snprintf(locale, sizeof(locale), "und_%.2s", code);
	len = uloc_getDisplayCountry(locale, "en", name, NAME_MOST, &wrong);
	if (!U_FAILURE(wrong))
		u_strToUTF8(utf8, sizeof(utf8), &bytes, name, len, &wrong);
	if (U_FAILURE(wrong) || bytes <= 0)
		return arena_strdup(a, code);
	return arena_memdup(a, utf8, (size_t)bytes);
}
