/*
 * api_request.h - who sends a request of the API, and how many they may send.
 */
#ifndef WEB_SERVER_API_REQUEST_H
#define WEB_SERVER_API_REQUEST_H

#include <stdint.h>

struct fault;
struct reply;
struct request;

/*
 * Finds the key of "Authorization: Bearer KEY" or "X-API-Key: KEY", checks its
 * scope and campaign against the route's (but for reports of calls:
 * q->actor.campaign_id), and counts the request.  Sets q->key
 * and q->actor.  FAULT_DENIED: no such key (q->refused 401), or it may not do
 * this; FAULT_BUSY, with q->refused 429: too many requests.
 */
int api_request_open(struct request *q, struct reply *r, struct fault *f);

/*
 * Counts the request among those of 'id' in this minute, and tells in headers
 * how many are left.  FAULT_BUSY, with q->refused 429: there were more than 'most'.
 * Without Redis there is no limit: Nginx has one for each client.
 */
struct api_rate {
	const char *kind; /* in the headers: "key" */
	const char *id;
	int64_t most;
	const char *who; /* "This API key may send" */
};
int api_request_count(struct request *q, struct reply *r,
		      const struct api_rate *rate, struct fault *f);

/* The key as it was sent; NULL: there is none. */
const char *api_request_key(const struct request *q);

#endif
