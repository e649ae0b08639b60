/*
 * notify.h - the names of what web, dialler and ctl tell each other through
 * Redis.  Hints only: losing one costs a second.
 *
 *   wake             stream of run ids (decimal) to plan now
 *   call:{carrier}   stream of calls to place
 *   list:{workspace} version of what the campaign list shows
 */
#ifndef APP_NOTIFY_H
#define APP_NOTIFY_H

#include <stddef.h>
#include <stdint.h>

struct redis;

#define WAKE_STREAM "wake"
#define WAKE_MOST 100 /* runs at once */

/* Plan this run now; does nothing while Redis is away. */
void wake_run(struct redis *r, int64_t run_id);

/* The same for the first WAKE_MOST of them. */
void wake_runs(struct redis *r, const int64_t *run_ids, size_t count);

/* "list:42"; 'out' takes 32 bytes. */
void list_version_key(int64_t workspace_id, char out[static 32]);

/* After the commit of anything the list shows. */
void list_invalidate(struct redis *r, int64_t workspace_id);

#endif
