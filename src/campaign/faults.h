/*
 * faults.h - why a campaign, or the wizard's entries for one, cannot be changed
 * as asked: the situations have one name and one sentence each.  Each function
 * sets a fault and returns -1.
 *
 *   no campaign     there is none, or it is of another workspace
 *   wrong status    its status does not allow the action
 *   stale version   another person changed it first
 *   stale form      another tab of the same person changed the entries first
 *   locked          it has run, and this cannot change any more
 */
#ifndef CAMPAIGN_FAULTS_H
#define CAMPAIGN_FAULTS_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct campaign;
struct db;
struct fault;

#define STALE_FORM_TEXT "This was changed in another tab or window."

/* FAULT_ABSENT. */
int fault_no_campaign(struct fault *f);

/* FAULT_CONFLICT; 'already': it is what the action would make it. */
int fault_wrong_status(const struct campaign *c, bool already, struct fault *f);

/* FAULT_CONFLICT. */
int fault_stale_version(struct fault *f);

/* The same with who changed the campaign last, and what; or a fault of the
 * database. */
int fault_stale_version_by(struct db *db, int64_t id, struct arena *a,
			   struct fault *f);

/* FAULT_CONFLICT with the sentence STALE_FORM_TEXT. */
int fault_stale_form(struct fault *f);

/* FAULT_CONFLICT for a field: its 'what' ("contact list") is locked. */
int fault_locked(const char *field, const char *what, struct fault *f);

#endif
