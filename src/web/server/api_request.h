/*
 * api_request.h - who sends a request of the API, and how many they may send.
 */
#ifndef WEB_SERVER_API_REQUEST_H
#define WEB_SERVER_API_REQUEST_H

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

/* The key as it was sent; NULL: there is none. */
const char *api_request_key(const struct request *q);

#endif
