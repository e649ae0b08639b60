#include "web/server/idempotency.h"

#include <stdbool.h>
#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/log.h"
#include "base/secret.h"
#include "store/db.h"
#include "store/tx.h"
#include "web/server/api_request.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "web/server/route.h"
#include "workspace/api_key.h"

#define ANSWER_TRIES 50
#define ANSWER_WAIT_US 20000
#define ADDRESS_LINE "%s %s\n" /* and the body: what the digest is of */

struct idempotency {
	struct request *q;
	struct reply *r;
	uint8_t digest[DIGEST_LEN];  /* of the key */
	uint8_t request[DIGEST_LEN]; /* of the request */
};

/* The answer as it is stored; status 0 while there is none. */
#define STORED(i, status)                                                   \
	ARG_INT(status), ARG_STR((i)->r->location ? (i)->r->location : ""), \
		ARG_STR(stored_body(i))

/* What a secret answer is locked with. */
static void
lock_of(const struct idempotency *i, uint8_t out[static DIGEST_LEN])
{
	const char *both =
		arena_printf(i->q->arena, "%s\n%s", api_request_key(i->q),
			     request_env(i->q, "HTTP_IDEMPOTENCY_KEY"));

	secret_digest(both, strlen(both), out);
}

/* The body; a secret one locked, in hexadecimal, which no JSON begins with;
 * NULL: none. */
static const char *
stored_body(const struct idempotency *i)
{
	const struct buf *body = &i->r->body;
	size_t len = body->len + SECRET_BOX_EXTRA;
	uint8_t lock[DIGEST_LEN], *box;
	char *hex;

	if (!body->len || !i->r->secret)
		return body->len ? body->data : NULL;
	box = arena_alloc(i->q->arena, len);
	hex = arena_alloc(i->q->arena, 2 * len + 1);
	lock_of(i, lock);
	secret_lock(lock, body->data, body->len, box);
	secret_hex(box, len, hex);
	return hex;
}

/* Appends a stored body to the answer. */
static int
give_body(struct idempotency *i, const char *stored, struct fault *f)
{
	size_t len = strlen(stored) / 2;
	uint8_t lock[DIGEST_LEN], *box;
	struct buf *body = &i->r->body;

	if (*stored == '{') {
		buf_str(body, stored);
		return 0;
	}
	i->r->secret = true;
	box = arena_alloc(i->q->arena, len + 1);
	lock_of(i, lock);
	if (len <= SECRET_BOX_EXTRA || secret_unhex(stored, box, len) ||
	    secret_unlock(lock, box, len, buf_room(body, len)))
		return fault_set(f, FAULT_BROKEN,
				 "The stored answer cannot be read.");
	body->len += len - SECRET_BOX_EXTRA;
	body->data[body->len] = '\0';
	return 0;
}

static struct arg
digest_arg(const uint8_t digest[static DIGEST_LEN])
{
	return ARG_BIN(digest, DIGEST_LEN);
}

/* Stores the key with the change (tx_also()). */
static int
add(struct db *db, void *arg, struct fault *f)
{
	struct idempotency *i = arg;
	struct arg key = ARG_INT(i->q->key->id);

	if (db_exec(db, NULL, STMT_IDEMPOTENCY_EXPIRE,
		    ARGS(key, digest_arg(i->digest)), f))
		return -1;
	return db_exec(db, NULL, STMT_IDEMPOTENCY_ADD,
		       ARGS(key, digest_arg(i->digest), digest_arg(i->request),
			    STORED(i, i->r->body.len ? i->r->status : 0)),
		       f);
}

/* What is stored of an earlier request with this key. */
struct stored {
	int64_t same; /* 0: it was another request */
	int64_t status;
	const char *location, *body;
};

static const struct field stored_fields[] = {
	{ FIELD(stored, same) },
	{ FIELD(stored, status) },
	{ FIELD(stored, location) },
	{ FIELD(stored, body) },
};
static const struct record stored_record = RECORD(stored_fields);

