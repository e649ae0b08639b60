/* Contact lists and the segments that refer to them. */

#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "contacts/contact_list.h"
#include "store/db.h"
#include "store/tx.h"

int
campaign_own_list(struct db *db, int64_t workspace_id, int64_t *list_id,
		  struct fault *f)
{
	int64_t id;

	if (db_exec(db, NULL, STMT_CAMPAIGN_OWN_LIST,
		    ARGS(ARG_INT(workspace_id)), f))
		return -1;
	id = db_insert_id(db);
	if (db_exec(db, NULL, STMT_LIST_ADD_PART, ARGS(ARG_INT(id)), f))
		return -1;
	*list_id = id;
	return 0;
}

int
segment_add(struct db *db, int64_t campaign_id, enum segment seg,
	    int64_t list_id, int64_t contacts, struct fault *f)
{
	struct arg upto = contacts == WHOLE_LIST ? ARG_NULL : ARG_INT(contacts);

	return db_exec(db, NULL, STMT_SEGMENT_ADD,
		       ARGS(ARG_INT(campaign_id), ARG_INT(seg),
			    ARG_INT(list_id), upto,
			    ARG_INT(PRIO_OF(PRIORITY_USUAL))),
		       f);
}

int
segment_lists(struct db *db, int64_t campaign_id, int64_t but,
	      struct list_use **out, size_t *count, struct arena *a,
	      struct fault *f)
{
	struct list_use *lists = NULL;
	size_t n = 0;
	struct rows r;
	int got;

	if (db_query(db, &r, STMT_SEGMENT_LISTS,
		     ARGS(ARG_INT(campaign_id), ARG_INT(but)), f))
		return -1;
	while ((got = rows_next(&r, f)) > 0) {
		lists = arena_grow(a, lists, n, sizeof(*lists));
		lists[n].list_id = rows_int(&r, 0);
		lists[n++].segments = rows_int(&r, 1);
	}
	if (got < 0)
		return -1;
	*out = lists;
	*count = n;
	return 0;
}

int
lists_ref(struct db *db, const struct list_use *lists, size_t count,
	  struct fault *f)
{
	for (size_t i = 0; i < count; i++) {
		int64_t changed;

		if (db_exec(db, &changed, STMT_LIST_REF,
			    ARGS(ARG_INT(lists[i].segments),
				 ARG_INT(lists[i].list_id)),
			    f))
			return -1;
		if (!changed)
			return fault_set(f, FAULT_CONFLICT,
					 "The contact list has just been "
					 "removed.");
	}
	return 0;
}

int
lists_unref(struct db *db, const struct list_use *lists, size_t count,
	    struct fault *f)
{
	for (size_t i = 0; i < count; i++) {
		int64_t changed;

		if (db_exec(db, &changed, STMT_LIST_UNREF,
			    ARGS(ARG_INT(lists[i].segments),
				 ARG_INT(lists[i].list_id),
				 ARG_INT(lists[i].segments)),
			    f))
			return -1;
		if (!changed)
			return fault_set(
				f, FAULT_BROKEN,
				"The count of a contact list’s campaigns is "
				"wrong; “outdial check” shows which.");
	}
	return 0;
}

struct sentence {
	int64_t list_id, passed;
};

/* Marks a list for erasure.  That is never undone, so repeating it is safe and
 * the transaction needs no mark. */
static int
condemn(struct db *db, void *arg, struct fault *f)
{
	struct sentence *s = arg;

	if (db_exec(db, NULL, STMT_SWEEP_UPLOAD, ARGS(ARG_INT(s->list_id)), f))
		return -1;
	return db_exec(db, &s->passed, STMT_SWEEP_CONDEMN,
		       ARGS(ARG_INT(s->list_id)), f);
}

static int
erase_list(struct db *db, void *arg, struct fault *f)
{
	int64_t *list_id = arg;

	if (db_exec(db, NULL, STMT_SWEEP_LIST, ARGS(ARG_INT(*list_id)), f))
		return -1;
	return db_exec(db, NULL, STMT_SWEEP_PARTS, ARGS(ARG_INT(*list_id)), f);
}

/* Finds a list; *id is 0 when there is none. */
static int
find_list(struct db *db, int stmt, int64_t *id, struct fault *f)
{
	if (!db_int(db, id, stmt, NO_ARGS, f))
		return 0;
	*id = 0;
	return f->code == FAULT_ABSENT ? 0 : -1;
}

int
list_sweep(struct db *db, int64_t chunk, bool *left, struct fault *f)
{
	static const int pieces[] = { STMT_SWEEP_CONTACTS, STMT_EXTERNAL_SWEEP,
				      STMT_BATCH_SWEEP };
	struct sentence sentence;
	int64_t list_id, erased;

	*left = false;
	if (find_list(db, STMT_SWEEP_DYING, &list_id, f))
		return -1;
	if (!list_id) {
		if (find_list(db, STMT_SWEEP_FIND, &list_id, f))
			return -1;
		if (!list_id)
			return 0;
		sentence = (struct sentence){ .list_id = list_id };
		if (tx_run(db, condemn, &sentence, NULL, f))
			return -1;
		if (!sentence.passed) /* the list was just taken */
			return 0;
	}
	*left = true;
	for (size_t i = 0; i < ARRAY_LEN(pieces); i++) {
		if (db_exec(db, &erased, pieces[i],
			    ARGS(ARG_INT(list_id), ARG_INT(chunk)), f))
			return -1;
		if (erased == chunk)
			return 0;
	}
	return tx_run(db, erase_list, &list_id, NULL, f);
}
