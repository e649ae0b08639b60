/* Phone numbers as people write them, in several default countries. */
#include <stdlib.h>

#include "base/arena.h"
#include "phone/phone.h"
#include "phone/phone_set.h"
#include "tests/tap.h"

/* clang-format off */
static const struct {
	const char *what, *country, *text;
	const char *digits; /* NULL: refused */
} cases[] = {
	{ "an international number is read",
	  "GB", "+49 151 12345678", "4915112345678" },
	{ "a doubled zero may stand for the plus",
	  "GB", "0049 151 12345678", "4915112345678" },
	{ "signs between the digits are skipped",
	  "GB", "+44 (0)20-7946-0000", "442079460000" },
	{ "no-break spaces are skipped",
	  "GB", "+44\u00a020\u00a07946\u00a00000", "442079460000" },
	{ "a national number is read in Great Britain",
	  "GB", "020 7946 0000", "442079460000" },
	{ "a British number without its zero is read",
	  "GB", "7911123456", "447911123456" },
	{ "the code of Great Britain needs no plus at home",
	  "GB", "447911123456", "447911123456" },
	{ "the code of another country needs no plus",
	  "GB", "4915112345678", "4915112345678" },
	{ "a national number is read in Germany",
	  "DE", "0151 12345678", "4915112345678" },
	{ "the code of Germany needs no plus at home",
	  "DE", "4915112345678", "4915112345678" },
	{ "a German number without its zero is read",
	  "DE", "15112345678", "4915112345678" },
	{ "a national number is read in the USA",
	  "US", "(202) 555-0123", "12025550123" },
	{ "the code of the USA needs no plus at home",
	  "US", "12025550123", "12025550123" },
	{ "the code of another country needs no plus in the USA",
	  "US", "33612345678", "33612345678" },
	{ "an Italian number keeps its zero",
	  "GB", "+39 06 6982 0000", "390669820000" },
	{ "a possible but unknown number is read",
	  "GB", "+44 1000 000000", "441000000000" },
	{ "an old Mexican mobile number loses its 1",
	  "GB", "+52 1 55 1234 5678", "525512345678" },
	{ "seven digits are refused", "GB", "1234567", NULL },
	{ "sixteen digits are refused", "GB", "1234567890123456", NULL },
	{ "letters are refused", "GB", "+44 CALL NOW 1", NULL },
	{ "an extension is refused", "GB", "+442079460000x12", NULL },
	{ "two plus signs are refused", "GB", "++442079460000", NULL },
	{ "a plus in the middle is refused",
	  "GB", "44+2079460000", NULL },
	{ "an empty text is refused", "GB", "", NULL },
	{ "a text of only spaces is refused",
	  "GB", "   ", NULL },
	{ "an unknown country code is refused",
	  "GB", "+999 1234567", NULL },
	{ "a number too long for its country is refused",
	  "GB", "+44 20 7946 00001", NULL },
	{ "digits of another script are read",
	  "GB", "+٤٤٢٠٧٩٤٦٠٠٠٠", "442079460000" },
	{ "digits of several scripts are read",
	  "GB", "+४४२0۷۹۴6٠٠٠٠", "442079460000" },
	{ "full-width digits and signs are read",
	  "US", "＋１（２０２）５５５－０１７４", "12025550174" },
	{ "no-break spaces of all widths are skipped",
	  "US", "+1\u00a0202\u202f555\u20070177", "12025550177" },
	{ "other spaces are skipped",
	  "US", "\u2003+1\u3000202\u2009555\u205f0177", "12025550177" },
	{ "other hyphens are skipped",
	  "US", "+1\u2011202\u2010555\u20130182", "12025550182" },
	{ "a minus and a long vowel are skipped",
	  "US", "+1\u2212202\u30fc5550182", "12025550182" },
	{ "marks of direction are skipped",
	  "US", "\u202a+12025550179\u202c", "12025550179" },
	{ "isolates are skipped",
	  "US", "\u2066+1202\u20695550179\u200e", "12025550179" },
	{ "a zero-width space is skipped",
	  "US", "+1202555\u200b0181", "12025550181" },
	{ "a word joiner and a soft hyphen are skipped",
	  "US", "+1\u2060202\u00ad5550196", "12025550196" },
	{ "a byte-order mark is skipped",
	  "US", "\ufeff+12025550196", "12025550196" },
	{ "a variation selector is skipped",
	  "US", "1\ufe0f202-5550196", "12025550196" },
	{ "dots are skipped", "US", "202.555.0185", "12025550185" },
	{ "middle dots are skipped",
	  "US", "202·555•0185", "12025550185" },
	{ "slashes are skipped", "US", "202/555-0186", "12025550186" },
	{ "slashes of division are skipped",
	  "US", "202\u2215555\u20440186", "12025550186" },
	{ "the apostrophe of Excel is skipped",
	  "US", "'+12025550193", "12025550193" },
	{ "dots between thousands are skipped",
	  "DE", "4.915.112.345.678", "4915112345678" },
};
/* clang-format on */

