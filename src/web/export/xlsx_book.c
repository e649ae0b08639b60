#include "web/export/xlsx_book.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/civil.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/zone.h"
#include "web/export/csv_export.h"
#include "web/export/xlsx_whole.h"

#define WIDTH 20.0	  /* of a column, in characters */
#define EXCEL_EPOCH 25569 /* 1970-01-01 in Excel's days */
#define NAME_MOST 40	  /* bytes of a sheet's or a column's name */
#define PATH_MOST 40	  /* "/proc/self/fd/12" */

struct xlsx_book {
	const struct xlsx_table *table;
	lxw_workbook *workbook;
	lxw_worksheet *sheet; /* that is filled */
	lxw_format *date;
	lxw_row_t row; /* the next one of the sheet */
	int sheets, fd;
	char path[PATH_MOST]; /* of fd: libraries open files by their names */
	int64_t written;      /* bytes of the sheets before */
	struct buf text;
};

static int
no_room(struct fault *f)
{
	return fault_set(f, FAULT_BUSY,
			 "The disk has too little room to make an XLSX file of "
			 "this size. The CSV file needs none.");
}

/* Bytes of the rows that lie on the disk. */
static int64_t
size_now(const struct xlsx_book *b)
{
	off_t at = b->sheet ? ftello(b->sheet->optimize_tmpfile) : 0;

	return b->written + (at > 0 ? (int64_t)at : 0);
}

int
xlsx_check(struct xlsx_book *b, struct fault *f)
{
	struct statvfs disk;
	int64_t needs = size_now(b) + b->table->keep_free;

	if (b->sheet && (fflush(b->sheet->optimize_tmpfile) ||
			 ferror(b->sheet->optimize_tmpfile)))
		return no_room(f);
	if (fstatvfs(b->fd, &disk))
		return fault_set(f, FAULT_BROKEN,
				 "The file cannot be made at the moment.");
	return (int64_t)disk.f_bavail > needs / (int64_t)disk.f_frsize
		       ? 0
		       : no_room(f);
}

/* What the library refused: what it is given is checked before, so there is
 * no room, or no memory. */
static int
broken(lxw_error e, struct fault *f)
{
	fault_set(f, FAULT_BROKEN, "The XLSX file could not be made.");
	return fault_cause(f, "libxlsxwriter: %s", lxw_strerror(e));
}

static lxw_error
put_text(struct xlsx_book *b, lxw_col_t at, const char *text)
{
	return *text ? worksheet_write_string(b->sheet, b->row, at, text, NULL)
		     : LXW_NO_ERROR;
}

/* The names of the columns, in the first row. */
static lxw_error
write_head(struct xlsx_book *b)
{
	const struct xlsx_table *t = b->table;
	lxw_error e = LXW_NO_ERROR;
	lxw_col_t at = 0;

	for (size_t i = 0; i < t->count && !e; i++) {
		char name[NAME_MOST];

		e = put_text(b, at++, t->columns[i].name);
		if (e || t->columns[i].kind != CELL_TIME)
			continue;
		snprintf(name, sizeof(name), "%s_date", t->columns[i].name);
		e = put_text(b, at++, name);
	}
	if (!e)
		e = worksheet_set_column(b->sheet, 0, at, WIDTH, NULL);
	worksheet_freeze_panes(b->sheet, 1, 0);
	b->row++;
	return e;
}

static int
next_sheet(struct xlsx_book *b, struct fault *f)
{
	char name[NAME_MOST];
	lxw_error e;

	if (b->sheet && xlsx_check(b, f))
		return -1;
	b->written = size_now(b);
	b->row = 0;
	if (b->sheets++)
		snprintf(name, sizeof(name), "%s %d", b->table->sheet,
			 b->sheets);
	else
		snprintf(name, sizeof(name), "%s", b->table->sheet);
	b->sheet = workbook_add_worksheet(b->workbook, name);
	if (!b->sheet)
		return broken(LXW_ERROR_MEMORY_MALLOC_FAILED, f);
	e = write_head(b);
	return e ? broken(e, f) : 0;
}

