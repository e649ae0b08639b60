/*
 * text.h - reads and converts strings from outside: strict numbers, UTF-8, URL
 * coding, short ids, case folding, masking.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct buf;

/* Reads a text of decimal digits with an optional minus; -1 on any other text
 * or out of range. */
int text_int(const char *s, int64_t *out);

/* True for well-formed UTF-8 (no surrogates, no overlong forms, no NUL). */
bool text_is_utf8(const char *s, size_t len);

/* Bytes of the well-formed character that begins at 's', or 0. */
size_t text_char(const char *s, size_t len);

/* The character at 's' and its length in bytes; 's' is valid UTF-8 and not at
 * its end. */
uint32_t text_code(const char *s, size_t *len);

/* The name of the character at 's', such as "a tab (U+0009)", when it is
 * invisible; NULL: it is visible, or a space. */
const char *text_hidden(const char *s, size_t *len, struct arena *a);

/*
 * What a character means in a number that was typed or pasted: '0' to '9' for a
 * decimal digit of any script, ' ' for a space, '-' for a hyphen or a dash,
 * else the ASCII character that it is or looks like; 0: none, or a control
 * character.
 */
#define TEXT_UNSEEN 1 /* invisible: a mark of direction, a soft hyphen */
int text_sign(uint32_t c);

/* The number of characters (code points) of valid UTF-8. */
size_t text_length(const char *s);

/* A copy without leading and trailing white space (ASCII and U+00A0). */
char *text_trim(struct arena *a, const char *s);

/*
 * Case folding (Unicode, by ICU) after NFKC: texts that differ only in case
 * have the same text_fold().
 */
char *text_fold(struct arena *a, const char *s);

/*
 * The form of a text that is searched: folded, and without the marks and
 * strokes that not every keyboard has, so that "istanbul" and "ISTANBUL" occur
 * in "İstanbul" and in "ıstanbul".  When this function changes, increase
 * SEARCH_VERSION (listing/search_text.h).
 */
char *text_search(struct arena *a, const char *s);

/* The name of a country in English: "United Kingdom" for "GB"; the code where
 * there is none (by ICU). */
const char *text_country(const char *code, struct arena *a);

/* Decodes application/x-www-form-urlencoded and %XX; NULL on a bad escape or a
 * NUL. */
char *text_url_decode(struct arena *a, const char *s, size_t len);
/* Percent-codes all but unreserved characters (RFC 3986). */
char *text_url_encode(struct arena *a, const char *s);

/*
 * Short ids: 50 bits as 10 characters of lower-case Crockford base32.
 * text_short_id() writes 11 bytes; text_parse_short_id() takes upper case and
 * the usual confusions (o=0, i=l=1) and returns -1 on anything else.
 */
void text_short_id(uint64_t id, char out[static 11]);
int text_parse_short_id(const char *s, uint64_t *id);

/* The masked form of a phone number that a log may show: "4930****67". */
const char *text_mask_phone(const char *phone, char out[static 24]);

/* 'text' with 'what' in place of its "%s". */
const char *text_insert(struct arena *a, const char *text, const char *what);

/* The ending of a noun after the number n: "" or "s". */
const char *text_plural(int64_t n);

/* "14 s", "2 min 5 s", "1 h 20 min"; 'us' is not below 0. */
const char *text_duration(struct arena *a, int64_t us);

/* "1,234,567" */
char *text_thousands(struct arena *a, int64_t n);

#endif
