/*
 * upload_bed.h - what the tests of uploads share: a world, files in memory, and
 * a node that reads them.
 */
#ifndef TESTS_CONTACTS_UPLOAD_BED_H
#define TESTS_CONTACTS_UPLOAD_BED_H

#include "base/buf.h"
#include "contacts/contact_list.h"
#include "contacts/upload.h"
#include "tests/lib/world.h"

#define NODE "one"

static struct world w;

/* A file in memory.  'meddle' is called before byte 'at' is read. */
struct source {
	const char *data;
	size_t len, given, at;
	void (*meddle)(void *arg);
	void *arg;
	enum fault_code breaks; /* in its place: reading fails */
};

static inline int64_t
give(void *arg, char *out, size_t size, struct fault *why)
{
	struct source *s = arg;
	size_t n = s->len - s->given;

	if (s->given >= s->at && s->meddle) {
		s->meddle(s->arg);
		s->meddle = NULL;
	}
	if (s->breaks && s->given >= s->at)
		return fault_set(why, s->breaks, "It broke off.");
	if (n > 4096)
		n = 4096;
	if (n > size)
		n = size;
	memcpy(out, s->data + s->given, n);
	s->given += n;
	return (int64_t)n;
}

/* "phone_number,name" and 'rows' rows, every tenth of which is rejected. */
static inline const char *
make_file(int rows)
{
	struct buf b = BUF_INIT;
	const char *text;

	buf_str(&b, "phone_number,name\n");
	for (int i = 0; i < rows; i++)
		buf_printf(&b,
			   i % 10 == 9 ? "x%08d,=Name %d\n"
				       : "+4479%08d,Name %d\n",
			   i, i);
	text = arena_memdup(w.a, b.data, b.len);
	buf_free(&b);
	return text;
}

static inline int64_t
add_upload(void)
{
	int64_t id = 0;
	char name[UPLOAD_FILE_MAX];
	struct upload_file file = { "Größe.csv", name, NODE, 1234, 0 };

	snprintf(name, sizeof(name), "%032llx",
		 (unsigned long long)secret_random_bits(60));
	world_need(upload_add(w.db, &w.who, &file, &id, &f), "add");
	return id;
}

static inline struct upload
load_by(struct db *db, int64_t id)
{
	struct upload u = { 0 };

	world_need(upload_load(db, w.who.workspace_id, id, &u, w.a, &f),
		   "load an upload");
	return u;
}

static inline struct upload
load_upload(int64_t id)
{
	return load_by(w.db, id);
}

static inline struct upload_job
claim(void)
{
	struct upload_job job = { 0 };

	is_int(upload_claim(w.db, NODE, &job, &f), 1, "the upload is claimed");
	return job;
}

/* As the node does; the state it became, or -1. */
static inline int
run_job(const struct upload_job *job, struct source *s)
{
	unsigned became = UPLOAD_STATE_MAX;

	f = (struct fault){ 0 };
	s->given = 0;
	if (upload_read(w.db, job, give, s, &became, &f))
		return -1;
	return (int)became;
}

static inline int
run_text(const struct upload_job *job, const char *text)
{
	struct source s = { .data = text, .len = strlen(text) };

	return run_job(job, &s);
}

/* One that is done, with 'rows' rows. */
static inline int64_t
done_upload(int rows)
{
	int64_t id = add_upload();
	struct upload_job job = { 0 };

	world_need(upload_claim(w.db, NODE, &job, &f) == 1 ? 0 : -1, "claim");
	world_need(run_text(&job, make_file(rows)) == UPLOAD_DONE ? 0 : -1,
		   "read");
	return id;
}

static inline void
sweep(void)
{
	bool left = true;

	while (left)
		world_need(upload_sweep(w.db, &left, &f), "sweep uploads");
	left = true;
	while (left)
		world_need(list_sweep(w.db, 5000, &left, &f), "sweep lists");
}

static inline int64_t
contacts_in(int64_t list)
{
	return world_int(&w,
			 "SELECT COUNT(DISTINCT ordinal) FROM contact"
			 " WHERE list_id = %lld",
			 (long long)list);
}

static inline int64_t
contacts_of(int64_t campaign)
{
	struct campaign c = { 0 };

	world_need(
		campaign_load(w.db, w.who.workspace_id, campaign, &c, w.a, &f),
		"load a campaign");
	return c.fig.total;
}

#endif
