/*
 * xlsx_whole.h - whether a finished workbook is whole: libxlsxwriter does not
 * notice when the disk is full while it puts the parts together, and makes a
 * file of which the end of a sheet is missing.
 */
#ifndef WEB_EXPORT_XLSX_WHOLE_H
#define WEB_EXPORT_XLSX_WHOLE_H

#include <stdbool.h>

/* Reads every part of the file at that path to its end: 50 MB of it a second
 * or more, of sheets that are ten times as large. */
bool xlsx_is_whole(const char *path);

#endif
