/*
 * A campaign takes the contacts of an upload in the transaction that makes or
 * changes it: all of it or nothing, once, and seen by whoever edits it too.
 */
#include <pthread.h>

#include "tests/contacts/upload_bed.h"

#define CHANGED_CONTACTS (2u << campaign_settings_record.count)

static uint32_t changed;

static struct campaign
load(int64_t id)
{
	struct campaign c = { 0 };

	world_need(campaign_load(w.db, w.who.workspace_id, id, &c, w.a, &f),
		   "load");
	return c;
}

static int64_t
create(int64_t upload)
{
	struct campaign_settings s = world_settings(&w, "Spring");
	int64_t id = 0;

	f = (struct fault){ 0 };
	if (campaign_create(w.db, &w.who,
			    &(struct campaign_edit){ .set = &s,
						     .numbers = w.numbers,
						     .count = 2,
						     .upload_id = upload },
			    &id, w.a, &f))
		return -1;
	return id;
}

static int
change_to(int64_t id, int64_t ver, int64_t upload,
	  const struct campaign_settings *s)
{
	struct campaign_edit e = { .ver = ver,
				   .set = s,
				   .numbers = w.numbers,
				   .count = 2,
				   .upload_id = upload };

	f = (struct fault){ 0 };
	changed = UINT32_MAX;
	return campaign_change(w.db, id, &w.who, &e, &changed, w.a, &f);
}

static int
change(int64_t id, int64_t ver, int64_t upload, int64_t retry_delay)
{
	struct campaign_settings s = load(id).set;

	if (retry_delay)
		s.retry_delay = retry_delay;
	return change_to(id, ver, upload, &s);
}

static int64_t
drafts(void)
{
	return world_int(&w, "SELECT COUNT(*) FROM campaign");
}

static const char *
audit(int64_t id, const char *column)
{
	const struct stmt stmt = {
		"AUDIT", "i", "s?",
		arena_printf(w.a,
			     "SELECT %s FROM audit WHERE campaign_id = ?"
			     " ORDER BY id DESC LIMIT 1",
			     column)
	};
	struct db_conf conf = w.conf;
	struct db *db;
	struct rows r;
	const char *text = "";

	conf.probe = -1;
	db = db_new(&conf, &stmt, 1);
	world_need(db_query(db, &r, 0, ARGS(ARG_INT(id)), &f), "audit");
	if (rows_next(&r, &f) > 0) {
		text = rows_str(&r, 0, w.a);
		rows_close(&r);
	}
	db_free(db);
	return text;
}

static void
check_create(void)
{
	int64_t upload = done_upload(100), before = drafts();
	int64_t id = create(upload);

	ok(id > 0, "a new campaign takes an upload");
	is_int(contacts_of(id), 90,
	       "a campaign has the contacts of its upload");
	is_int(load_upload(upload).campaign_id, id,
	       "the upload names its campaign");
	ok(strstr(audit(id, "became"), "\"contacts\":90"),
	   "the audit log names the contacts of an upload");
	sweep();
	is_int(contacts_in(load_upload(upload).list_id), 90,
	       "contacts that a campaign took survive the sweep");
	is_int(create(upload), -1, "a second campaign cannot take an upload");
	ok(f.code == FAULT_CONFLICT && !strcmp(f.field, "contacts") &&
		   !strcmp(f.text, "A campaign already has these contacts. "
				   "Upload the file again."),
	   "a second campaign is told that the contacts are in use");
	is_int(drafts(), before + 1, "a second campaign is not created");
	world_apply(&w, id, ACTION_START);
	is_int(load(id).fig.total, 90, "a run has the contacts of the upload");
}

