/*
 * search_text.h - the stored text that campaigns are searched by, made anew
 * when the program folds names in another way than the one that stored it.
 */
#ifndef LISTING_SEARCH_TEXT_H
#define LISTING_SEARCH_TEXT_H

#include <stdint.h>

struct db;
struct fault;

/* One more whenever text_search() gives another text for a name. */
#define SEARCH_VERSION 1

/*
 * Makes the searched text of every campaign anew whose text differs, 1,000 at
 * a time, if that has not been done for this version; campaigns are found by
 * the old text until then.  *changed: how many differed.  Cut off, it begins
 * again.
 */
int search_text_renew(struct db *db, int64_t *changed, struct fault *f);

#endif
