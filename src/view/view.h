/*
 * view.h - fills templates from structs: the C interface to ctemplate.
 *
 * A template file (templates/NAME.tpl) has one fill function, which takes the
 * struct it shows and writes nothing itself, so that the same function serves
 * for a page, a part of a page, and the reply to a button:
 *
 *     static void
 *     fill_greeting(struct view *v, const void *data)
 *     {
 *             const struct user *u = data;
 *
 *             view_str(v, "NAME", u->name);          {{NAME}}
 *             view_int(v, "UNREAD", u->unread);      {{UNREAD}}
 *             if (u->unread > 0)
 *                     view_show(v, "NEWS");          {{#NEWS}}...{{/NEWS}}
 *             fill_toast(view_include(v, "TOAST", "part_toast.tpl"), ...);
 *     }
 *
 * Every value is escaped for the place where its marker stands; every file
 * begins with {{%AUTOESCAPE context="HTML"}}, or it does not load.  An included
 * file does not see the values of the including one.
 *
 * A marker written {{NAME:none}} is not escaped: only for text that
 * view_expand() has produced; view_html() sets it.
 *
 * The newline at the end of a file is dropped, so that a file included in the
 * middle of a sentence does not break the line.
 *
 * view_load() belongs before the first fork and thread; the rest may be called
 * by any number of threads.  Out of memory ends the process.
 */
#ifndef VIEW_VIEW_H
#define VIEW_VIEW_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct buf;
struct fault;
struct view;
struct zone;

/* Fills a template from the struct that 'data' points to. */
typedef void fill_fn(struct view *v, const void *data);

/*
 * Reads and checks every *.tpl file of a directory, once in a process.
 * {{STATIC}} in them is 'assets', the address of the static files.
 * FAULT_BROKEN: the directory cannot be read, or a file is wrong; the text
 * names it, and the cause is the parser's message.
 */
int view_load(const char *dir, const char *assets, struct fault *f);

/*
 * Appends template 'tpl', filled by fill(v, data), to 'out'.
 * FAULT_BROKEN: the template, or one that it includes, does not exist; 'out' is
 * unchanged.
 */
int view_expand(const char *tpl, fill_fn *fill, const void *data,
		struct buf *out, struct fault *f);

/* Writes what fill() set as text; tests compare it with the markers. */
void view_dump(fill_fn *fill, const void *data, struct buf *out);

/* NULL becomes "".  Control characters other than tabs and line ends become
 * "?". */
void view_str(struct view *v, const char *marker, const char *value);
/* Sets HTML unchanged, for a marker {{NAME:none}}. */
void view_html(struct view *v, const char *marker, const char *html);
void view_int(struct view *v, const char *marker, int64_t value);
void view_printf(struct view *v, const char *marker, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Shows {{#SECTION}} once, with the values of 'v'. */
void view_show(struct view *v, const char *section);

/* Shows {{#SECTION}} once more; its own values override those of 'v'. */
struct view *view_section(struct view *v, const char *section);

/* Includes 'tpl' once more at {{>MARKER}}, with its own values only. */
struct view *view_include(struct view *v, const char *marker, const char *tpl);

/* "1,234,567" */
void view_count(struct view *v, const char *marker, int64_t n);

/* Tenths of a percent: 364 is "36.4%", 500 is "50%". */
void view_tenths(struct view *v, const char *marker, int tenths);

/* A time zone and its name. */
struct view_zone {
	struct zone *zone;
	const char *name; /* "Europe/London" */
};

enum view_time {
	VIEW_DATE,   /* 22 Nov 2026 */
	VIEW_MOMENT, /* 22 Nov, 16:21 */
};

/*
 * Includes part_time.tpl at {{>MARKER}}: a time in that zone, with a tooltip
 * that has the exact time and the zone's name.
 */
void view_time(struct view *v, const char *marker, int64_t us,
	       enum view_time form, const struct view_zone *z);

#ifdef __cplusplus
}
#endif

#endif
