/*
 * phone.h - a phone number as a person writes it becomes the digits that are
 * dialled: E.164 without "+" (doc/product.md 4.3).
 *
 * Spaces, hyphens, dots, slashes, parentheses, a leading "+" (and the
 * apostrophe that a spreadsheet knows text by) are dropped, and so is what
 * nobody sees; they and the digits may be of any script or width.  8 to 15
 * digits must be left.  With "+" they begin with a country code.  Without it
 * they may be a number of the default country with its code in front, a
 * national number of it, or a number with another country's code: the first of
 * these that libphonenumber knows is taken, else the first whose length is
 * possible.
 *
 * It is libphonenumber that judges; as it takes 20 us a number, its plans are
 * compiled (phone_plan.cc), and it is asked only what they cannot tell.
 */
#ifndef PHONE_PHONE_H
#define PHONE_PHONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PHONE_TEXT 16 /* 15 digits and a NUL */

struct phone {
	char digits[PHONE_TEXT];
	char country[3]; /* "JE"; "": of none, or of several */
	bool is_unknown; /* possible, but in no plan that we have */
};

/* Whether it is the code of a country that has numbers: "GB", not "UK". */
bool phone_has_country(const char *code);

struct phone_reader;

/* 'country': "GB"; NULL when libphonenumber does not know it. */
struct phone_reader *phone_open(const char *country);
void phone_close(struct phone_reader *p);

/* 'text' is terminated.  0, or -1 with a reason that ends a sentence and stays
 * until the next call: "must have 8 to 15 digits". */
int phone_read(struct phone_reader *p, const char *text, size_t len,
	       struct phone *out, const char **why);

/* Two ways to the same answer, for phone.c and its test.  'text' is "+" and
 * digits, or digits as dialled in that country; is_unknown is not filled. */
enum phone_verdict {
	PHONE_BAD,
	PHONE_POSSIBLE,
	PHONE_VALID,
	PHONE_ASK /* the plan cannot tell; the library can */
};

/* libphonenumber itself (phone_lib.cc). */
enum phone_verdict phone_lib_parse(const char *text, const char *country,
				   struct phone *out);

/* Its plans, compiled (phone_plan.cc); one thread at a time. */
struct phone_plan;
struct phone_plan *phone_plan_open(const char *country);
void phone_plan_close(struct phone_plan *p);
enum phone_verdict phone_plan_parse(struct phone_plan *p, const char *text,
				    struct phone *out);
/* Whether digits begin with the country's own code. */
bool phone_plan_is_own(const struct phone_plan *p, const char *digits);

#endif