static void
check_case(size_t i)
{
	struct phone_reader *p = phone_open(cases[i].country);
	struct phone got = { "", "", false };
	const char *why = "";
	int rc =
		phone_read(p, cases[i].text, strlen(cases[i].text), &got, &why);

	is_str(rc ? NULL : got.digits, cases[i].digits, cases[i].what);
	if (rc)
		printf("# %s\n", why);
	phone_close(p);
}

/* The reason of each refusal names the bad character, or the program that
 * spoilt the number. */
#define MAY                                                                 \
	": only digits, spaces, hyphens, dots, slashes, parentheses and a " \
	"leading + are allowed"
#define SHORTENED(text)                                                        \
	"was shortened to " text                                               \
	" by Excel, and the other digits are lost: format the column as text " \
	"(Format Cells, Text), then enter the numbers again"
#define DECIMAL(end) \
	"ends in “" end "” like a decimal number: format the column as text"
/* clang-format off */
static const struct {
	const char *text, *why;
} refused[] = {
	{ "+442079460000x12",    "contains “x”" MAY },
	{ "tel:+442079460000",   "contains “t”" MAY },
	{ "+44 20 7946 ооо0",    "contains “о” (U+043E)" MAY },
	{ "+44²2079460000",      "contains “²” (U+00B2)" MAY },
	{ "+4420'79460000",      "contains “'”" MAY },
	{ "''+442079460000",     "contains “'”" MAY },
	{ "+442079\n460000",     "contains a line break" MAY },
	{ "+442079\u2028460000", "contains a line break" MAY },
	{ "+442079\x07",         "contains a control character (U+0007)" MAY },
	{ "44+2079460000",       "may have a + only at the start" },
	{ "44＋2079460000",      "may have a + only at the start" },
	{ "",                    "is empty" },
	{ "\u200b",              "is empty" },
	{ "'",                   "is empty" },
	{ "+44.20.79",           "must have 8 to 15 digits" },
	{ "4.47E+11",            SHORTENED("4.47E+11") },
	{ "4,47912E+11",         SHORTENED("4,47912E+11") },
	{ "4e+11",               SHORTENED("4e+11") },
	{ "4.47E11",             SHORTENED("4.47E11") },
	{ "4.47Ex",              "contains “E”" MAY },
	{ "442079460000.0",      DECIMAL(".0") },
	{ "+442079460000.00",    DECIMAL(".00") },
	{ "+44 1000 00000000000", "must have 8 to 15 digits" },
	{ "+999 1234567",        "is not a possible phone number" },
};
/* clang-format on */

static void
check_refused(void)
{
	struct phone_reader *p = phone_open("GB");

	for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
		const char *text = refused[i].text, *why = "";
		struct phone got;

		ok(phone_read(p, text, strlen(text), &got, &why),
		   "a bad number is refused");
		is_str(why, refused[i].why, "a refusal has its reason");
	}
	phone_close(p);
}

