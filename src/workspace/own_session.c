#include "workspace/own_session.h"

#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/seal.h"
#include "store/redis.h"

/* The mark outlasts every copy that a slow request may still add. */
#define MARK_MS (2 * SESSION_COPY_MS)

const char *const session_marks[] = {
	[SESSION_ENDED] = "",
	[SESSION_CHANGED] = "changed",
};

/* clang-format off */
static const struct field seen_fields[] = {
	{ FIELD(seen_session, key) },
	{ FIELD(seen_session, created_at) },
	{ FIELD(seen_session, seen_at) },
	{ FIELD(seen_session, address) },
	{ FIELD(seen_session, agent) },
};
/* clang-format on */

static const struct record seen_record = RECORD(seen_fields);

int
session_list(struct db *db, int64_t user_id, struct seen_session **out,
	     size_t *count, struct arena *a, struct fault *f)
{
	static const struct rows_kind kind = { STMT_SESSION_LIST, &seen_record,
					       sizeof(struct seen_session) };
	struct seen_session *list =
		rows_all(db, &kind, ARGS(ARG_INT(user_id)), count, a, f);

	if (list)
		*out = list;
	return list ? 0 : -1;
}

/* Adds the digests of a query to the list. */
static int
read_digests(struct rows *r, struct digests *d, struct arena *a,
	     struct fault *f)
{
	int got;

	while ((got = rows_next(r, f)) > 0) {
		d->of = arena_grow(a, d->of, d->count, sizeof(*d->of));
		if (rows_copy(r, 0, d->of[d->count], DIGEST_LEN))
			d->count++;
	}
	rows_close(r);
	return got;
}

int
session_digests(struct db *db, int64_t user_id, const uint8_t *except,
		struct digests *out, struct arena *a, struct fault *f)
{
	static const uint8_t none[DIGEST_LEN];
	struct rows r;

	*out = (struct digests){ .of = NULL };
	if (db_query(db, &r, STMT_SESSION_DIGESTS,
		     ARGS(ARG_INT(user_id),
			  ARG_BIN(except ? except : none, DIGEST_LEN)),
		     f))
		return -1;
	return read_digests(&r, out, a, f);
}

static int
end_one(struct db *db, int64_t user_id, const uint8_t digest[static DIGEST_LEN],
	int64_t *ended, struct fault *f)
{
	return db_exec(db, ended, STMT_SESSION_END_OWN,
		       ARGS(ARG_BIN(digest, DIGEST_LEN), ARG_INT(user_id)), f);
}

int
session_end_all(struct db *db, int64_t user_id, const uint8_t *except,
		struct digests *ended, struct arena *a, struct fault *f)
{
	struct digests d;

	if (session_digests(db, user_id, except, &d, a, f))
		return -1;
	for (size_t i = 0; i < d.count; i++) {
		if (end_one(db, user_id, d.of[i], NULL, f))
			return -1;
	}
	*ended = d;
	return 0;
}

int
session_end_own(struct db *db, int64_t user_id, const char *key,
		struct digests *ended, struct arena *a, struct fault *f)
{
	struct digests d = { .count = 1 };
	int64_t gone = 0;

	d.of = arena_grow(a, NULL, 0, sizeof(*d.of));
	if (!secret_unhex(key, d.of[0], DIGEST_LEN) &&
	    end_one(db, user_id, d.of[0], &gone, f))
		return -1;
	if (!gone)
		return fault_set(f, FAULT_ABSENT,
				 "This session has already ended.");
	*ended = d;
	return 0;
}

const char *
session_copy_key(const char *key, struct arena *a)
{
	return arena_printf(a, "session:%s", key);
}

void
session_mark_all(const struct session_marker *m, enum session_mark mark,
		 const struct digests *d, struct arena *a)
{
	const char *text = session_marks[mark];
	struct fault unused;

	for (size_t i = 0; i < d->count; i++) {
		char hex[2 * DIGEST_LEN + 1];
		const char *name;
		struct bytes sealed;

		secret_hex(d->of[i], DIGEST_LEN, hex);
		name = session_copy_key(hex, a);
		sealed = seal_put(m->secret, name, m->now + MARK_MS * US_PER_MS,
				  (struct bytes){ text, strlen(text) }, a);
		redis_set(m->redis, name, sealed.data, sealed.len, MARK_MS,
			  &unused);
	}
}
