#include "listing/index.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/log.h"
#include "listing/index_file.h"
#include "listing/index_priv.h"
#include "listing/index_view.h"
#include "store/db.h"

#define PLACES 64 /* workspaces that a process keeps open */
#define LOOKS 3	  /* looks at most when the file is replaced meanwhile */
#define FEW 1000  /* changes for which the file is not made again */
#define BUSY_PAUSE_S 1
#define BROKEN_PAUSE_S 60

/* A workspace; workspace_id 0: an unused slot. */
struct open_index {
	int64_t workspace_id;
	struct index_view *view; /* NULL: there is no file */
	int64_t looked_at; /* the view has all that was committed by then */
	bool full;	   /* too much has changed since the file was made */
	uint64_t used;
};

struct search_index {
	char *dir;
	struct db_conf conf;
	pthread_mutex_t lock; /* guards all that follows */
	pthread_cond_t ended;
	struct open_index places[PLACES];
	uint64_t uses;
	struct search_index_stats stats;
	pthread_t builder;
	bool started, at_work; /* the thread runs; it must be joined */
	int64_t building;      /* for which workspace */
	atomic_bool stop;
};

struct search_index *
search_index_new(const char *dir, const struct db_conf *conf)
{
	struct search_index *fd = xcalloc(1, sizeof(*fd));
	pthread_condattr_t attr;

	fd->dir = xstrdup(dir);
	fd->conf = *conf;
	pthread_mutex_init(&fd->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&fd->ended, &attr);
	pthread_condattr_destroy(&attr);
	return fd;
}

void
search_index_free(struct search_index *fd)
{
	if (!fd)
		return;
	pthread_mutex_lock(&fd->lock);
	fd->stop = true;
	pthread_cond_signal(&fd->ended);
	pthread_mutex_unlock(&fd->lock);
	if (fd->started)
		pthread_join(fd->builder, NULL);
	for (size_t i = 0; i < PLACES; i++)
		index_view_drop(fd->places[i].view);
	pthread_cond_destroy(&fd->ended);
	pthread_mutex_destroy(&fd->lock);
	free(fd->dir);
	free(fd);
}

/* The slot of a workspace, or the least recently used one. */
static struct open_index *
place_of(struct search_index *fd, int64_t workspace_id)
{
	struct open_index *p = NULL;

	for (size_t i = 0; i < PLACES; i++) {
		struct open_index *q = &fd->places[i];

		if (q->workspace_id == workspace_id)
			p = q;
		if (p && p->workspace_id == workspace_id)
			break;
		if (!p || q->used < p->used)
			p = q;
	}
	if (p->workspace_id != workspace_id) {
		index_view_drop(p->view);
		*p = (struct open_index){ .workspace_id = workspace_id };
	}
	p->used = ++fd->uses;
	return p;
}

/* Opens the current file if it is not the one that is open. */
static void
refresh(const struct search_index *fd, struct open_index *p)
{
	struct arena *a = arena_new();
	const char *path = search_index_path(a, fd->dir, p->workspace_id);
	struct stat st;
	struct snapshot *s = NULL;

	if (stat(path, &st) == 0 &&
	    (!p->view || st.st_dev != p->view->snapshot->dev ||
	     st.st_ino != p->view->snapshot->ino))
		s = snapshot_open(path, p->workspace_id);
	arena_free(a);
	if (!s)
		return;
	index_view_drop(p->view);
	p->view = index_view_new(s);
	p->looked_at = s->head->looked_at;
	p->full = false;
}

/* Waits for the time or the end of the index. */
static void
pause_s(struct search_index *fd, int seconds)
{
	struct timespec until;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += seconds;
	while (!fd->stop &&
	       pthread_cond_timedwait(&fd->ended, &fd->lock, &until) == 0)
		;
}