int
xlsx_open(const struct xlsx_table *t, struct xlsx_book **out, struct fault *f)
{
	struct xlsx_book *b = xcalloc(1, sizeof(*b));
	lxw_workbook_options options = { .constant_memory = LXW_TRUE,
					 .tmpdir = (char *)(uintptr_t)t->dir,
					 .use_zip64 = LXW_TRUE };

	*b = (struct xlsx_book){ .table = t, .text = BUF_INIT };
	b->fd = open(t->dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (b->fd < 0) {
		fault_set(f, FAULT_BROKEN, "The XLSX file could not be made.");
		fault_cause(f, "%s: %s", t->dir, strerror(errno));
		xlsx_free(b);
		return -1;
	}
	snprintf(b->path, sizeof(b->path), "/proc/self/fd/%d", b->fd);
	b->workbook = workbook_new_opt(b->path, &options);
	if (!b->workbook) {
		xlsx_free(b);
		return broken(LXW_ERROR_MEMORY_MALLOC_FAILED, f);
	}
	b->date = workbook_add_format(b->workbook);
	format_set_num_format(b->date, "yyyy-mm-dd hh:mm:ss.000");
	if (xlsx_check(b, f) || next_sheet(b, f)) {
		xlsx_free(b);
		return -1;
	}
	*out = b;
	return 0;
}

/* A time as Excel counts it: days, in the zone's civil time. */
static double
excel_days(int64_t us, const struct zone *z)
{
	struct civil c;
	int64_t day_us;

	zone_civil(z, us, &c);
	day_us = (c.minute * INT64_C(60) + c.second) * US_PER_S + us -
		 floor_div(us, US_PER_S) * US_PER_S;
	return (double)(days_from_civil(c.year, c.month, c.day) + EXCEL_EPOCH) +
	       (double)day_us / (double)(S_PER_DAY * US_PER_S);
}

static lxw_error
put_time(struct xlsx_book *b, lxw_col_t *at, int64_t us)
{
	lxw_error e;

	buf_clear(&b->text);
	if (us)
		exact_time(&b->text, us, b->table->zone);
	e = put_text(b, *at, b->text.data);
	++*at;
	return e || !us ? e
			: worksheet_write_number(b->sheet, b->row, *at,
						 excel_days(us, b->table->zone),
						 b->date);
}

static lxw_error
put(struct xlsx_book *b, lxw_col_t *at, enum cell_kind kind,
    const struct file_cell *c)
{
	const char *text = c->text ? c->text : "";

	switch (kind) {
	case CELL_TEXT:
	case CELL_PLAIN:
		return put_text(b, *at, text);
	case CELL_PHONE:
		buf_clear(&b->text);
		if (*text)
			buf_char(&b->text, '+');
		buf_str(&b->text, text);
		return put_text(b, *at, b->text.data);
	case CELL_INT:
	case CELL_SECONDS:
		if (c->n < 0)
			return LXW_NO_ERROR;
		return worksheet_write_number(
			b->sheet, b->row, *at,
			(double)c->n / (kind == CELL_INT ? 1 : 1000), NULL);
	case CELL_TIME:
		return put_time(b, at, c->n);
	}
	return LXW_NO_ERROR;
}

int
xlsx_row(struct xlsx_book *b, const struct file_cell *cells, struct fault *f)
{
	const struct xlsx_table *t = b->table;
	lxw_col_t at = 0;

	if (b->row == t->rows_most && next_sheet(b, f))
		return -1;
	for (size_t i = 0; i < t->count; i++, at++) {
		lxw_error e = put(b, &at, t->columns[i].kind, &cells[i]);

		if (e)
			return broken(e, f);
	}
	b->row++;
	return 0;
}

/* A file of rows: as the library has it, and another descriptor of it. */
struct rows_file {
	int theirs, ours;
};

static struct rows_file *
hold_rows(const struct xlsx_book *b)
{
	struct rows_file *held = xcalloc((size_t)b->sheets, sizeof(*held));
	struct rows_file *at = held;
	lxw_worksheet *sheet;

	STAILQ_FOREACH(sheet, b->workbook->worksheets, list_pointers)
	{
		at->theirs = fileno(sheet->optimize_tmpfile);
		at++->ours = fcntl(fileno(sheet->optimize_tmpfile),
				   F_DUPFD_CLOEXEC, 0);
	}
	return held;
}

/* What fails leaves the files of later sheets open.  As long as ours is, no
 * other file has the same inode: theirs is the same file, or not theirs. */
static void
drop_rows(struct rows_file *held, int count, bool failed)
{
	struct stat ours, theirs;

	for (int i = 0; i < count; i++) {
		if (failed && !fstat(held[i].ours, &ours) &&
		    !fstat(held[i].theirs, &theirs) &&
		    ours.st_dev == theirs.st_dev &&
		    ours.st_ino == theirs.st_ino)
			close(held[i].theirs);
		close(held[i].ours);
	}
	free(held);
}

int
xlsx_finish(struct xlsx_book *b, int *fd, struct fault *f)
{
	struct rows_file *held;
	lxw_error e;

	if (xlsx_check(b, f))
		return -1;
	held = hold_rows(b);
	e = workbook_close(b->workbook);
	drop_rows(held, b->sheets, e != LXW_NO_ERROR);
	b->workbook = NULL;
	b->sheet = NULL;
	if (e == LXW_ERROR_MEMORY_MALLOC_FAILED)
		return broken(e, f);
	if (e || !xlsx_is_whole(b->path))
		return no_room(f);
	*fd = b->fd;
	b->fd = -1;
	return 0;
}

/* The library closes the files of rows only when it puts them together. */
static void
drop_workbook(lxw_workbook *w)
{
	lxw_worksheet *sheet;

	STAILQ_FOREACH(sheet, w->worksheets, list_pointers)
	{
		if (sheet->optimize_tmpfile)
			fclose(sheet->optimize_tmpfile);
	}
	lxw_workbook_free(w);
}

void
xlsx_free(struct xlsx_book *b)
{
	if (b->workbook)
		drop_workbook(b->workbook);
	if (b->fd >= 0)
		close(b->fd);
	buf_free(&b->text);
	free(b);
}
