/* Writes the bot and the number pool of a campaign. */
#include <stdlib.h>
#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "campaign/campaign.h"
#include "campaign/repo.h"
#include "store/db.h"

int
campaign_check_bot(struct db *db, int64_t workspace_id, int64_t bot_id,
		   struct fault *f)
{
	int64_t found;

	if (db_int(db, &found, STMT_CAMPAIGN_HAS_BOT,
		   ARGS(ARG_INT(bot_id), ARG_INT(workspace_id)), f))
		return -1;
	if (!found)
		return fault_field(f, "bot_id", "There is no such bot.");
	return 0;
}

static int
compare_ids(const void *x, const void *y)
{
	int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;

	return (a > b) - (a < b);
}

int
campaign_pool_copy(const int64_t *numbers, size_t *count, int64_t **out,
		   struct arena *a, struct fault *f)
{
	int64_t *ids = ARENA_ARRAY(a, *count + 1, int64_t);
	size_t n = 0;

	if (*count > POOL_MOST)
		return fault_field(f, "numbers",
				   "A pool has at most %d numbers.", POOL_MOST);
	if (*count)
		memcpy(ids, numbers, *count * sizeof(*ids));
	qsort(ids, *count, sizeof(*ids), compare_ids);
	for (size_t i = 0; i < *count; i++) {
		if (!n || ids[i] != ids[n - 1])
			ids[n++] = ids[i];
	}
	*out = ids;
	*count = n;
	return 0;
}

static struct arg *
pool_args(int64_t id, const int64_t *numbers, size_t count, struct arena *a)
{
	struct arg *args = ARENA_ARRAY(a, count * 2 + 1, struct arg);

	for (size_t i = 0; i < count; i++) {
		args[i * 2] = ARG_INT(id);
		args[i * 2 + 1] = ARG_INT(numbers[i]);
	}
	return args;
}

int
campaign_pool_add(struct db *db, int64_t id, const int64_t *numbers,
		  size_t count, struct arena *a, struct fault *f)
{
	return db_bulk(db, NULL, STMT_CAMPAIGN_ADD_NUMBER,
		       pool_args(id, numbers, count, a), 2, count, f);
}

int
campaign_pool_check(struct db *db, int64_t workspace_id, int64_t id,
		    size_t whole, struct fault *f)
{
	int64_t real;

	if (db_int(db, &real, STMT_CAMPAIGN_REAL_NUMBERS,
		   ARGS(ARG_INT(id), ARG_INT(workspace_id)), f))
		return -1;
	if (real != (int64_t)whole)
		return fault_field(f, "numbers",
				   "A number in the pool does not exist.");
	return 0;
}

int
campaign_pool_drop(struct db *db, int64_t id, const int64_t *numbers,
		   size_t count, struct arena *a, struct fault *f)
{
	return db_bulk(db, NULL, STMT_CAMPAIGN_DROP_NUMBER,
		       pool_args(id, numbers, count, a), 2, count, f);
}
