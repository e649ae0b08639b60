#include "contacts/import_store.h"

#include <pthread.h>
#include <stdlib.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/cpu_pressure.h"
#include "base/fault.h"
#include "contacts/import.h"
#include "store/db.h"
#include "store/tx.h"

#define COLUMNS 7
#define PIECE_ROWS 50 /* per statement under CPU pressure: less than 1 ms */

struct storer {
	struct db *db;
	int64_t list_id;
	const struct import_hooks *h;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	const struct import_chunk *chunk; /* being stored; NULL: none */
	bool ends;
	int rc;
	struct fault fault;
};

struct import_chunk
chunk_new(void)
{
	return (struct import_chunk){ .text = arena_new(),
				      .args = xcalloc(CHUNK_ROWS * COLUMNS,
						      sizeof(struct arg)) };
}

void
chunk_clear(struct import_chunk *c, int64_t before)
{
	c->count = c->bytes = 0;
	c->before = before;
	arena_reset(c->text);
}

void
chunk_free(struct import_chunk *c)
{
	free(c->args);
	arena_free(c->text);
}

static struct arg
copied(struct import_chunk *c, const char *text)
{
	return text ? ARG_STR(arena_strdup(c->text, text)) : ARG_NULL;
}

void
chunk_add(struct import_chunk *c, int64_t list_id, const struct chunk_row *row)
{
	struct arg *args = c->args + c->count++ * COLUMNS;

	args[0] = ARG_INT(list_id);
	args[1] = ARG_INT(c->before + (int64_t)c->count);
	args[2] = copied(c, row->phone);
	args[3] = copied(c, row->country);
	args[4] = copied(c, row->written);
	args[5] = copied(c, row->vars);
	args[6] = ARG_INT(row->line);
}

/* Adds them in one statement, or under CPU pressure in short ones, between
 * which other work can run. */
static int
add_contacts(struct db *db, const struct import_chunk *c, struct fault *f)
{
	size_t most = c->crowded ? PIECE_ROWS : CHUNK_ROWS;

	for (size_t at = 0, n; at < c->count; at += n) {
		n = c->count - at < most ? c->count - at : most;
		if (db_bulk(db, NULL, STMT_LIST_ADD_CONTACT,
			    c->args + at * COLUMNS, COLUMNS, n, f))
			return -1;
		cpu_yield();
	}
	return 0;
}

static int
store(struct db *db, void *arg, struct fault *f)
{
	struct storer *s = arg;
	const struct import_chunk *c = s->chunk;
	int64_t grown;

	if (s->h->note(s->h->arg, db, f))
		return -1;
	if (!c->count)
		return 0;
	if (db_exec(db, &grown, STMT_LIST_GROW,
		    ARGS(ARG_INT(c->count), ARG_INT(s->list_id),
			 ARG_INT(c->before)),
		    f))
		return -1;
	if (!grown)
		return fault_set(
			f, FAULT_BROKEN,
			"The contact list’s count of contacts is wrong.");
	return add_contacts(db, c, f);
}

/* Waits for the next chunk; NULL at the end. */
static const struct import_chunk *
await(struct storer *s)
{
	const struct import_chunk *c;

	pthread_mutex_lock(&s->lock);
	while (!s->chunk && !s->ends)
		pthread_cond_wait(&s->changed, &s->lock);
	c = s->chunk;
	pthread_mutex_unlock(&s->lock);
	return c;
}

static void
finish(struct storer *s, int rc)
{
	pthread_mutex_lock(&s->lock);
	s->rc = rc;
	s->chunk = NULL;
	pthread_cond_signal(&s->changed);
	pthread_mutex_unlock(&s->lock);
}

static void *
run(void *storer)
{
	struct storer *s = storer;
	const struct import_chunk *c;

	while ((c = await(s)))
		finish(s, tx_run_marked(s->db, store, s, &s->fault));
	return NULL;
}

struct storer *
storer_open(struct db *db, int64_t list_id, const struct import_hooks *h)
{
	struct storer *s = xcalloc(1, sizeof(*s));

	*s = (struct storer){ .db = db, .list_id = list_id, .h = h };
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->changed, NULL);
	if (pthread_create(&s->thread, NULL, run, s) == 0)
		return s;
	free(s);
	return NULL;
}

void
storer_close(struct storer *s)
{
	pthread_mutex_lock(&s->lock);
	s->ends = true;
	pthread_cond_signal(&s->changed);
	pthread_mutex_unlock(&s->lock);
	pthread_join(s->thread, NULL);
	pthread_cond_destroy(&s->changed);
	pthread_mutex_destroy(&s->lock);
	free(s);
}

void
storer_give(struct storer *s, const struct import_chunk *c)
{
	pthread_mutex_lock(&s->lock);
	s->chunk = c;
	pthread_cond_signal(&s->changed);
	pthread_mutex_unlock(&s->lock);
}

int
storer_wait(struct storer *s, struct fault *f)
{
	int rc;

	pthread_mutex_lock(&s->lock);
	while (s->chunk)
		pthread_cond_wait(&s->changed, &s->lock);
	rc = s->rc;
	if (rc)
		*f = s->fault;
	pthread_mutex_unlock(&s->lock);
	return rc;
}
