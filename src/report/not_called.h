/*
 * not_called.h - why a contact is not being called, in one sentence.
 *
 * Every reason asks what decides elsewhere: the campaign's note, its window at
 * the contact's place, the numbers that may not be called, the outcomes that
 * retry.  The first one that holds is told, those first that time alone does
 * not remove.
 */
#ifndef REPORT_NOT_CALLED_H
#define REPORT_NOT_CALLED_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct campaign;
struct contact_query;
struct contact_row;
struct db;
struct fault;
struct zones;

struct not_called {
	const struct campaign *c;
	const struct contact_row *contact; /* in the run of the query */
	struct zones *zones;
	int64_t now;
	bool excluded;	  /* its number is, from the campaign */
	const char *list; /* a do-not-call list that bars it; NULL: none */

	/* filled in by not_called_read() */
	bool past;    /* the run is not the campaign's current one */
	bool erasing; /* the person is being erased */
	const char
		*other; /* campaign whose call to the number is up, or NULL */
	int64_t before; /* contacts that are called first, roughly */
};

int not_called_read(struct db *db, const struct contact_query *q,
		    struct not_called *n, struct arena *a, struct fault *f);

const char *not_called_words(const struct not_called *n, struct arena *a);

#endif
