/* format.h - the kinds of files that exports come as, what they are called, and
 * whose times they tell. */
#ifndef WEB_EXPORT_FORMAT_H
#define WEB_EXPORT_FORMAT_H

#include <stdint.h>

struct buf;
struct fault;
struct request;
struct zone;

enum export_format { EXPORT_CSV, EXPORT_XLSX };
extern const char *const export_format_words[]; /* NULL after the last */
extern const char *const export_format_types[]; /* of their contents */

/* The time zone of the workspace, by a session or a key, and its name. */
const struct zone *export_zone(const struct request *q, const char **name);

/* The campaign in the address, and its short ID; FAULT_ABSENT: it cannot be
 * one. */
int export_campaign(const struct request *q, int64_t *id, const char **name,
		    struct fault *f);

/* "-no-answer": a part of a file's name, with what stands before it, in
 * letters, digits and hyphens; nothing for "". */
void export_name_part(struct buf *name, const char *before, const char *text);

#endif
