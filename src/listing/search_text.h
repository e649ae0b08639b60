/*
 * search_text.h - renews the stored text that campaigns are searched by, when
 * this program folds names in another way than the one that stored it.
 */
#ifndef LISTING_SEARCH_TEXT_H
#define LISTING_SEARCH_TEXT_H

#include <stdint.h>

struct db;
struct fault;

/* Increase it whenever text_search() gives another text for a name. */
#define SEARCH_VERSION 1

/*
 * Renews the searched text of every campaign whose text differs, 1,000 at a
 * time, unless that was done for this version; until then campaigns are found
 * by the old text.  *changed: how many differed.  If interrupted, it starts
 * again.
 */
int search_text_renew(struct db *db, int64_t *changed, struct fault *f);

#endif