static void *
build(void *arg)
{
	struct search_index *fd = arg;
	struct db *db = db_new(&fd->conf, stmt_table, STMT_COUNT);
	struct fault f = { .code = FAULT_NONE };
	int rc = search_index_make(fd->dir, db, fd->building,
				   INDEX_YOUNG_S * US_PER_S, &fd->stop, &f);

	db_free(db);
	if (rc && f.code != FAULT_BUSY)
		log_fault("Searches of many campaigns stay slow", &f);
	pthread_mutex_lock(&fd->lock);
	if (rc)
		pause_s(fd,
			f.code == FAULT_BUSY ? BUSY_PAUSE_S : BROKEN_PAUSE_S);
	else
		fd->stats.builds++;
	fd->at_work = false;
	pthread_mutex_unlock(&fd->lock);
	return NULL;
}

/* Starts the thread unless it is at work; the caller holds the lock. */
static void
ask(struct search_index *fd, int64_t workspace_id)
{
	if (fd->at_work || fd->stop)
		return;
	if (fd->started)
		pthread_join(fd->builder, NULL);
	fd->building = workspace_id;
	fd->started = fd->at_work =
		pthread_create(&fd->builder, NULL, build, fd) == 0;
}

void
search_index_told(struct search_index *fd, int64_t workspace_id, int64_t count)
{
	if (count < INDEX_LEAST)
		return;
	pthread_mutex_lock(&fd->lock);
	ask(fd, workspace_id);
	pthread_mutex_unlock(&fd->lock);
}

int
search_index_build(struct search_index *fd, struct db *db, int64_t workspace_id,
		   struct fault *f)
{
	if (search_index_make(fd->dir, db, workspace_id, 0, &fd->stop, f))
		return -1;
	pthread_mutex_lock(&fd->lock);
	fd->stats.builds++;
	pthread_mutex_unlock(&fd->lock);
	return 0;
}

/* What a look has read from the database. */
struct delta_read {
	struct delta delta;
	size_t room, gone_room;
	int64_t now, made_at; /* 0: there is no such workspace */
};

static void *
make_room(struct arena *a, void *list, size_t count, size_t *room, size_t size)
{
	void *more;

	if (count < *room)
		return list;
	*room = *room ? 2 * *room : 32;
	more = arena_array(a, *room, size);
	if (count)
		memcpy(more, list, count * size);
	return more;
}

static void
take_line(struct delta_read *l, const struct rows *r, struct arena *a)
{
	enum { WORKSPACE, TOUCHED, GONE };
	struct delta *n = &l->delta;
	struct fresh_row *row;

	switch (rows_int(r, 0)) {
	case WORKSPACE:
		l->now = rows_int(r, 2);
		l->made_at = rows_int(r, 3);
		break;
	case TOUCHED:
		n->rows = make_room(a, n->rows, n->count, &l->room,
				    sizeof(*n->rows));
		row = &n->rows[n->count++];
		row->id = rows_int(r, 1);
		row->at = rows_int(r, 3);
		row->status = (uint8_t)rows_int(r, 4);
		row->hay = rows_bin(r, 5, a, &row->hay_len);
		row->name = rows_bin(r, 6, a, &row->name_len);
		break;
	case GONE:
		n->gone = make_room(a, n->gone, n->gone_count, &l->gone_room,
				    sizeof(*n->gone));
		n->gone[n->gone_count++] = rows_int(r, 1);
		break;
	}
}

static int
read_delta(struct db *db, int64_t workspace_id, int64_t since,
	   struct delta_read *l, struct arena *a, struct fault *f)
{
	struct arg ws = ARG_INT(workspace_id);
	struct arg from = ARG_TIME(since - INDEX_MARGIN_S * US_PER_S);
	struct arg most = ARG_INT(INDEX_MOST + 1);
	struct rows r;
	int got;

	*l = (struct delta_read){ .now = 0 };
	if (db_query(db, &r, STMT_INDEX_DELTA,
		     ARGS(ws, ws, from, most, ws, from, most), f))
		return -1;
	while ((got = rows_next(&r, f)) > 0)
		take_line(l, &r, a);
	return got;
}

