/*
 * campaign_import.h - how a campaign gets its contacts: from a finished upload,
 * or by reading a file at once.
 */
#ifndef CAMPAIGN_CAMPAIGN_IMPORT_H
#define CAMPAIGN_CAMPAIGN_IMPORT_H

#include <stdint.h>

struct actor;
struct db;
struct fault;
struct import_counts;
struct import_hooks;

/*
 * Inside the caller's transaction, which has written the campaign's row and
 * knows that it never ran: the upload's list becomes the campaign's uploaded
 * contacts and replaces those it had.  FAULT_CONFLICT with f->field "contacts":
 * the upload is still being read, failed, was cancelled, or a campaign has it
 * already.
 */
int campaign_adopt_upload(struct db *db, const struct actor *who,
			  int64_t upload_id, int64_t campaign_id,
			  struct fault *f);

/*
 * FAULT_CONFLICT unless a file may replace the contacts of the campaign: it is
 * a draft that never ran, and no other file for it is being read.
 * FAULT_ABSENT: no such campaign in who->workspace_id.
 */
int campaign_may_upload(struct db *db, const struct actor *who,
			int64_t campaign_id, struct fault *f);

/*
 * Has a campaign take the contacts of an upload of this node that was sent for
 * it (upload_file.for_campaign) and has been read: as whoever sent it.  If the
 * campaign cannot take them any more the upload has failed.  Returns 1: done
 * with one of *workspace_id, 0: there is none, -1: a fault.
 */
int campaign_take_upload(struct db *db, const char *node,
			 int64_t *workspace_id, struct fault *f);

/*
 * Imports a whole file, for the command; of 'h' only read, row and arg are
 * used; 'name' is the file's name.  FAULT_ABSENT: no such campaign in
 * who->workspace_id.  FAULT_DENIED: the role.  FAULT_CONFLICT: not a never-run
 * draft, or another import is running.  FAULT_INVALID: what is wrong with the
 * file, on which line; nothing is stored.
 */
int contacts_import(struct db *db, const struct actor *who, int64_t campaign_id,
		    const char *name, const struct import_hooks *h,
		    struct import_counts *out, struct fault *f);

#endif
