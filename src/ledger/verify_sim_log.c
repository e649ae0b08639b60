/* Compares the ledger with the log of a simulated carrier, the record of what
 * was placed. */
#include "ledger/verify.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/uuid.h"
#include "campaign/call_id.h"
#include "ledger/verify_count.h"
#include "store/db.h"
#include "store/tx.h"

#define CHECK_NO 10
#define CHECK_NAME "sim_log"
#define LINE_BYTES 50	   /* no line is shorter */
#define IDS_A_PASS 1000000 /* 16 MB */
#define AT_ONCE 100

struct judge {
	FILE *file;
	const char *path;
	long size; /* the log as it was when we began */
	uint64_t passes, pass;
	struct call_key *ids; /* of this pass, then sorted */
	size_t count, cap;
	uint8_t *live; /* ids of live calls, sorted */
	size_t live_count;
	struct arena *arena; /* of a pass */
	struct arena *keep;  /* of the report */
	struct verify_report *out, before;
};

static void
note(struct judge *j, const char *id, const char *what)
{
	verify_note(j->out, j->keep, CHECK_NO, CHECK_NAME, 0,
		    arena_printf(j->keep, "%.40s %s", id, what));
}

static void
note_key(struct judge *j, const struct call_key *key, const char *what)
{
	uint8_t id[UUID_LEN];
	char text[UUID_TEXT];

	call_id_make(key, id);
	uuid_text(id, text);
	note(j, text, what);
}

static uint64_t
spread(const struct call_key *k)
{
	uint64_t h = (uint64_t)k->run << 32 | k->ordinal;

	h = (h ^ k->seg) * 0x9e3779b97f4a7c15ULL;
	return h >> 33;
}

/* One line: time, id, number; a line with a fourth word other than "place" is
 * not about placing a call. */
static void
take_line(struct judge *j, char *line)
{
	char *id = strchr(line, '\t');
	char *end = id ? strchr(++id, '\t') : NULL;
	char *word = end ? strchr(end + 1, '\t') : NULL;
	uint8_t bytes[UUID_LEN];
	struct call_key key;

	if (word && strcmp(word, "\tplace\n") != 0)
		return;
	if (end)
		*end = '\0';
	if (!end || uuid_parse(id, bytes) || call_id_read(bytes, &key)) {
		if (j->pass == 0)
			note(j, end ? id : "a line", "is no call of ours");
		return;
	}
	if (j->pass == 0)
		j->out->places++;
	if (spread(&key) % j->passes != j->pass)
		return;
	if (j->count == j->cap) {
		j->cap = j->cap ? j->cap * 2 : 1024;
		j->ids = xrealloc(j->ids, j->cap * sizeof(*j->ids));
	}
	j->ids[j->count++] = key;
}

static int
read_pass(struct judge *j, struct fault *f)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t len;
	long at = 0;

	j->count = 0;
	rewind(j->file);
	while (at < j->size && (len = getline(&line, &room, j->file)) > 0) {
		at += len;
		if (line[len - 1] == '\n' && at <= j->size)
			take_line(j, line);
	}
	free(line);
	if (!ferror(j->file))
		return 0;
	fault_set(f, FAULT_BROKEN, "The log %s cannot be read.", j->path);
	return fault_cause(f, "read: %s", strerror(errno));
}

static int
compare(uint32_t a, uint32_t b)
{
	return a < b ? -1 : a > b;
}

static int
by_key(const void *a, const void *b)
{
	const struct call_key *x = a, *y = b;
	int c = compare(x->run, y->run);

	if (!c)
		c = compare(x->seg, y->seg);
	if (!c)
		c = compare(x->ordinal, y->ordinal);
	if (!c)
		c = compare(x->seq, y->seq);
	return c ? c : compare(x->nonce, y->nonce);
}

/* Sorts the ids, keeps each once and notes those placed twice. */
static void
find_doubles(struct judge *j)
{
	size_t kept = 0;

	if (j->count)
		qsort(j->ids, j->count, sizeof(*j->ids), by_key);
	for (size_t i = 0; i < j->count; i++) {
		bool again = kept && !by_key(&j->ids[i], &j->ids[kept - 1]);

		if (!again) {
			j->ids[kept++] = j->ids[i];
			continue;
		}
		j->out->doubles++;
		note_key(j, &j->ids[i], "was placed twice");
	}
	j->count = kept;
}

static int
by_bytes(const void *a, const void *b)
{
	return memcmp(a, b, UUID_LEN);
}

