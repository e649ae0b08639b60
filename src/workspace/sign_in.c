#include "workspace/sign_in.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/secret.h"
#include "base/text.h"
#include "store/db.h"

#define QUARTER_S 900
#define HOUR_S 3600
#define KNOWN_S (90 * 24 * HOUR_S)

enum { PERSON, ADDRESS, ACCOUNT };
static const struct budget {
	int64_t most, time_s;
} budgets[] = {
	[PERSON] = { 10, QUARTER_S }, /* an account from an address */
	[ADDRESS] = { 50, QUARTER_S },
	[ACCOUNT] = { 100, HOUR_S },
};

/* The digests of the three counters, and of a known account and network. */
struct keys {
	uint8_t of[ARRAY_LEN(budgets)][DIGEST_LEN], known[DIGEST_LEN];
};

static const char *
network_of(const char *address, struct arena *a)
{
	char *text = arena_alloc(a, INET6_ADDRSTRLEN);
	struct in6_addr v6;

	if (inet_pton(AF_INET6, address, &v6) != 1)
		return address;
	if (IN6_IS_ADDR_V4MAPPED(&v6))
		return inet_ntop(AF_INET, v6.s6_addr + 12, text,
				 INET6_ADDRSTRLEN);
	memset(v6.s6_addr + 8, 0, 8);
	return inet_ntop(AF_INET6, &v6, text, INET6_ADDRSTRLEN);
}

static void
make_key(const char *of, const char *email, const char *network,
	 uint8_t out[static DIGEST_LEN], struct arena *a)
{
	const char *text = arena_printf(a, "%s\n%s\n%s", of, email, network);

	secret_digest(text, strlen(text), out);
}

static struct keys *
make_keys(const struct sign_in *s, struct arena *a)
{
	struct keys *k = ARENA_NEW(a, struct keys);
	const char *email = text_fold(a, s->email);
	const char *network = network_of(s->address, a);

	make_key("person", email, network, k->of[PERSON], a);
	make_key("address", "", network, k->of[ADDRESS], a);
	make_key("account", email, "", k->of[ACCOUNT], a);
	make_key("known", email, network, k->known, a);
	return k;
}

#define KEY(digest) ARG_BIN((digest), DIGEST_LEN)

static int
is_known(struct db *db, const struct keys *k, bool *known, struct fault *f)
{
	int64_t unused;
	int rc =
		db_int(db, &unused, STMT_SIGN_IN_TRIES, ARGS(KEY(k->known)), f);

	*known = rc == 0;
	return rc && f->code != FAULT_ABSENT ? -1 : 0;
}

int
sign_in_count(struct db *db, const struct sign_in *s, int64_t *wait_s,
	      struct arena *a, struct fault *f)
{
	const struct keys *k = make_keys(s, a);
	bool over[ARRAY_LEN(budgets)], known = false;

	if (db_exec(db, NULL, STMT_SIGN_IN_SWEEP, NO_ARGS, f))
		return -1;
	for (size_t i = 0; i < ARRAY_LEN(budgets); i++) {
		if (db_exec(db, NULL, STMT_SIGN_IN_COUNT,
			    ARGS(KEY(k->of[i]), ARG_INT(budgets[i].time_s)), f))
			return -1;
		/* The insert id is the count; 0 for a new row. */
		over[i] = db_insert_id(db) > budgets[i].most;
	}
	if (over[ACCOUNT] && is_known(db, k, &known, f))
		return -1;
	over[ACCOUNT] = over[ACCOUNT] && !known;
	*wait_s = 0;
	for (size_t i = 0; i < ARRAY_LEN(budgets); i++)
		if (over[i] && budgets[i].time_s > *wait_s)
			*wait_s = budgets[i].time_s;
	return 0;
}

int
sign_in_forgive(struct db *db, const struct sign_in *s, struct arena *a,
		struct fault *f)
{
	const struct keys *k = make_keys(s, a);

	if (db_exec(db, NULL, STMT_SIGN_IN_KNOW,
		    ARGS(KEY(k->known), ARG_INT(KNOWN_S)), f) ||
	    db_exec(db, NULL, STMT_SIGN_IN_FORGET, ARGS(KEY(k->of[PERSON])),
		    f) ||
	    db_exec(db, NULL, STMT_SIGN_IN_FORGIVE, ARGS(KEY(k->of[ADDRESS])),
		    f))
		return -1;
	return db_exec(db, NULL, STMT_SIGN_IN_FORGIVE,
		       ARGS(KEY(k->of[ACCOUNT])), f);
}
