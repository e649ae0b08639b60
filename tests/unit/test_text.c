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
	{ "empty",                  "", true },
	{ "two bytes, lowest",      "\xc2\x80", true },
	{ "three bytes, highest",   "\xef\xbf\xbf", true },
	{ "four bytes, highest",    "\xf4\x8f\xbf\xbf", true },
	{ "before surrogates",      "\xed\x9f\xbf", true },
	{ "overlong of two",        "\xc1\xbf", false },
	{ "overlong of three",      "\xe0\x9f\xbf", false },
	{ "overlong of four",       "\xf0\x8f\xbf\xbf", false },
	{ "surrogate",              "\xed\xa0\x80", false },
	{ "above U+10FFFF",         "\xf4\x90\x80\x80", false },
	{ "lone continuation",      "a\x80", false },
	{ "cut short",              "\xe2\x82", false },
	{ "five bytes",             "\xf8\x88\x80\x80\x80", false },
	{ "Latin-1",                "M\xfcller", false },
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
		is_int(value, numbers[i].value, "its value, or untouched");
	}
	is_str(text_insert(arena, "Stop %s?", "2%s"), "Stop 2%s?", "inserted");
	is_str(text_insert(arena, "Stop?", "it"), "Stop?", "no place for it");
	is_str(text_thousands(arena, 0), "0", "no thousands");
	is_str(text_thousands(arena, 999), "999", "below a thousand");
	is_str(text_thousands(arena, 1000), "1,000", "a thousand");
	is_str(text_thousands(arena, -1234567), "-1,234,567", "below zero");
	is_str(text_thousands(arena, INT64_MIN), "-9,223,372,036,854,775,808",
	       "the least number");
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
	is_int((int64_t)text_length("aü€😀"), 4, "length in characters");
	is_int((int64_t)text_char("\xe2\x82\xac", 2), 0, "a character cut");
	is_int((int64_t)text_char("\xe2\x82\xac", 3), 3, "a whole one");
}

static void
test_trim(void)
{
	is_str(text_trim(arena, " \t\r\n\v\f a b \xc2\xa0"), "a b", "trimmed");
	is_str(text_trim(arena, "\xc2\xa0 \xc2\xa0"), "", "nothing is left");
	is_str(text_trim(arena, "à"), "à", "a letter that ends with A0");
	is_str(text_trim(arena, "\xc3\xa0 "), "à", "and a space after it");
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
	is_str(text_url_decode(arena, "a%4", 3), NULL, "cut in an escape");
	is_str(text_url_decode(arena, "a%41x", 4), "aA", "length counts");
	ok(!text_url_decode(arena, "a\0b", 3), "a raw NUL is refused");
	is_str(text_url_encode(arena, "a b/ü~-._&=+"),
	       "a%20b%2F%C3%BC~-._%26%3D%2B", "encoded");
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
	is_str(id, "0000000000", "the first id");
	text_short_id(last, id);
	is_str(id, "zzzzzzzzzz", "the last id");
	is_int(text_parse_short_id(id, &n), 0, "is read");
	ok(n == last, "as it was written");
	text_short_id(UINT64_C(0x2a5f0c3b7d91e), id);
	ok(!text_parse_short_id(id, &n) && n == UINT64_C(0x2a5f0c3b7d91e),
	   "and so is one between");
	is_int(text_parse_short_id("OoIiLl0011", &n), 0, "confusions");
	text_short_id(n, id);
	is_str(id, "0011110011", "mean the digits");
	n = 7;
	is_int(text_parse_short_id("00000000u0", &n), -1, "u is no digit");
	is_int(text_parse_short_id("000000000", &n), -1, "too short");
	is_int(text_parse_short_id("00000000000", &n), -1, "too long");
	is_int(text_parse_short_id("00000-0000", &n), -1, "no hyphen");
	is_int(text_parse_short_id("00000000\xc3\xa9", &n), -1, "no accent");
	is_int((int64_t)n, 7, "and nothing was written");
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
	       "what is a letter of its own elsewhere stays");
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
