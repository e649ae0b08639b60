/* Strings as the outside sends them. */
#include "base/arena.h"
#include "base/text.h"
#include "tests/tap.h"

static struct arena *arena;

/* clang-format off */
static const struct {
	const char *text;
	int got;
	int64_t value;
} numbers[] = {
	{ "0", 0, 0 },
	{ "-0", 0, 0 },
	{ "007", 0, 7 },
	{ "9223372036854775807", 0, INT64_MAX },
	{ "-9223372036854775808", 0, INT64_MIN },
	{ "9223372036854775808", -1, 99 },
	{ "-9223372036854775809", -1, 99 },
	{ "99999999999999999999999", -1, 99 },
	{ "", -1, 99 }, { "-", -1, 99 }, { "+1", -1, 99 }, { " 1", -1, 99 },
	{ "1 ", -1, 99 }, { "1.0", -1, 99 }, { "0x10", -1, 99 },
	{ "1e3", -1, 99 }, { "--1", -1, 99 }, { "1,000", -1, 99 },
	{ "\xd9\xa1", -1, 99 },
};

static const struct {
	const char *what, *bytes;
	bool good;
} encodings[] = {
	{ "an empty text is UTF-8", "", true },
	{ "the lowest character of two bytes is UTF-8", "\xc2\x80", true },
	{ "the highest character of three bytes is UTF-8",
	  "\xef\xbf\xbf", true },
	{ "the highest character of four bytes is UTF-8",
	  "\xf4\x8f\xbf\xbf", true },
	{ "the last character before the surrogates is UTF-8",
	  "\xed\x9f\xbf", true },
	{ "an overlong form of two bytes is refused", "\xc1\xbf", false },
	{ "an overlong form of three bytes is refused", "\xe0\x9f\xbf", false },
	{ "an overlong form of four bytes is refused",
	  "\xf0\x8f\xbf\xbf", false },
	{ "a surrogate is refused", "\xed\xa0\x80", false },
	{ "a character above U+10FFFF is refused", "\xf4\x90\x80\x80", false },
	{ "a lone continuation byte is refused", "a\x80", false },
	{ "a character that is cut short is refused", "\xe2\x82", false },
	{ "a form of five bytes is refused", "\xf8\x88\x80\x80\x80", false },
	{ "a text in Latin-1 is refused", "M\xfcller", false },
};

/* What is typed, and the name that it finds. */
static const struct {
	const char *typed, *name;
} searches[] = {
	{ "istanbul", "İstanbul bayram" }, { "ISTANBUL", "İstanbul bayram" },
	{ "İSTANBUL", "istanbul" },        { "ıstanbul", "ISTANBUL" },
	{ "isik", "IŞIK" },                { "ışık", "isik" },
	{ "i\xcc\x87stanbul", "İstanbul" }, { "strasse", "STRAẞE" },
	{ "straße", "Strasse" },           { "muller", "Müller" },
	{ "MÜLLER", "mu\xcc\x88ller" },    { "lodz", "Łódź" },
	{ "aero", "Ærø" },                 { "thor", "Þór" },
	{ "jacek", "\xc7\xb0""acek" },       { "σισυφος", "ΣΊΣΥΦΟΣ" },
	{ "елка", "Ёлка" },                { "fin", "ﬁn" },
	{ "full", "Ｆｕｌｌ" },             { "한국", "한국" },
	{ "がく", "がく" },
};

static const struct {
	const char *text, *folded;
} folds[] = {
	{ "", "" },
	{ "Hello World 42", "hello world 42" },
	{ "STRASSE", "strasse" },
	{ "Straße", "strasse" },
	{ "ÀÉÎ", "àéî" },
	{ "ΣΊΣΥΦΟΣ", "σίσυφοσ" },
	{ "ﬁn", "fin" },
	{ "Ｆｕｌｌ", "full" },
	{ "e\xcc\x81", "é" },
	{ "a\xc2\xad" "b", "ab" },
	{ "МОСКВА", "москва" },
	{ "東京", "東京" },
	{ "\xf0\x90\x90\x80", "\xf0\x90\x90\xa8" },
};

static const struct {
	const char *text, *decoded;
} urls[] = {
	{ "", "" },
	{ "a+b%20c", "a b c" },
	{ "%C3%bc%2B", "ü+" },
	{ "100%", NULL }, { "%4", NULL }, { "%zz", NULL }, { "%00", NULL },
	{ "%-1", NULL }, { "%%41", NULL },
};

static const struct {
	const char *phone, *masked;
} phones[] = {
	{ "4930123467", "4930****67" },
	{ "491701234567", "4917******67" },
	{ "12345678", "12****78" },
	{ "1234567", "*******" },
	{ "", "" },
	{ "1234567890123456789012345678", "1234*****************23" },
};
/* clang-format on */

static void
test_numbers(void)
{
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
		int64_t value = 99;

		is_int(text_int(numbers[i].text, &value), numbers[i].got,
		       numbers[i].text);
		is_int(value, numbers[i].value,
		       "the number is read, or the value is untouched");
	}
	is_str(text_insert(arena, "Stop %s?", "2%s"), "Stop 2%s?",
	       "a text is inserted at its place");
	is_str(text_insert(arena, "Stop?", "it"), "Stop?",
	       "a text without a place stays as it is");
	is_str(text_thousands(arena, 0), "0", "0 has no comma");
	is_str(text_thousands(arena, 999), "999", "999 has no comma");
	is_str(text_thousands(arena, 1000), "1,000", "a thousand has a comma");
	is_str(text_thousands(arena, -1234567), "-1,234,567",
	       "a negative number has its commas");
	is_str(text_thousands(arena, INT64_MIN), "-9,223,372,036,854,775,808",
	       "the least number has its commas");
	is_str(text_duration(arena, 59499999), "59 s", "seconds are rounded");
	is_str(text_duration(arena, 59500000), "1 min 0 s",
	       "up to a minute, too");
	is_str(text_duration(arena, 125 * INT64_C(1000000)), "2 min 5 s",
	       "minutes have seconds");
	is_str(text_duration(arena, 4859 * INT64_C(1000000)), "1 h 20 min",
	       "hours have minutes");
}

