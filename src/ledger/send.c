#include "ledger/send.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/secret.h"

#define FEW 8
#define SOME 50

/* Statements of one family, by how many ids they take. */
struct family {
	int sent, won;
	size_t size;
};

static struct family
family_of(size_t n)
{
	if (n <= FEW)
		return (struct family){ STMT_CALL_SENT_8, STMT_CALL_WON_8,
					FEW };
	if (n <= SOME)
		return (struct family){ STMT_CALL_SENT_50, STMT_CALL_WON_50,
					SOME };
	return (struct family){ STMT_CALL_SENT_200, STMT_CALL_WON_200,
				SEND_MOST };
}

/* The ids, sorted, and which of them the statement found. */
struct sorted {
	struct call_id ids[SEND_MOST];
	bool found[SEND_MOST];
};

static void
sort(struct sorted *s, const struct call_id *ids, size_t n)
{
	assert(n > 0 && n <= SEND_MOST);
	memset(s->found, 0, sizeof(s->found));
	memcpy(s->ids, ids, n * sizeof(*ids));
	qsort(s->ids, n, sizeof(*ids), call_id_compare);
}

static void
tell(const struct sorted *s, const struct call_id *ids, size_t n, bool *out)
{
	for (size_t i = 0; i < n; i++)
		out[i] = s->found[call_id_find(s->ids, n, ids[i].b)];
}

int
ledger_send(struct db *db, const struct ledger_node *me,
	    const struct call_id *ids, size_t n, bool *won, struct fault *f)
{
	struct family family = family_of(n);
	struct arg args[SEND_MOST + 4], *at = args;
	int64_t token = (int64_t)secret_random_bits(63), changed;
	struct sorted s;
	struct rows r;

	sort(&s, ids, n);
	*at++ = ARG_INT(me->boot);
	*at++ = ARG_INT(token);
	at = args_ids(at, s.ids, n, family.size);
	*at++ = ARG_INT(me->slot);
	*at++ = ARG_INT(me->boot);
	if (db_exec(db, &changed, family.sent, args, (size_t)(at - args), f))
		return -1;
	if (changed > 0 && changed < (int64_t)n) {
		at = args_ids(args, s.ids, n, family.size);
		*at++ = ARG_INT(token);
		if (db_query(db, &r, family.won, args, (size_t)(at - args),
			     f) ||
		    ledger_found(&r, s.ids, n, s.found, f))
			return -1;
	} else {
		memset(s.found, changed > 0, sizeof(s.found));
	}
	tell(&s, ids, n, won);
	return 0;
}

int
ledger_ask_again(struct db *db, const struct ledger_node *me,
		 const struct call_id *ids, size_t n, bool *open,
		 struct fault *f)
{
	struct arg args[SEND_MOST + 3], *at;
	struct sorted s;
	struct rows r;

	sort(&s, ids, n);
	at = args_ids(args, s.ids, n, SEND_MOST);
	*at++ = ARG_INT(me->boot);
	*at++ = ARG_INT(me->slot);
	*at++ = ARG_INT(me->boot);
	if (db_query(db, &r, STMT_CALL_GATES_200, args, (size_t)(at - args),
		     f) ||
	    ledger_found(&r, s.ids, n, s.found, f))
		return -1;
	tell(&s, ids, n, open);
	return 0;
}
