/*
 * phone.h - turns a phone number as a person writes it into the digits to dial:
 * E.164 without "+" (doc/product.md 4.3).
 *
 * Spaces, hyphens, dots, slashes, parentheses, a leading "+", the apostrophe
 * that marks text in a spreadsheet, and invisible characters are dropped; they
 * and the digits may be of any script or width.  8 to 15 digits must be left.
 * With "+" they begin with a country code.  Without it they may be a number of
 * the default country with its code in front, a national number of it, or a
 * number with another country's code: the first of these that libphonenumber
 * knows is taken, else the first whose length is possible.
 *
 * libphonenumber decides what is valid, but takes 20 us per number.  So its
 * numbering plans are compiled (phone_plan.cc), and the library is asked only
 * when they cannot decide.
 */
#ifndef PHONE_PHONE_H
#define PHONE_PHONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PHONE_TEXT 16 /* 15 digits and a NUL */

struct phone {
	char digits[PHONE_TEXT];
	char country[3]; /* "JE"; "": no country, or several */
	bool is_unknown; /* possible, but in no plan that we have */
};

/* True for the code of a country with a numbering plan: "GB", not "UK". */
bool phone_has_country(const char *code);

/* The codes of all of them, sorted; returns their number. */
#define PHONE_COUNTRIES_MOST 400
size_t phone_countries(char (*out)[3], size_t most);

struct phone_reader;

/* 'country': "GB"; NULL when libphonenumber does not know it. */
struct phone_reader *phone_open(const char *country);
void phone_close(struct phone_reader *p);

/* 'text' is terminated.  0, or -1 with the end of a sentence in *why, such as
 * "must have 8 to 15 digits", valid until the next call. */
int phone_read(struct phone_reader *p, const char *text, size_t len,
	       struct phone *out, const char **why);

/* Two implementations with the same result, for phone.c and its test.  'text'
 * is "+" and digits, or digits as dialled in that country; is_unknown is not
 * set. */
enum phone_verdict {
	PHONE_BAD,
	PHONE_POSSIBLE,
	PHONE_VALID,
	PHONE_ASK /* the plan cannot decide: ask the library */
};

/* libphonenumber itself (phone_lib.cc). */
enum phone_verdict phone_lib_parse(const char *text, const char *country,
				   struct phone *out);

/* Its compiled plans (phone_plan.cc); one thread at a time. */
struct phone_plan;
struct phone_plan *phone_plan_open(const char *country);
void phone_plan_close(struct phone_plan *p);
enum phone_verdict phone_plan_parse(struct phone_plan *p, const char *text,
				    struct phone *out);
/* True when the digits begin with the country's own code. */
bool phone_plan_is_own(const struct phone_plan *p, const char *digits);

#endif
