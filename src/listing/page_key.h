/*
 * page_key.h - places in the campaign list, as text for a URL; inside listing
 * only.
 *
 * A key is the sort values of a row, not a row: it keeps its place when the row
 * changes or is deleted.  Rows with equal values stand newest first, so every
 * key has the time and the id too.
 *
 *   c1795531234000000.7k3m9x2q0a        created
 *   n1795531234000000.7k3m9x2q0a.1c60   name: name_key in hexadecimal
 *   s1795531234000000.7k3m9x2q0a.3      status; also p, a, r: -1 is no rate
 *   cfirst  clast                       before and after all rows
 */
#ifndef LISTING_PAGE_KEY_H
#define LISTING_PAGE_KEY_H

#include <stddef.h>
#include <stdint.h>

#include "listing/campaign_list.h"

#define NAME_KEY_MAX 240 /* bytes of campaign.name_key */
#define KEY_TIME_MAX INT64_C(253402300799000000) /* the year 9999 */
#define KEY_ID_MAX ((INT64_C(1) << 50) - 1)

enum key_edge { KEY_FIRST = -1, KEY_ROW = 0, KEY_LAST = 1 };

struct campaign_key {
	enum campaign_sort sort;
	enum key_edge edge; /* if not KEY_ROW, no other field counts */
	int64_t at, id;
	int64_t value;	     /* status, percent, rate */
	const uint8_t *name; /* its name_key */
	size_t name_len;
};

const char *campaign_key_text(const struct campaign_key *k, struct arena *a);

/* FAULT_INVALID when the text is not a key of this sort; "" is not one. */
int campaign_key_read(const char *text, enum campaign_sort sort,
		      struct campaign_key *out, struct arena *a,
		      struct fault *f);

#endif
