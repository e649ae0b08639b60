/*
 * request.h - one HTTP request from FastCGI, checked before any handler sees
 * it: a known method, a decoded path, UTF-8 without control characters in
 * every value, nothing above its limit.
 *
 * All text lives in q->arena, or in the environment of the request, and is
 * freed with the request.  db, redis, arena and installation belong to the
 * thread.
 */
#ifndef WEB_SERVER_REQUEST_H
#define WEB_SERVER_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/redis.h"
#include "workspace/account.h"

struct api_key;
struct arena;
struct buf;
struct config;
struct db;
struct fault;
struct search_index;
struct installation;
struct record;
struct route;
struct session;
struct page_cache;
struct zones;

enum method { GET, POST, PUT, PATCH, DELETE, METHOD_MAX };
extern const char *const method_words[]; /* NULL-terminated */

#define HOME_PATH "/dashboard/campaigns"
#define HEADERS_MAX 65536 /* bytes, all parameters of a request together */
#define ADDRESS_MAX 4096  /* bytes of a redirect; encoded they fit a header */
#define PAIRS_MAX 120	  /* in a query or a form; enough for a page's rows */
#define REQUEST_ID_LEN 11 /* with its NUL */
#define PREFETCH_MAX 1
#define SEGMENTS_MAX 2

struct pair {
	const char *name, *value;
};

struct pairs {
	struct pair *at;
	size_t count;
};

/* Reads at most 'len' bytes of the body; returns 0 at its end. */
typedef size_t request_read_fn(void *stream, char *to, size_t len);

struct request {
	/* tools of the thread */
	struct db *db;
	struct redis *redis;
	struct arena *arena;
	struct buf *scratch; /* empty when the request begins */
	struct zones *zones;
	struct page_cache *page_cache;
	struct search_index *index;
	struct installation *installation; /* session_open() reads it */
	const struct config *config;

	/* what the client sent */
	char **envp;
	request_read_fn *read;
	void *stream;
	int64_t now;
	char id[REQUEST_ID_LEN]; /* for the log, and for people to quote */
	enum method method;
	bool head;		   /* HEAD: a GET whose body is not sent */
	const char *path, *target; /* decoded; as sent, with the query */
	const char *address;	   /* the client's, as Nginx knows it */
	struct pairs query, form;
	int64_t body_len;

	/* what the client understands */
	bool htmx;    /* the client is htmx: redirects go into a header */
	bool partial; /* htmx wants a part of the page */
	bool json;    /* the client is a program */

	/* what dispatch found */
	const struct route *route;
	const char *segment; /* that of the path that the first :id matched */
	const char *segments[SEGMENTS_MAX]; /* those of all */
	struct session *session; /* NULL: not signed in */
	const struct api_key *key; /* that a program shows; NULL: none */
	struct actor actor;	   /* who acts, by a session or by a key */
	struct bytes body;	   /* of a request of the API, terminated */
	bool redis_away;	 /* pages show a banner */
	struct bytes prefetched[PREFETCH_MAX]; /* see prefetch_fn */
	void *prefetch_state; /* what prefetch_fn leaves for the handler */

	int refused; /* HTTP status instead of that of the fault's code */
	const char *failed; /* "Failed to start": a toast's title for a fault;
			       NULL: the fault's text */
};

/*
 * Sets the keys that are read from Redis together with the session, in one
 * round trip, and returns their count; the values go to q->prefetched.  The
 * workspace and role come from the cookie and are not verified yet: hint_ok of
 * struct session says whether they were right.
 */
typedef size_t prefetch_fn(struct request *q, int64_t workspace_id,
			   enum role role,
			   const char *keys[static PREFETCH_MAX]);

/*
 * Reads method, path, query and the headers that matter from q->envp.
 * FAULT_INVALID, with q->refused 400, 414, 431 or 501.
 */
int request_begin(struct request *q, struct fault *f);

/* The value of a FastCGI parameter ("HTTP_ACCEPT"), or NULL. */
const char *request_env(const struct request *q, const char *name);

/* The value of a cookie, or NULL. */
const char *request_cookie(struct request *q, const char *name);

/* The first value of a name, or NULL. */
const char *pairs_get(const struct pairs *p, const char *name);

/*
 * Reads a form of at most 'max' bytes into q->form.
 * FAULT_INVALID, with q->refused 400, 411, 413 or 415.
 */
int request_form(struct request *q, size_t max, struct fault *f);

/*
 * Reads a body of at most 'max' bytes and of that type ("application/json")
 * into q->body.  FAULT_INVALID, with q->refused 400, 411, 413 or 415.
 */
int request_body(struct request *q, const char *type, size_t max,
		 struct fault *f);

/*
 * Fills *base by its field table: defaults first, then the values in 'p' (an
 * empty value leaves the default).  FAULT_INVALID names the field.
 */
int pairs_fill(const struct pairs *p, const struct record *rec, void *base,
	       struct arena *a, struct fault *f);

/*
 * Seals a value that Redis keeps under 'name' for 'life_ms', and opens what
 * Redis returns: data is NULL if the seal is not ours (base/seal.h).  Call
 * them after session_open().
 */
struct bytes request_seal(const struct request *q, const char *name,
			  const char *data, size_t len, int64_t life_ms);
struct bytes request_unseal(const struct request *q, const char *name,
			    struct bytes sealed);

/* True for UTF-8 without control characters except tabs and line ends. */
bool request_is_clean(const char *s, size_t len);

/* The campaign id in the path; FAULT_ABSENT when it cannot be one. */
int request_campaign(const struct request *q, uint64_t *id, struct fault *f);

/* False when the headers show that a form comes from another site. */
bool request_same_origin(const struct request *q);

/* Path and query of the page of this site that the client is on, or NULL. */
const char *request_from(const struct request *q);

/* Sets a fault with an HTTP status of its own; returns -1. */
int request_refuse(struct request *q, int status, struct fault *f,
		   const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/* The HTTP status of a fault: its own, or that of its code. */
int request_status(const struct request *q, const struct fault *f);

#endif