static void
check_change(void)
{
	int64_t id = world_draft(&w, "Change", 7), upload = done_upload(20);
	int64_t ver = load(id).ver;

	fine(change(id, ver, upload, 0), "a draft takes an upload");
	is_int(changed, CHANGED_CONTACTS,
	       "only the contacts are changed by an upload");
	is_str(campaign_changed_words(changed, w.a), "Contacts",
	       "a change of contacts has a word");
	is_int(contacts_of(id), 18,
	       "an upload replaces the contacts of a draft");
	is_int(load(id).ver, ver + 1,
	       "a draft that took an upload has another version");
	is_str(audit(id, "was"), "{\"contacts\":7}",
	       "the audit log has the number of contacts before");
	is_str(audit(id, "became"), "{\"contacts\":18}",
	       "the audit log has the number of contacts after");
	fine(change(id, ver, upload, 0),
	     "a draft can take its upload once more");
	is_int(changed, 0, "taking an upload once more changes nothing");

	upload = done_upload(30);
	fine(change(id, ver + 1, upload, 77),
	     "a draft takes an upload together with a setting");
	is_str(campaign_changed_words(changed, w.a), "Retry Delay and Contacts",
	       "a changed setting and contacts are both named");
	ok(load(id).set.retry_delay == 77 && contacts_of(id) == 27,
	   "a setting and contacts are both changed");
	is_int(change(id, ver + 1, 0, 78), -1,
	       "a change to an old version is refused");
	is_str(f.text, "Ann changed Retry Delay and Contacts in the meantime.",
	       "a refused change says who changed what");
	sweep();
	is_int(world_int(&w, "SELECT COUNT(*) FROM contact_list l LEFT JOIN"
			     " segment s ON s.list_id = l.id"
			     " WHERE s.list_id IS NULL"),
	       0, "lists that were replaced are erased");
}

/* Another editor of the same draft, and her file. */
static void
check_two_editors(void)
{
	int64_t id = world_draft(&w, "Two", 0), ver = load(id).ver;
	int64_t ann = done_upload(10), bob = done_upload(20);

	fine(change(id, ver, ann, 0), "the first of two editors saves a file");
	is_int(change(id, ver, bob, 0), -1,
	       "the second editor cannot save a file");
	ok(f.code == FAULT_CONFLICT &&
		   !strcmp(f.text, "Ann changed Contacts in the meantime."),
	   "the second editor is told who was faster");
	is_int(contacts_of(id), 9, "the second editor's file replaces nothing");
	is_int(load_upload(bob).campaign_id, 0,
	       "the second editor's upload belongs to no campaign");
	fine(change(id, load(id).ver, bob, 0),
	     "the second editor can save after a look");
	is_int(contacts_of(id), 18,
	       "the second editor's file replaces the contacts");
	is_int(change(id, -1, ann, 0), -1,
	       "an upload that was replaced cannot be taken again");
	is_int(f.code, FAULT_CONFLICT,
	       "taking a replaced upload again is a conflict");
}

static void
refused(int64_t upload, enum fault_code code, const char *says)
{
	int64_t id = world_draft(&w, "Refused", 3), ver = load(id).ver;
	int64_t before = drafts();

	ok(change(id, ver, upload, 50) == -1 && f.code == code,
	   "a change with an upload that cannot be taken is refused");
	ok(strstr(f.text, says), says);
	printf("# %s\n", f.text);
	ok(load(id).ver == ver && contacts_of(id) == 3 &&
		   load(id).set.retry_delay != 50,
	   "a refused upload changes nothing else");
	ok(create(upload) == -1 && f.code == code && drafts() == before,
	   "no campaign is created from a refused upload");
}

static void
check_states(void)
{
	const char *text = make_file(20000);
	int64_t id = add_upload();
	struct upload_job job;
	struct source s = { .data = text,
			    .len = strlen(text),
			    .at = strlen(text) / 2,
			    .breaks = FAULT_BUSY };

	refused(id, FAULT_CONFLICT, "has not been read yet");
	job = claim();
	is_int(run_job(&job, &s), -1, "an upload is read to the middle");
	refused(id, FAULT_CONFLICT, "still being read: 5,555 rows so far");
	is_int(run_text(&job, "name\nAnn\n"), UPLOAD_FAILED,
	       "an upload without the right column fails");
	refused(id, FAULT_CONFLICT,
		"The file could not be read. Line 1: there is no column");
	id = done_upload(5);
	w.who.workspace_id++;
	ok(create(id) == -1, "another workspace cannot take an upload");
	w.who.workspace_id--;
	fine(upload_cancel(w.db, &w.who, id, &f),
	     "an upload can be cancelled after it is done");
	refused(id, FAULT_CONFLICT, "The upload was cancelled");
	refused(987654, FAULT_ABSENT, "There is no such upload.");
	id = done_upload(5);
	world_sql(&w, "UPDATE upload SET workspace_id = 99 WHERE id = %lld",
		  (long long)id);
	refused(id, FAULT_ABSENT, "There is no such upload.");
	is_int(world_int(&w,
			 "SELECT campaign_id IS NULL FROM upload WHERE"
			 " id = %lld",
			 (long long)id),
	       1, "an upload of another workspace stays where it is");
}