/* The country of a number, and whether its plan knows it. */
/* clang-format off */
static const struct {
	const char *text, *country;
	bool is_unknown;
} owners[] = {
	{ "+442079460000",   "GB", false },
	{ "+447911123456",   "GG", false },
	{ "+441534456789",   "JE", false },
	{ "+12025550123",    "US", false },
	{ "+14165550123",    "CA", false },
	{ "+18765550123",    "JM", false },
	{ "+79161234567",    "RU", false },
	{ "+77012345678",    "KZ", false },
	{ "+390669812345",   "VA", false },
	{ "+390612345678",   "IT", false },
	{ "+80012345678",    "",   false },
	{ "+4910000000000",  "DE", true },
	{ "+441000000000",   "",   true },
};
/* clang-format on */

static void
check_owners(void)
{
	struct phone_reader *p = phone_open("GB");

	for (size_t i = 0; i < ARRAY_LEN(owners); i++) {
		struct phone got = { "", "?", false };
		const char *why;

		phone_read(p, owners[i].text, strlen(owners[i].text), &got,
			   &why);
		is_str(got.country, owners[i].country, owners[i].text);
		ok(got.is_unknown == owners[i].is_unknown,
		   "the number is in a known plan or is not");
	}
	phone_close(p);
}

/* phone.h's rule, by libphonenumber alone. */
static enum phone_verdict
read_slowly(const char *text, const char *country, const char *code,
	    struct phone *out)
{
	struct phone abroad, here;
	char plus[32];
	bool is_own = !strncmp(text, code, strlen(code));
	enum phone_verdict a, h;

	if (*text == '+')
		return phone_lib_parse(text, country, out);
	snprintf(plus, sizeof(plus), "+%s", text);
	a = phone_lib_parse(plus, country, &abroad);
	h = phone_lib_parse(text, country, &here);
	*out = a > h || (a == h && is_own) ? abroad : here;
	return a > h ? a : h;
}

/* A country, its reader, its calling code and numbers known there so far. */
struct land {
	char name[3], code[4];
	struct phone_reader *reader;
	char known[16][PHONE_TEXT];
};

static uint64_t
random_below(uint64_t n)
{
	static uint64_t x = 0x9e3779b97f4a7c15;

	x ^= x << 13;
	x ^= x >> 7;
	x ^= x << 17;
	return (x >> 11) % n;
}

static size_t
find_lands(struct land *lands)
{
	size_t n = 0;

	for (int i = 0; i < 26 * 26; i++) {
		struct land l = { .name = { (char)('A' + i / 26),
					    (char)('A' + i % 26) } };
		struct phone_plan *plan = phone_plan_open(l.name);

		if (!plan)
			continue;
		for (int code = 1; code < 1000; code++) {
			char text[4];

			snprintf(text, sizeof(text), "%d", code);
			if (phone_plan_is_own(plan, text))
				memcpy(l.code, text, sizeof(text));
			if (*l.code)
				break;
		}
		phone_plan_close(plan);
		l.reader = phone_open(l.name);
		lands[n++] = l;
	}
	return n;
}

/* As people write them, and as they mistype them: 8 to 15 digits. */
static void
make_number(const struct land *home, const struct land *of, char out[32])
{
	static const char *const trunks[] = { "",  "",	 "0",  "0", "1",
					      "8", "06", "15", "9" };
	static const char *const idds[] = { "+",   "+",	   "",	 "00", "011",
					    "810", "0011", "+0", "+00" };
	const char *known = of->known[random_below(16)];
	const char *trunk = trunks[random_below(ARRAY_LEN(trunks))];
	char tail[16];
	size_t len = 4 + random_below(9);

	for (size_t i = 0; i < len; i++)
		tail[i] = (char)('0' + random_below(10));
	tail[len] = '\0';
	if (*known && random_below(2)) {
		/* another number beside one that is known */
		snprintf(tail, sizeof(tail), "%s", known + strlen(of->code));
		for (size_t i = random_below(9) + 2; i < strlen(tail); i++)
			tail[i] = (char)('0' + random_below(10));
		tail[strlen(tail) - !random_below(4)] = '\0';
	}
	if (of == home && random_below(2))
		snprintf(out, 32, "%s%s", trunk, tail);
	else
		snprintf(out, 32, "%s%s%s%s",
			 idds[random_below(ARRAY_LEN(idds))], of->code,
			 random_below(4) ? "" : trunk, tail);
}

