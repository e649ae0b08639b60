/*
 * view.h - structs into templates: the C face of ctemplate.
 *
 * A template file (templates/NAME.tpl) has one fill function, which takes the
 * struct it shows and writes nothing itself, so that what it fills can be a
 * page, a part of one, or the answer to a button:
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
 * A marker written {{NAME:none}} is not escaped: for text that view_expand()
 * made before, and nothing else; view_html() sets it.
 *
 * The end of a file's last line is not part of it, so that what is included in
 * the middle of a sentence leaves that in one line.
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

/* Puts the struct behind 'data' into a template. */
typedef void fill_fn(struct view *v, const void *data);

/*
 * Reads and checks every *.tpl file of a directory, once in a process.
 * {{STATIC}} in them is 'assets', the address of the static files.
 * FAULT_BROKEN: the directory cannot be read, or a file is wrong; the text
 * names it, the cause has what the parser said.
 */
int view_load(const char *dir, const char *assets, struct fault *f);

/*
 * Appends template 'tpl', filled by fill(v, data), to 'out'.
 * FAULT_BROKEN: there is no such template, or one that it includes; 'out' is
 * as it was.
 */
int view_expand(const char *tpl, fill_fn *fill, const void *data,
		struct buf *out, struct fault *f);

/* What fill() set, as text: for tests that compare it with the markers. */
void view_dump(fill_fn *fill, const void *data, struct buf *out);

/* A NULL value is "".  Control characters become "?", but for tabs and line
 * ends. */
void view_str(struct view *v, const char *marker, const char *value);
/* As it is, for a marker {{NAME:none}}. */
void view_html(struct view *v, const char *marker, const char *html);
void view_int(struct view *v, const char *marker, int64_t value);
void view_printf(struct view *v, const char *marker, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Shows {{#SECTION}} once, with the values of 'v'. */
void view_show(struct view *v, const char *section);

/* One more round of {{#SECTION}}, with values of its own over those of 'v'. */
struct view *view_section(struct view *v, const char *section);

/* One more copy of 'tpl' where {{>MARKER}} stands, with values of its own. */
struct view *view_include(struct view *v, const char *marker, const char *tpl);

/* "1,234,567" */
void view_count(struct view *v, const char *marker, int64_t n);

/* Tenths of a percent: 364 is "36.4%", 500 is "50%". */
void view_tenths(struct view *v, const char *marker, int tenths);

/* A time zone and what it is called. */
struct view_zone {
	struct zone *zone;
	const char *name; /* "Europe/London" */
};

enum view_time {
	VIEW_DATE,   /* 22 Nov 2026 */
	VIEW_MOMENT, /* 22 Nov, 16:21 */
};

/*
 * Includes part_time.tpl at {{>MARKER}}: a time as people of the zone say it,
 * its tooltip with the exact one and the zone's name.
 */
void view_time(struct view *v, const char *marker, int64_t us,
	       enum view_time form, const struct view_zone *z);

#ifdef __cplusplus
}
#endif

#endif
