/*
 * sender.h - posts to many addresses at once without waiting for any (libcurl's
 * multi interface).  Each address is judged when its socket is opened
 * (address.h); redirects are not followed, no proxy is used, TLS is verified,
 * and an answer is read to 64 KB at most.  Belongs to one thread.
 */
#ifndef HOOK_SENDER_H
#define HOOK_SENDER_H

#include <stddef.h>
#include <stdint.h>

struct address_nets;
struct sender;

#define SEND_CONNECT_MS 5000
#define SEND_TOTAL_MS 15000

struct post {
	const char *url, *id, *signature;
	int64_t timestamp; /* seconds */
	const char *body;
	size_t len;
	void *arg; /* for sender_fn */
};

struct post_result {
	int status;	   /* of HTTP; 0: no answer */
	const char *error; /* why there was none; "" */
	int64_t ms;
};
typedef void sender_fn(void *arg, const struct post_result *r);

/* 'nets' must outlive the sender. */
struct sender *sender_new(const struct address_nets *nets, sender_fn *done);
/* Drops what is under way, without a result. */
void sender_free(struct sender *s);
void sender_drop(struct sender *s);

/* Everything is copied; the result comes in a later sender_turn(). */
void sender_post(struct sender *s, const struct post *p);

/* Sends and receives what is possible and gives results; if there are none, it
 * waits at most 'wait_ms' for something to happen. */
void sender_turn(struct sender *s, int wait_ms);

#endif