static bool
is_too_much(const struct delta_read *l)
{
	return l->delta.count > INDEX_MOST || l->delta.gone_count > INDEX_MOST;
}

/* True when so much has changed, or the file is so old, that it should be made
 * again. */
static bool
is_worn(const struct open_index *p)
{
	const struct index_view *v = p->view;
	int64_t changes = (int64_t)(v->count + v->gone_count);
	int64_t most = (int64_t)v->snapshot->head->count / 50;

	if (most < FEW)
		most = FEW;
	if (most > INDEX_MOST)
		most = INDEX_MOST;
	return changes > most || p->looked_at - v->snapshot->head->looked_at >
					 INDEX_OLD_S * US_PER_S;
}

/* Deletes a file that is of no use any more; the caller holds the lock. */
static void
forget(struct search_index *fd, struct open_index *p)
{
	struct arena *a = arena_new();

	unlink(search_index_path(a, fd->dir, p->workspace_id));
	arena_free(a);
	index_view_drop(p->view);
	p->view = NULL;
}

/*
 * Applies what was read since 'seen' to the slot's view, unless a later look
 * has done so; returns the view.  NULL: the file was replaced, so look again.
 */
static struct index_view *
prune_delta(struct search_index *fd, struct open_index *p,
	    const struct index_view *seen, struct delta_read *l)
{
	struct index_view *next;

	if (!p->view || p->view->snapshot != seen->snapshot)
		return NULL;
	if (l->now > p->looked_at) {
		next = index_view_apply(p->view, &l->delta);
		index_view_drop(p->view);
		p->view = next;
		p->looked_at = l->now;
	}
	next = index_view_hold(p->view);
	fd->stats.looks++;
	fd->stats.fresh = (int64_t)next->count;
	if (!is_worn(p))
		return next;
	if (next->all < INDEX_LEAST / 2)
		forget(fd, p);
	else
		ask(fd, p->workspace_id);
	return next;
}

/* Looks once; returns 1 when the file was replaced meanwhile. */
static int
look(struct search_index *fd, struct db *db, int64_t workspace_id,
     struct index_view **out, struct arena *a, struct fault *f)
{
	bool again;
	struct open_index *p;
	struct index_view *seen = NULL;
	struct delta_read l;
	int64_t since;

	pthread_mutex_lock(&fd->lock);
	p = place_of(fd, workspace_id);
	refresh(fd, p);
	since = p->looked_at;
	if (p->view && !p->full)
		seen = index_view_hold(p->view);
	else if (p->view)
		ask(fd, workspace_id);
	pthread_mutex_unlock(&fd->lock);
	if (!seen)
		return 0;
	if (read_delta(db, workspace_id, since, &l, a, f)) {
		index_view_drop(seen);
		return -1;
	}
	pthread_mutex_lock(&fd->lock);
	p = place_of(fd, workspace_id);
	if (l.made_at != seen->snapshot->head->made_at)
		forget(fd, p);
	else if (is_too_much(&l))
		p->full = p->view && p->view->snapshot == seen->snapshot;
	else
		*out = prune_delta(fd, p, seen, &l);
	again = !*out && p->view && !p->full;
	pthread_mutex_unlock(&fd->lock);
	index_view_drop(seen);
	return again;
}

int
search_index_look(struct search_index *fd, struct db *db, int64_t workspace_id,
		  struct index_view **out, struct fault *f)
{
	struct arena *a = arena_new();
	int rc = 1;

	*out = NULL;
	for (int i = 0; i < LOOKS && rc > 0; i++)
		rc = look(fd, db, workspace_id, out, a, f);
	arena_free(a);
	if (!*out) {
		pthread_mutex_lock(&fd->lock);
		fd->stats.misses++;
		pthread_mutex_unlock(&fd->lock);
	}
	return rc < 0 ? -1 : 0;
}

struct search_index_stats
search_index_stats(struct search_index *fd)
{
	struct search_index_stats s;

	pthread_mutex_lock(&fd->lock);
	s = fd->stats;
	pthread_mutex_unlock(&fd->lock);
	return s;
}