static bool
has_length(const char *text)
{
	size_t n = strlen(text) - (*text == '+');

	return n >= 8 && n <= 15;
}

/* Both ways of one number; counts what it was. */
static bool
agrees(struct land *home, struct land *of, const char *text, int counts[3])
{
	struct phone quick = { "", "", false }, slow = { "", "", false };
	const char *why;
	int rc = phone_read(home->reader, text, strlen(text), &quick, &why);
	enum phone_verdict v = read_slowly(text, home->name, home->code, &slow);

	counts[v]++;
	if (v == PHONE_BAD)
		return rc == -1;
	if (v == PHONE_VALID &&
	    !strncmp(slow.digits, of->code, strlen(of->code)))
		memcpy(of->known[random_below(16)], slow.digits, PHONE_TEXT);
	return !rc && !strcmp(quick.digits, slow.digits) &&
	       !strcmp(quick.country, slow.country) &&
	       quick.is_unknown == (v == PHONE_POSSIBLE);
}

/*
 * The compiled plans and libphonenumber must not differ: numbers of all
 * countries at home in all, known, possible and neither, with and without
 * "+", international and trunk prefixes.  OUTDIAL_NUMBERS=1000000 for the
 * whole.
 */
static void
check_quick_way(void)
{
	static struct land lands[26 * 26];
	const char *want = getenv("OUTDIAL_NUMBERS");
	long left = want ? strtol(want, NULL, 10) : 50000;
	size_t count = find_lands(lands);
	int differ = 0, counts[3] = { 0 };

	while (left > 0) {
		struct land *home = &lands[random_below(count)];
		struct land *of =
			random_below(3) ? home : &lands[random_below(count)];
		char text[32];

		make_number(home, of, text);
		if (!has_length(text))
			continue;
		left--;
		if (!agrees(home, of, text, counts) && differ++ < 20)
			printf("# %s in %s\n", text, home->name);
	}
	printf("# %zu countries; bad %d, possible %d, known %d\n", count,
	       counts[PHONE_BAD], counts[PHONE_POSSIBLE], counts[PHONE_VALID]);
	is_int(differ, 0, "the plans agree with the library");
	ok(count > 240 && counts[PHONE_BAD] > 5000 &&
		   counts[PHONE_POSSIBLE] > 5000 && counts[PHONE_VALID] > 5000,
	   "the numbers are of all kinds");
	for (size_t i = 0; i < count; i++)
		phone_close(lands[i].reader);
}

static void
check_set(void)
{
	struct phone_set *s = phone_set_open();
	char phone[PHONE_TEXT];
	int twice = 0, missed = 0;

	for (int i = 0; i < 1000000; i++) {
		snprintf(phone, sizeof(phone), "4477%08d", i);
		twice += !phone_set_add(s, phone);
	}
	for (int i = 0; i < 1000000; i++) {
		snprintf(phone, sizeof(phone), "4477%08d", i);
		missed += phone_set_add(s, phone);
	}
	is_int(twice, 0, "a million numbers are new");
	is_int(missed, 0, "a million numbers are known the second time");
	ok(phone_set_add(s, "12345678") && phone_set_add(s, "012345678") &&
		   !phone_set_add(s, "12345678"),
	   "a leading zero makes another number");
	ok(phone_set_add(s, "999999999999999") &&
		   phone_set_add(s, "000000000000000") &&
		   phone_set_add(s, "0") &&
		   !phone_set_add(s, "999999999999999"),
	   "the largest and the smallest number can be added");
	ok(phone_set_add(s, "951963558749288") &&
		   !phone_set_add(s, "951963558749288") &&
		   phone_set_add(s, "200346630135980"),
	   "numbers whose slots would look free can be added");
	phone_set_close(s);
	phone_set_close(NULL);
}

int
main(void)
{
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		check_case(i);
	check_refused();
	check_owners();
	ok(!phone_open("ZZ") && !phone_open(""),
	   "an unknown country has no reader");
	check_quick_way();
	check_set();
	return tap_done();
}