static void
check_lock(void)
{
	int64_t upload = done_upload(5);
	int64_t ran[] = { world_campaign(&w, CAMPAIGN_PAUSED, false),
			  world_campaign(&w, CAMPAIGN_DRAFT, true) };

	for (size_t i = 0; i < ARRAY_LEN(ran); i++) {
		is_int(change(ran[i], load(ran[i]).ver, upload, 0), -1,
		       "a campaign that has run cannot take an upload");
		ok(f.code == FAULT_CONFLICT && !strcmp(f.field, "contacts") &&
			   !strcmp(f.text, "The contact list is locked after "
					   "the first run."),
		   "the contacts of a campaign that has run are locked");
		is_int(contacts_of(ran[i]), 3,
		       "a campaign that has run keeps its contacts");
	}
	is_int(load_upload(upload).campaign_id, 0,
	       "a refused upload belongs to no campaign");
}

/* Each statement fails once, each COMMIT's answer is lost once. */
static void
check_faults(void)
{
	int bad = 0, failed = 0;

	for (unsigned n = 1; n < 30; n++) {
		int64_t id = world_draft(&w, "Faults", 3);
		int64_t upload = done_upload(10), whole;
		struct campaign_settings s = load(id).set;

		s.retry_delay = 55;
		db_fail_at(w.db, n, n % 2 ? 1105 : 1213);
		whole = change_to(id, 0, upload, &s) == 0;
		db_fail_at(w.db, 0, 0);
		failed += !whole;
		bad += contacts_of(id) != (whole ? 9 : 3) ||
		       (load(id).set.retry_delay == 55) != whole ||
		       load_upload(upload).campaign_id != (whole ? id : 0);
	}
	is_int(bad, 0, "all or nothing is changed whatever statement fails");
	ok(failed > 5 && failed < 15,
	   "some of the injected faults made a change fail");
	bad = 0;
	for (int done = 0; done < 2; done++) {
		int64_t id = world_draft(&w, "Lost", 3);
		int64_t first = done_upload(10), second = done_upload(10);

		db_lose_commit(w.db, 1, done);
		bad += change(id, 0, first, 0) != 0 || contacts_of(id) != 9;
		db_lose_commit(w.db, 1, done);
		bad += create(second) <= 0;
		db_lose_commit(w.db, 0, false);
	}
	is_int(bad, 0, "a change succeeds when COMMIT or its answer is lost");
}

struct racer {
	pthread_barrier_t *together;
	int64_t upload;
	bool cancels;
	int rc;
	struct fault f;
};

static void *
race(void *arg)
{
	struct racer *p = arg;
	struct db *db = world_connect(&w);
	struct arena *a = arena_new();
	struct campaign_settings s = { .name = "Race", .bot_id = w.bot };
	struct campaign_edit e = { .set = &s,
				   .numbers = w.numbers,
				   .count = 2,
				   .upload_id = p->upload };
	int64_t id;

	record_defaults(&campaign_settings_record, &s, a);
	db_connect(db, &p->f);
	pthread_barrier_wait(p->together);
	p->rc = p->cancels ? upload_cancel(db, &w.who, p->upload, &p->f)
			   : campaign_create(db, &w.who, &e, &id, a, &p->f);
	db_free(db);
	arena_free(a);
	return NULL;
}

#define RACERS 3
#define ROUNDS 15

static void
check_races(bool cancels)
{
	int won = 0, told = 0;
	int64_t before = drafts(), made = 0;

	for (int round = 0; round < ROUNDS; round++) {
		int64_t upload = done_upload(5);
		pthread_barrier_t together;
		pthread_t threads[RACERS];
		struct racer p[RACERS];

		pthread_barrier_init(&together, NULL, RACERS);
		for (int i = 0; i < RACERS; i++) {
			p[i] = (struct racer){ .together = &together,
					       .upload = upload,
					       .cancels = cancels && !i };
			pthread_create(&threads[i], NULL, race, &p[i]);
		}
		for (int i = 0; i < RACERS; i++) {
			pthread_join(threads[i], NULL);
			won += p[i].rc == 0;
			made += p[i].rc == 0 && !p[i].cancels;
			told += p[i].rc && p[i].f.code == FAULT_CONFLICT;
			if (p[i].rc && p[i].f.code != FAULT_CONFLICT)
				printf("# %s: %s (%s)\n",
				       fault_word(p[i].f.code), p[i].f.text,
				       p[i].f.cause);
		}
		pthread_barrier_destroy(&together);
	}
	is_int(won, ROUNDS,
	       cancels ? "an upload is taken or cancelled but never both"
		       : "one of three campaigns at once takes an upload");
	is_int(told, ROUNDS * (RACERS - 1),
	       "all others are told of a conflict");
	is_int(drafts(), before + made, "only the winners create campaigns");
}

