/*
 * notify.h - the notifications between web, dialler and ctl through Redis.
 * They are only hints: a lost one costs a second.
 *
 *   wake             stream of ids of runs (decimal) to plan now
 *   call:{carrier}   stream of calls to place
 *   list:{workspace} version of the campaign list's contents
 */
#ifndef APP_NOTIFY_H
#define APP_NOTIFY_H

#include <stddef.h>
#include <stdint.h>

struct redis;

#define WAKE_STREAM "wake"
#define WAKE_MOST 100 /* runs in one call */

/* Asks the dialler to plan this run now; does nothing while Redis is away. */
void wake_run(struct redis *r, int64_t run_id);

/* The same for the first WAKE_MOST of them. */
void wake_runs(struct redis *r, const int64_t *run_ids, size_t count);

/* "list:42"; 'out' takes 32 bytes. */
void list_version_key(int64_t workspace_id, char out[static 32]);

/* The caller calls this after it has committed a change that the list shows. */
void list_invalidate(struct redis *r, int64_t workspace_id);

#endif
