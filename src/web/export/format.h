/* format.h - the kinds of files that exports come as, and whose times they
 * tell. */
#ifndef WEB_EXPORT_FORMAT_H
#define WEB_EXPORT_FORMAT_H

struct request;
struct zone;

enum export_format { EXPORT_CSV, EXPORT_XLSX };
extern const char *const export_format_words[]; /* NULL after the last */
extern const char *const export_format_types[]; /* of their contents */

/* The time zone of the workspace, by a session or a key, and its name. */
const struct zone *export_zone(const struct request *q, const char **name);

#endif
