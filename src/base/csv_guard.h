/*
 * csv_guard.h - the apostrophe in front of a cell that a spreadsheet would run
 * as a formula.  The writer adds it, the reader takes it away again, and both
 * look behind apostrophes that stand there already: every cell comes back as
 * it was.
 */
#ifndef BASE_CSV_GUARD_H
#define BASE_CSV_GUARD_H

#include <stdbool.h>
#include <stddef.h>

/*
 * True for a cell that begins with = @ + - (also in their full widths), tab, CR
 * or LF; but not for "+" or "-" and a number or a phone number, which no
 * spreadsheet can calculate.
 */
bool csv_wants_guard(const char *s, size_t len);

/* True when the apostrophe in front is such a guard, whoever set it. */
bool csv_has_guard(const char *s, size_t len);

#endif
