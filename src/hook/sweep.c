/* Erases events and deliveries that are kept no longer, in pieces of their
 * keys: both lie in the order in which they came. */
#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "hook/event_read.h"

#define PIECE 2000

struct oldest {
	int64_t id, seq;
};

static const struct field oldest_fields[] = {
	{ FIELD(oldest, id) },
	{ FIELD(oldest, seq) },
};
static const struct record oldest_record = RECORD(oldest_fields);
static const struct rows_kind events = { STMT_EVENT_OLDEST, &oldest_record,
					 sizeof(struct oldest) };
static const struct rows_kind deliveries = { STMT_DELIVERY_OLDEST,
					     &oldest_record,
					     sizeof(struct oldest) };

int
event_sweep(struct db *db, bool *left, struct arena *a, struct fault *f)
{
	struct oldest *list;
	int64_t gone;
	size_t n;

	*left = false;
	list = rows_all(db, &events, NO_ARGS, &n, a, f);
	if (!list)
		return -1;
	for (size_t i = 0; i < n; i++) {
		if (db_exec(db, &gone, STMT_EVENT_SWEEP,
			    ARGS(ARG_INT(list[i].id),
				 ARG_INT(list[i].seq + PIECE),
				 ARG_INT(EVENT_DAYS)),
			    f))
			return -1;
		*left |= gone > 0;
	}
	list = rows_all(db, &deliveries, NO_ARGS, &n, a, f);
	if (!list)
		return -1;
	for (size_t i = 0; i < n; i++) {
		if (db_exec(db, &gone, STMT_DELIVERY_SWEEP,
			    ARGS(ARG_INT(list[i].id),
				 ARG_INT(list[i].seq + PIECE),
				 ARG_INT(EVENT_DAYS), ARG_INT(list[i].id)),
			    f))
			return -1;
		*left |= gone > 0;
	}
	return 0;
}
