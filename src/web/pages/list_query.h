/*
 * list_query.h - which part of the campaign list is asked for, as it stands
 * in the address: filter, order, page.  What is as usual is left out.
 */
#ifndef WEB_PAGES_LIST_QUERY_H
#define WEB_PAGES_LIST_QUERY_H

#include <stddef.h>
#include <stdint.h>

#include "campaign/campaign.h"

struct arena;
struct fault;
struct request;

#define LIST_SIZES 3
extern const int64_t list_sizes[LIST_SIZES]; /* rows a page; first: usual */

struct list_query {
	const char *q;
	unsigned status; /* 0: all, else enum campaign_status + 1 */
	unsigned sort;	 /* enum campaign_sort */
	unsigned dir;	 /* 0: as usual for 'sort', 1: up, 2: down */
	int64_t size;
	const char *after, *before; /* keys of campaign_page; "": none */
	int64_t from; /* number of the first row, as the page before it knew */
	const char *unknown; /* "Status “foo”": asked for, there is no such
				thing, the usual one is taken; NULL */
};

/* FAULT_INVALID, with the request refused by 400, for what cannot be. */
int list_query_read(struct request *q, struct list_query *out, struct fault *f);

/* Its name in keys and tags: of fixed length, without what was typed. */
#define LIST_NAME_LEN 16
void list_query_name(const struct list_query *l, struct arena *a,
		     char out[static LIST_NAME_LEN + 1]);

/* "/dashboard/campaigns?q=boiler&status=running" */
const char *list_query_address(const struct list_query *l, struct arena *a);

/* The same filter and order from its beginning. */
struct list_query list_query_first(const struct list_query *l);

/* True when it goes up, said or not. */
bool list_query_up(const struct list_query *l);

/* The same filter, sorted by 'sort': the other way when it was before. */
struct list_query list_query_sorted(const struct list_query *l,
				    enum campaign_sort sort);

struct campaign_query list_query_rows(const struct list_query *l,
				      int64_t workspace_id);

/* What a filter form has to carry along: name and value of what is unusual. */
struct list_extra {
	const char *name, *value;
};
#define LIST_EXTRAS 3
size_t list_query_extras(const struct list_query *l,
			 struct list_extra out[static LIST_EXTRAS],
			 struct arena *a);

#endif
