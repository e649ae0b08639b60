/*
 * list_query.h - the part of the campaign list that an address asks for:
 * filter, order, page.  Defaults are left out of the address.
 */
#ifndef WEB_PAGES_LIST_QUERY_H
#define WEB_PAGES_LIST_QUERY_H

#include <stddef.h>
#include <stdint.h>

#include "listing/campaign_list.h"

struct arena;
struct fault;
struct request;

#define LIST_SIZES 3
extern const int64_t list_sizes[LIST_SIZES]; /* rows a page; default first */

struct list_query {
	const char *q;
	unsigned status; /* 0: all but archived, else campaign_status + 1 */
	unsigned sort;	 /* enum campaign_sort */
	unsigned dir;	 /* 0: default of 'sort', 1: up, 2: down */
	int64_t size;
	const char *after, *before; /* keys of campaign_page; "": none */
	int64_t from; /* number of the first row, from the page before it */
	const char *unknown; /* "Status “foo”": an unknown choice that was
				replaced by the default; NULL: none */
};

/* Reads the request's query.  FAULT_INVALID, with q->refused 400, for an
 * invalid value. */
int list_query_read(struct request *q, struct list_query *out, struct fault *f);

/* The query's name in keys and tags: a digest, so of fixed length. */
#define LIST_NAME_LEN 16
void list_query_name(const struct list_query *l, struct arena *a,
		     char out[static LIST_NAME_LEN + 1]);

/* "/dashboard/campaigns?q=boiler&status=running" */
const char *list_query_address(const struct list_query *l, struct arena *a);

/* The same filter and order, on the first page. */
struct list_query list_query_first(const struct list_query *l);

/* True when the order is ascending, by default or as asked for. */
bool list_query_up(const struct list_query *l);

/* The same filter, sorted by 'sort'; reversed when that was the order. */
struct list_query list_query_sorted(const struct list_query *l,
				    enum campaign_sort sort);

struct campaign_query list_query_rows(const struct list_query *l,
				      int64_t workspace_id);

/* The hidden fields of the filter form: values that are not the default. */
struct list_extra {
	const char *name, *value;
};
#define LIST_EXTRAS 3
size_t list_query_extras(const struct list_query *l,
			 struct list_extra out[static LIST_EXTRAS],
			 struct arena *a);

#endif
