/* Phone numbers as people write them, in several default countries. */
#include "base/arena.h"
#include "domain/phone.h"
#include "domain/phone_set.h"
#include "tests/tap.h"

/* clang-format off */
static const struct {
	const char *what, *country, *text;
	const char *digits; /* NULL: refused */
} cases[] = {
	{ "international",            "GB", "+49 151 12345678",    "4915112345678" },
	{ "with a doubled zero",      "GB", "0049 151 12345678",   "4915112345678" },
	{ "with signs",               "GB", "+44 (0)20-7946-0000", "442079460000" },
	{ "no-break spaces",          "GB", "+44\u00a020\u00a07946\u00a00000", "442079460000" },
	{ "national",                 "GB", "020 7946 0000",       "442079460000" },
	{ "national, zero lost",      "GB", "7911123456",          "447911123456" },
	{ "own code, no plus",        "GB", "447911123456",        "447911123456" },
	{ "another code, no plus",    "GB", "4915112345678",       "4915112345678" },
	{ "national",                 "DE", "0151 12345678",       "4915112345678" },
	{ "own code, no plus",        "DE", "4915112345678",       "4915112345678" },
	{ "zero lost",                "DE", "15112345678",         "4915112345678" },
	{ "national",                 "US", "(202) 555-0123",      "12025550123" },
	{ "own code, no plus",        "US", "12025550123",         "12025550123" },
	{ "another code, no plus",    "US", "33612345678",         "33612345678" },
	{ "Italy keeps its zero",     "GB", "+39 06 6982 0000",    "390669820000" },
	{ "possible, but unknown",    "GB", "+44 5599 999999",     "445599999999" },
	{ "old Mexican mobile",       "GB", "+52 1 55 1234 5678",  "525512345678" },
	{ "seven digits",             "GB", "1234567",             NULL },
	{ "sixteen digits",           "GB", "1234567890123456",    NULL },
	{ "letters",                  "GB", "+44 CALL NOW 1",      NULL },
	{ "an extension",             "GB", "+442079460000x12",    NULL },
	{ "two plus signs",           "GB", "++442079460000",      NULL },
	{ "a plus in the middle",     "GB", "44+2079460000",       NULL },
	{ "nothing",                  "GB", "",                    NULL },
	{ "only spaces",              "GB", "   ",                 NULL },
	{ "no such country code",     "GB", "+999 1234567",        NULL },
	{ "too long for its country", "GB", "+44 20 7946 00001",   NULL },
	{ "another script's digits",  "GB", "+٤٤٢٠٧٩٤٦٠٠٠٠",       NULL },
};
/* clang-format on */

static void
check_case(size_t i)
{
	struct phone_reader *p = phone_open(cases[i].country);
	char digits[PHONE_TEXT] = "";
	const char *why = "";
	int rc = phone_read(p, cases[i].text, strlen(cases[i].text), digits,
			    &why);

	is_str(rc ? NULL : digits, cases[i].digits, cases[i].what);
	if (rc)
		printf("# %s\n", why);
	phone_close(p);
}

/* The quick way and libphonenumber's own must not differ. */
static void
check_quick_way(void)
{
	static const char *const heads[] = { "+4915", "+4479", "+1202555",
					     "+336",  "+3906", "+9198",
					     "+5511", "+8613", "+61412",
					     "+35387" };
	struct phone_reader *p = phone_open("GB");
	int differ = 0;

	for (size_t i = 0; i < ARRAY_LEN(heads); i++) {
		for (int tail = 0; tail < 100000000; tail += 999983) {
			char text[32], quick[PHONE_TEXT] = "";
			char slow[PHONE_TEXT] = "";
			const char *why;

			snprintf(text, sizeof(text), "%s%0*d", heads[i],
				 tail % 3 + 5, tail);
			phone_read(p, text, strlen(text), quick, &why);
			if (strlen(text) < 9 || strlen(text) > 16)
				continue;
			phone_lib_parse(text, "GB", slow);
			if (strcmp(quick, slow) != 0) {
				printf("# %s: %s, %s\n", text, quick, slow);
				differ++;
			}
		}
	}
	is_int(differ, 0, "the tables agree with the library");
	phone_close(p);
}

static void
check_set(void)
{
	struct phone_set *s = phone_set_open();
	char phone[PHONE_TEXT];
	int twice = 0, missed = 0;

	for (int i = 0; i < 100000; i++) {
		snprintf(phone, sizeof(phone), "4477%08d", i);
		twice += !phone_set_add(s, phone);
	}
	for (int i = 0; i < 100000; i++) {
		snprintf(phone, sizeof(phone), "4477%08d", i);
		missed += phone_set_add(s, phone);
	}
	is_int(twice, 0, "a hundred thousand numbers are new");
	is_int(missed, 0, "and then known");
	ok(phone_set_add(s, "12345678") && phone_set_add(s, "012345678") &&
		   !phone_set_add(s, "12345678"),
	   "a leading zero makes another number");
	ok(phone_set_add(s, "999999999999999"), "fifteen digits");
	phone_set_close(s);
	phone_set_close(NULL);
}

int
main(void)
{
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		check_case(i);
	ok(!phone_open("ZZ") && !phone_open(""), "a country that is none");
	check_quick_way();
	check_set();
	return tap_done();
}
