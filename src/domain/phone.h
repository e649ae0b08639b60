/*
 * phone.h - a phone number as a person writes it becomes the digits that are
 * dialled: E.164 without "+" (product.md 4).
 *
 * Spaces, hyphens, parentheses and a leading "+" are dropped; 8 to 15 digits
 * must be left.  With "+" they begin with a country code.  Without it they may
 * be a number of the default country with its code in front, a national number
 * of it, or a number with another country's code: the first of these that
 * libphonenumber knows is taken, else the first whose length is possible.
 *
 * Most numbers are decided by tables of possible lengths, which libphonenumber
 * filled; it reads the others itself, a hundred times slower.
 */
#ifndef DOMAIN_PHONE_H
#define DOMAIN_PHONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PHONE_TEXT 16 /* 15 digits and a NUL */

struct phone_reader;

/* 'country': "GB"; NULL when libphonenumber does not know it. */
struct phone_reader *phone_open(const char *country);
void phone_close(struct phone_reader *p);

/* 0, or -1 with a reason that ends a sentence: "has 7 digits, ...". */
int phone_read(struct phone_reader *p, const char *text, size_t len,
	       char out[PHONE_TEXT], const char **why);

/*
 * The C face of libphonenumber (phone_lib.cc), for phone.c.  Digits are
 * national; bit n of a set of lengths says that n digits are possible.
 */
enum phone_verdict { PHONE_BAD, PHONE_POSSIBLE, PHONE_VALID };

/* Calling code of a country, 0: unknown. */
int phone_lib_code(const char *country);
/* Possible lengths behind a calling code; 0: there is no such code. */
uint32_t phone_lib_lengths(int code);
/* Reads a number like a person of that country; "+" in front: any. */
enum phone_verdict phone_lib_parse(const char *text, const char *country,
				   char out[PHONE_TEXT]);

#endif