static void
test_utf8(void)
{
	for (size_t i = 0; i < ARRAY_LEN(encodings); i++) {
		const char *s = encodings[i].bytes;

		ok(text_is_utf8(s, strlen(s)) == encodings[i].good,
		   encodings[i].what);
	}
	ok(!text_is_utf8("a\0b", 3), "a NUL is no text");
	is_int((int64_t)text_length("aü€😀"), 4,
	       "the length is counted in characters");
	is_int((int64_t)text_char("\xe2\x82\xac", 2), 0,
	       "a character that is cut has no length");
	is_int((int64_t)text_char("\xe2\x82\xac", 3), 3,
	       "a whole character has its length");
}

static void
test_trim(void)
{
	is_str(text_trim(arena, " \t\r\n\v\f a b \xc2\xa0"), "a b",
	       "spaces are trimmed at both ends");
	is_str(text_trim(arena, "\xc2\xa0 \xc2\xa0"), "",
	       "a text of only spaces is trimmed to nothing");
	is_str(text_trim(arena, "à"), "à",
	       "a letter that ends with the byte A0 stays");
	is_str(text_trim(arena, "\xc3\xa0 "), "à",
	       "a space after such a letter is trimmed");
}

static void
test_urls(void)
{
	char every[256];
	const char *coded;

	for (size_t i = 0; i < ARRAY_LEN(urls); i++)
		is_str(text_url_decode(arena, urls[i].text,
				       strlen(urls[i].text)),
		       urls[i].decoded, urls[i].text);
	is_str(text_url_decode(arena, "a%4", 3), NULL,
	       "a text that is cut in an escape is refused");
	is_str(text_url_decode(arena, "a%41x", 4), "aA",
	       "only the given length is decoded");
	ok(!text_url_decode(arena, "a\0b", 3), "a raw NUL is refused");
	is_str(text_url_encode(arena, "a b/ü~-._&=+"),
	       "a%20b%2F%C3%BC~-._%26%3D%2B", "a text is encoded for a URL");
	for (int i = 0; i < 255; i++)
		every[i] = (char)(i + 1);
	every[255] = '\0';
	coded = text_url_encode(arena, every);
	is_str(text_url_decode(arena, coded, strlen(coded)), every,
	       "every byte survives the way there and back");
}

static void
test_short_ids(void)
{
	const uint64_t last = (UINT64_C(1) << 50) - 1;
	char id[11];
	uint64_t n = 7;

	text_short_id(0, id);
	is_str(id, "0000000000", "the first id is all zeros");
	text_short_id(last, id);
	is_str(id, "zzzzzzzzzz", "the last id is all z");
	is_int(text_parse_short_id(id, &n), 0, "the last id is read");
	ok(n == last, "the last id is read as it was written");
	text_short_id(UINT64_C(0x2a5f0c3b7d91e), id);
	ok(!text_parse_short_id(id, &n) && n == UINT64_C(0x2a5f0c3b7d91e),
	   "an id between the first and the last is read back");
	is_int(text_parse_short_id("OoIiLl0011", &n), 0,
	       "letters that look like digits are read");
	text_short_id(n, id);
	is_str(id, "0011110011",
	       "letters that look like digits mean the digits");
	n = 7;
	is_int(text_parse_short_id("00000000u0", &n), -1, "u is no digit");
	is_int(text_parse_short_id("000000000", &n), -1,
	       "a text that is too short is no id");
	is_int(text_parse_short_id("00000000000", &n), -1,
	       "a text that is too long is no id");
	is_int(text_parse_short_id("00000-0000", &n), -1,
	       "a text with a hyphen is no id");
	is_int(text_parse_short_id("00000000\xc3\xa9", &n), -1,
	       "a text with an accent is no id");
	is_int((int64_t)n, 7, "a refused text leaves the number untouched");
}

int
main(void)
{
	char out[24];

	arena = arena_new();
	test_numbers();
	test_utf8();
	test_trim();
	for (size_t i = 0; i < ARRAY_LEN(folds); i++)
		is_str(text_fold(arena, folds[i].text), folds[i].folded,
		       folds[i].text);
	for (size_t i = 0; i < ARRAY_LEN(searches); i++)
		ok(strstr(text_search(arena, searches[i].name),
			  text_search(arena, searches[i].typed)),
		   searches[i].typed);
	is_str(text_search(arena, "がく"), "がく",
	       "a letter of its own in another script stays");
	ok(text_is_utf8(text_fold(arena, "\xff\xc3\xbc"), 5),
	   "folding broken text gives whole text");
	test_urls();
	test_short_ids();
	for (size_t i = 0; i < ARRAY_LEN(phones); i++)
		is_str(text_mask_phone(phones[i].phone, out), phones[i].masked,
		       phones[i].phone);
	arena_free(arena);
	return tap_done();
}
