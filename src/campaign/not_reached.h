/*
 * not_reached.h - a new campaign of the contacts that a run did not reach
 * (doc/product.md 5.14).
 */
#ifndef CAMPAIGN_NOT_REACHED_H
#define CAMPAIGN_NOT_REACHED_H

#include <stdint.h>

struct actor;
struct arena;
struct db;
struct fault;

struct not_reached_order {
	int64_t campaign_id;
	int64_t run;	  /* its number */
	const char *once; /* any text: the same makes one campaign only */
};

/*
 * Makes a draft as Clone does, whose contacts are copies of those of a run that
 * has ended to whom nobody spoke and who may still be called.  It takes half a
 * minute for a million of them, in short transactions; the copy is nobody's
 * until the last one, and whatever ends this program meanwhile, nothing of it
 * stays.
 * The same order again gives the same campaign.
 *
 * FAULT_ABSENT: no such campaign or run.  FAULT_CONFLICT: the run has not
 * ended, or there are none.  FAULT_DENIED: the role.
 */
int campaign_of_not_reached(struct db *db, const struct actor *who,
			    const struct not_reached_order *o, int64_t *id,
			    struct arena *a, struct fault *f);

#endif
