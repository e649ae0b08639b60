/*
 * csv_guard.h - the apostrophe in front of a cell that a spreadsheet would run
 * as a formula.  The writer adds it and the reader removes it.  Both skip
 * apostrophes that a cell already begins with, so every cell comes back as it
 * was.
 */
#ifndef BASE_CSV_GUARD_H
#define BASE_CSV_GUARD_H

#include <stdbool.h>
#include <stddef.h>

/*
 * True for a cell that begins with = @ + - (also full-width), tab, CR or LF;
 * but not for "+" or "-" followed by a number, or by a phone number that no
 * spreadsheet can calculate.
 */
bool csv_wants_guard(const char *s, size_t len);

/* True when the apostrophe in front is such a guard, written by Outdial or
 * not. */
bool csv_has_guard(const char *s, size_t len);

#endif