/* Two readers of one node look at the same moment. */
static void *
race_claim(void *arg)
{
	struct racer *p = arg;
	struct db *db = world_connect(&w);
	struct upload_job job;

	db_connect(db, &p->f);
	pthread_barrier_wait(p->together);
	p->rc = upload_claim(db, NODE, &job, &p->f);
	db_free(db);
	return NULL;
}

static void
check_claim_races(void)
{
	int won = 0, odd = 0;

	for (int round = 0; round < ROUNDS; round++) {
		int64_t id = add_upload();
		pthread_barrier_t together;
		pthread_t threads[RACERS];
		struct racer p[RACERS];

		pthread_barrier_init(&together, NULL, RACERS);
		for (int i = 0; i < RACERS; i++) {
			p[i] = (struct racer){ .together = &together };
			pthread_create(&threads[i], NULL, race_claim, &p[i]);
		}
		for (int i = 0; i < RACERS; i++) {
			pthread_join(threads[i], NULL);
			won += p[i].rc == 1;
			odd += p[i].rc < 0;
		}
		pthread_barrier_destroy(&together);
		world_need(upload_cancel(w.db, &w.who, id, &f), "cancel");
	}
	is_int(won, ROUNDS, "one of three readers at once claims an upload");
	is_int(odd, 0, "the other readers see no error");
	sweep();
	is_int(world_int(&w, "SELECT COUNT(*) FROM contact_list l"
			     " WHERE refs = 0 AND NOT EXISTS (SELECT 1 FROM"
			     " upload u WHERE u.list_id = l.id AND state = 2)"),
	       0, "no list of the other readers is left");
}

static void *
race_sweep(void *arg)
{
	struct racer *p = arg;
	struct db *db = world_connect(&w);
	bool left;

	db_connect(db, &p->f);
	pthread_barrier_wait(p->together);
	for (int i = 0; i < 4; i++)
		p->rc |= list_sweep(db, 100, &left, &p->f);
	db_free(db);
	return NULL;
}

/* A reader that seemed dead is done at the moment when the sweep comes by. */
static void
check_sweep_race(void)
{
	struct racer p = { .rc = 0 };
	int kept = 0, bad = 0;

	for (int round = 0; round < 60; round++) {
		int64_t id = done_upload(5), list = load_upload(id).list_id;
		pthread_barrier_t together;
		pthread_t thread;

		pthread_barrier_init(&together, NULL, 2);
		p.together = &together;
		world_sql(&w,
			  "UPDATE upload SET state = 1, token = 7, beat_at ="
			  " NOW(6) - INTERVAL 61 SECOND WHERE id = %lld",
			  (long long)id);
		pthread_create(&thread, NULL, race_sweep, &p);
		pthread_barrier_wait(&together);
		db_exec(w.db, NULL, STMT_UPLOAD_DONE,
			ARGS(ARG_INT(id), ARG_INT(7), ARG_INT(list)), &f);
		pthread_join(thread, NULL);
		pthread_barrier_destroy(&together);
		kept += load_upload(id).state == UPLOAD_DONE;
		bad += contacts_in(list) !=
		       (load_upload(id).state == UPLOAD_DONE ? 5 : 0);
	}
	printf("# %d of 60 were done in time\n", kept);
	is_int(p.rc, 0, "the sweep succeeds beside readers");
	is_int(bad, 0, "the sweep erases a list or leaves it whole");
}

int
main(void)
{
	world_open(&w);
	check_create();
	check_change();
	check_two_editors();
	check_states();
	check_lock();
	check_faults();
	check_races(false);
	check_races(true);
	check_claim_races();
	check_sweep_race();
	return world_close(&w);
}
