/*
 * api.h - the operations of /api/v1 (doc/product.md 11).
 *
 * An operation is one line of a list: OPERATION(method, path, scope, handler,
 * argument, what it reads, what it answers, status, name, summary).  The same
 * list makes the route table and the description (openapi.h).
 *
 * To add one: its line in the list of its file, and its handler.  A PUT brings a
 * file (API_FILE_TYPE), which the handler takes with file_upload_body(); a GET
 * without a schema answers one, with reply_csv().
 */
#ifndef WEB_API_API_H
#define WEB_API_API_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "web/server/route.h"
#include "workspace/api_key.h"

struct arena;
struct campaign;
struct fault;
struct json;
struct record;
struct reply;
struct request;
struct result_site;
struct schema;

/* What openapi.json says of a route, in the order of the route table. */
struct operation {
	const char *id, *summary;
	const struct schema *body, *answer; /* NULL: none */
	const struct record *query;	    /* parameters; NULL: none */
	int status;			    /* of success */
};

#define API_EXACT_MOST 9007199254740991 /* that JSON has in every language */
#define API_FILE_TYPE "text/csv"
/* In the place of a scope: no key is needed, the address has a secret. */
#define SCOPE_NONE SCOPE_MAX
#define API_ROUTE(method, path, scope, handler, arg, ...)                  \
	{ method, API_PATH path,                                           \
	  SCOPE_##scope == SCOPE_NONE ? ANYBODY : ROLE_VIEWER,             \
	  handler, arg, NULL,                                              \
	  ROUTE_SCOPE(SCOPE_##scope) |                                     \
		  (SCOPE_##scope == SCOPE_NONE ? ROUTE_SECRET : 0U) |      \
		  ((method) == PUT ? ROUTE_UPLOAD : 0U) },
#define API_OPERATION(method, path, scope, handler, arg, query, body, answer, \
		      status, id, summary)                                 \
	{ id, summary, body, answer, query, status },

/* One subject of the API. */
struct api_subject {
	const char *tag; /* "Campaigns" */
	const struct route *routes; /* as many as operations */
	const struct operation *operations;
	size_t count;
};
extern const struct api_subject campaign_api, catalog_api, contact_api,
	dnc_api, dnc_file_api, event_api, exclude_api, holiday_api,
	number_calls_api, report_api,
	result_api, trigger_api, user_api, webhook_api;

/* The word of the scope that an operation needs; NULL: it needs no key. */
const char *api_scope_of(const struct route *r);

/* What an operation reads, or answers with, is a file (API_FILE_TYPE). */
bool api_reads_file(const struct route *r);
bool api_answers_file(const struct route *r, const struct operation *op);
/* The other type of a file that it answers with, which its parameter “format”
 * chooses; NULL: there is none. */
const char *api_other_type(const struct operation *op);

/* All of them, NULL after the last. */
extern const struct api_subject *const api_subjects[];

/* The schemas that operations read and answer, each once. */
#define SCHEMAS_MOST 100
struct schema_list {
	struct {
		const struct schema *schema;
		bool body; /* it is read */
	} at[SCHEMAS_MOST];
	size_t count;
};

/* Adds those of a subject that are not there yet. */
void api_schemas(const struct api_subject *s, struct schema_list *all);

/* Their routes, for route_add(). */
extern const struct route campaign_api_routes[], catalog_api_routes[],
	contact_api_routes[], dnc_api_routes[], dnc_file_api_routes[],
	event_api_routes[], exclude_api_routes[], holiday_api_routes[],
	number_calls_api_routes[],
	openapi_routes[], report_api_routes[], result_api_routes[],
	trigger_api_routes[], user_api_routes[], webhook_api_routes[];
extern const struct route *const api_routes[];

/* Answers with a struct as JSON. */
void api_answer(struct request *q, struct reply *r, int status,
		const struct schema *s, const void *base);

/* Reads the request's body into a struct by one field table; members that are
 * not given stay.  FAULT_INVALID names the member. */
int api_body(struct request *q, const struct record *rec, void *base,
	     struct fault *f);

/* The same, but for one member that is a value of its own: *value, NULL when it
 * is not given. */
int api_body_with(struct request *q, const struct record *rec, void *base,
		  const char *name, const struct json **value, struct fault *f);

/* Puts where an element stands before the field of its fault:
 * "contacts/3/phone_number".  Returns -1. */
int api_fault_at(const char *list, size_t index, struct fault *f);

/* Reads the query into a struct: defaults, then what is given.  FAULT_INVALID
 * also for a name that the table lacks. */
int api_query(struct request *q, const struct record *rec, void *base,
	      struct fault *f);

/*
 * Checks If-Match, where it is sent, against the version that was read (RFC
 * 9110, 13.1.1).  FAULT_CONFLICT, with q->refused 412: "The campaign has
 * changed since ...".
 */
int api_if_match(struct request *q, int64_t version, const char *what,
		 struct fault *f);

/* A text of an answer; NULL, which is null there, for "". */
const char *api_text(const char *text);
/* A number as the API shows it (E.164), of its digits; NULL for "". */
const char *api_phone(const char *digits, struct arena *a);

/* What makes the addresses of results, for a key that may report them; *out
 * NULL for any other. */
int api_result_site(struct request *q, const struct result_site **out,
		    struct fault *f);

/* What the pages of a workspace show has changed, after a commit; perhaps a run
 * is to be planned now (0: none). */
void api_changed(struct request *q, int64_t run_id);

#endif