static int
read_live(struct db *db, struct judge *j, struct fault *f)
{
	size_t cap = 0;
	struct rows r;
	int got;

	j->live_count = 0;
	if (db_query(db, &r, STMT_VERIFY_LIVE_IDS, NO_ARGS, f))
		return -1;
	while ((got = rows_next(&r, f)) > 0) {
		if (j->live_count == cap) {
			cap = cap ? cap * 2 : 1024;
			j->live = xrealloc(j->live, cap * UUID_LEN);
		}
		rows_copy(&r, 0, j->live + j->live_count++ * UUID_LEN,
			  UUID_LEN);
	}
	if (j->live_count)
		qsort(j->live, j->live_count, UUID_LEN, by_bytes);
	return got;
}

static bool
is_live(const struct judge *j, const struct call_key *key)
{
	uint8_t id[UUID_LEN];

	call_id_make(key, id);
	return j->live_count &&
	       bsearch(id, j->live, j->live_count, UUID_LEN, by_bytes);
}

/* How many from 'from' on belong to one segment of one run and fit into one
 * query. */
static size_t
group_of(const struct judge *j, size_t from)
{
	const struct call_key *first = &j->ids[from];
	size_t n = 1;

	while (n < AT_ONCE && from + n < j->count &&
	       j->ids[from + n].run == first->run &&
	       j->ids[from + n].seg == first->seg)
		n++;
	return n;
}

static int
look_up(struct db *db, struct judge *j, size_t from, size_t n, struct fault *f)
{
	const struct call_key *first = &j->ids[from];
	struct arg args[2 + AT_ONCE] = { ARG_INT(first->run),
					 ARG_INT(first->seg) };
	bool known[AT_ONCE] = { false };
	struct rows r;
	int got;

	for (size_t i = 0; i < AT_ONCE; i++)
		args[2 + i] =
			ARG_INT(j->ids[from + (i < n ? i : n - 1)].ordinal);
	if (db_query(db, &r, STMT_VERIFY_ATTEMPTS_100, args, 2 + AT_ONCE, f))
		return -1;
	while ((got = rows_next(&r, f)) > 0) {
		struct call_key want = { .run = first->run,
					 .seg = first->seg,
					 .ordinal = (uint32_t)rows_int(&r, 0),
					 .seq = (uint16_t)rows_int(&r, 1),
					 .nonce = (uint32_t)rows_int(&r, 2) };
		struct call_key *hit =
			bsearch(&want, &j->ids[from], n, sizeof(want), by_key);

		if (hit)
			known[hit - &j->ids[from]] = true;
	}
	for (size_t i = 0; i < n && got == 0; i++) {
		if (!known[i] && !is_live(j, &j->ids[from + i]))
			note_key(j, &j->ids[from + i],
				 "was placed, and the ledger has no such "
				 "call");
	}
	return got;
}

/*
 * The snapshot begins after the ids were read.  The row of a call is written
 * before the call is placed, so the snapshot has it in one of the two
 * tables.
 */
static int
look_up_tx(struct db *db, void *arg, struct fault *f)
{
	struct judge *j = arg;

	*j->out = j->before;
	arena_reset(j->arena);
	if (read_live(db, j, f))
		return -1;
	for (size_t i = 0; i < j->count;) {
		size_t n = group_of(j, i);

		if (look_up(db, j, i, n, f))
			return -1;
		i += n;
	}
	return 0;
}

static int
judge_all(struct db *db, struct judge *j, struct fault *f)
{
	const struct tx_opts snapshot = { .snapshot = true };

	fseek(j->file, 0, SEEK_END);
	j->size = ftell(j->file);
	j->passes = (uint64_t)j->size / LINE_BYTES / IDS_A_PASS + 1;
	for (j->pass = 0; j->pass < j->passes; j->pass++) {
		if (read_pass(j, f))
			return -1;
		find_doubles(j);
		j->before = *j->out;
		if (tx_run(db, look_up_tx, j, &snapshot, f))
			return -1;
	}
	return 0;
}

int
verify_check_log(struct db *db, const char *path, struct arena *a,
		 struct verify_report *out, struct fault *f)
{
	struct judge j = { .path = path, .keep = a, .out = out };
	int rc;

	j.file = fopen(path, "re");
	if (!j.file) {
		fault_set(f, FAULT_ABSENT, "The log %s cannot be opened.",
			  path);
		return fault_cause(f, "open: %s", strerror(errno));
	}
	j.arena = arena_new();
	rc = judge_all(db, &j, f);
	arena_free(j.arena);
	free(j.ids);
	free(j.live);
	fclose(j.file);
	return rc;
}