/* Gives the stored answer: 1, or -1. */
static int
replay(struct idempotency *i, const struct stored *s, struct fault *f)
{
	if (!s->same)
		return request_refuse(i->q, 422, f,
				      "This Idempotency-Key was used for "
				      "another request.");
	if (!s->status)
		return fault_set(f, FAULT_CONFLICT,
				 "The first request with this Idempotency-Key "
				 "was carried out; its answer is not known.");
	reply_begin_json(i->r);
	i->r->status = (int)s->status;
	if (*s->location)
		reply_location(i->r, s->location);
	if (s->body && give_body(i, s->body, f))
		return -1;
	reply_header(i->r, "Idempotency-Replayed", "true");
	return 1;
}

/* Looks once: 1, 0: there is none, or -1; *busy: the first request is not
 * answered yet. */
static int
look(struct idempotency *i, bool *busy, struct fault *f)
{
	struct stored s;
	struct rows rows;
	int got;

	if (db_query(i->q->db, &rows, STMT_IDEMPOTENCY_FIND,
		     ARGS(digest_arg(i->request), ARG_INT(i->q->key->id),
			  digest_arg(i->digest)),
		     f))
		return -1;
	got = rows_fetch(&rows, &stored_record, &s, i->q->arena, f);
	rows_close(&rows);
	*busy = got > 0 && !s.status;
	return got > 0 ? replay(i, &s, f) : got;
}

/* The answer is stored a moment after the change. */
static int
find(struct idempotency *i, struct fault *f)
{
	bool busy = true;
	int got = 0;

	for (int tries = 0; busy && tries < ANSWER_TRIES; tries++) {
		if (tries)
			clock_sleep_us(ANSWER_WAIT_US);
		got = look(i, &busy, f);
	}
	return got;
}

static void
name_request(struct idempotency *i, const char *key)
{
	struct request *q = i->q;
	const char *head = arena_printf(q->arena, ADDRESS_LINE,
					method_words[q->method], q->target);
	size_t len = strlen(head);
	char *all = arena_alloc(q->arena, len + q->body.len + 1);

	memcpy(all, head, len);
	if (q->body.len)
		memcpy(all + len, q->body.data, q->body.len);
	secret_digest(all, len + q->body.len, i->request);
	secret_digest(key, strlen(key), i->digest);
}

/* Stores the answer, if it was not there yet at the COMMIT. */
static void
keep_answer(struct idempotency *i)
{
	struct fault f;

	if (!i->r->stream &&
	    db_exec(i->q->db, NULL, STMT_IDEMPOTENCY_ANSWER,
		    ARGS(STORED(i, i->r->status), ARG_INT(i->q->key->id),
			 digest_arg(i->digest)),
		    &f))
		log_fault("The answer of a request that may be sent again is "
			  "not stored",
			  &f);
}

int
idempotency_handle(struct request *q, struct reply *r, struct fault *f)
{
	struct idempotency i = { .q = q, .r = r };
	const char *key = request_env(q, "HTTP_IDEMPOTENCY_KEY");
	struct fault second = { .code = FAULT_NONE };
	int got;

	if (!key || !*key)
		return q->route->handler(q, r, f);
	if (q->route->flags & ROUTE_UPLOAD)
		return request_refuse(q, 400, f,
				      "A file takes no Idempotency-Key: sent "
				      "again, it replaces what the first one "
				      "brought.");
	if (strlen(key) > IDEMPOTENCY_KEY_MAX)
		return request_refuse(q, 400, f,
				      "An Idempotency-Key has at most %d "
				      "bytes.",
				      IDEMPOTENCY_KEY_MAX);
	name_request(&i, key);
	got = find(&i, f);
	if (got)
		return got < 0 ? -1 : 0;
	tx_also(q->db, add, &i);
	got = q->route->handler(q, r, f);
	tx_also(q->db, NULL, NULL);
	if (!got) {
		keep_answer(&i);
		return 0;
	}
	/* Perhaps the same request, sent at the same time, was faster. */
	got = find(&i, &second);
	if (got < 0)
		*f = second;
	return got > 0 ? 0 : -1;
}
