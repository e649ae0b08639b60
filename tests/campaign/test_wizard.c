/*
 * What was begun in the wizard: kept as typed, told apart by revision, brought
 * up to another version of the campaign, closed once.
 */
#include "campaign/wizard.h"
#include "store/tx.h"
#include "tests/lib/world.h"

static struct world w;

static struct wizard
open_new(void)
{
	struct wizard_origin from = { .zone = "Europe/Paris" };
	struct wizard z = { 0 };

	world_need(wizard_open(w.db, &w.who, &from, &z, w.a, &f), "open");
	return z;
}

static struct campaign
load(int64_t id)
{
	struct campaign c = { 0 };

	world_need(campaign_load(w.db, w.who.workspace_id, id, &c, w.a, &f),
		   "load");
	return c;
}

static struct wizard
open_edit(const struct campaign *c)
{
	struct wizard z = { 0 };
	int64_t *numbers;
	size_t count;

	world_need(campaign_numbers(w.db, c->id, &numbers, &count, w.a, &f),
		   "numbers");
	world_need(
		wizard_open(w.db, &w.who,
			    &(struct wizard_origin){ c, numbers, count, "UTC" },
			    &z, w.a, &f),
		"open");
	return z;
}

static const char *
entry(struct wizard *z, const char *name)
{
	return *wizard_text(&z->now, name);
}

static void
check_new(void)
{
	struct wizard z = open_new(), again;
	int64_t numbers[] = { 9, 4 };

	ok(!z.kept && wizard_is_first(z.rev), "a new wizard is not kept yet");
	is_str(entry(&z, "concurrency"), "50",
	       "a new wizard begins with the defaults");
	is_str(entry(&z, "zone"), "Europe/Paris",
	       "a new wizard begins with the given time zone");
	is_str(entry(&z, "name"), "", "a new wizard begins without a name");
	*wizard_text(&z.now, "name") = "  \"Müller\" \\ ";
	*wizard_text(&z.now, "concurrency") = "many";
	z.now.numbers = numbers;
	z.now.count = 2;
	wizard_sort_numbers(&z.now);
	z.done = 5;
	z.back = "/dashboard/campaigns?q=x";
	fine(wizard_keep(w.db, &z, true, w.a, &f), "entries can be kept");
	again = open_new();
	ok(again.kept && again.rev == z.rev && !wizard_is_first(again.rev) &&
		   again.saved_at > 0,
	   "kept entries are the next revision");
	is_str(entry(&again, "name"), "  \"Müller\" \\ ",
	       "a name is kept as it was typed");
	is_str(entry(&again, "concurrency"), "many",
	       "a wrong entry is kept too");
	ok(again.now.count == 2 && again.now.numbers[0] == 4 &&
		   again.now.numbers[1] == 9,
	   "numbers are kept in order");
	ok(again.done == 5 && !again.upload_id &&
		   !strcmp(again.back, "/dashboard/campaigns?q=x"),
	   "steps, upload and return address are kept");
	w.who.user_id++;
	ok(!open_new().kept, "another person has begun nothing");
	w.who.user_id--;
}

static void
check_two_tabs(void)
{
	struct wizard one = open_new(), two;

	fine(wizard_keep(w.db, &one, false, w.a, &f),
	     "typing in one tab is kept");
	two = open_new();
	*wizard_text(&one.now, "name") = "One";
	*wizard_text(&two.now, "name") = "Two";
	fine(wizard_keep(w.db, &two, false, w.a, &f),
	     "typing in one tab does not stop another tab");
	fine(wizard_keep(w.db, &one, true, w.a, &f),
	     "a tab that leaves a step is kept");
	ok(wizard_keep(w.db, &two, true, w.a, &f) == -1 &&
		   f.code == FAULT_CONFLICT && strstr(f.text, "another tab"),
	   "a tab behind another one is told of a conflict");
	two = open_new();
	is_str(entry(&two, "name"), "One",
	       "the entries of the first tab are kept");
	fine(wizard_discard(w.db, &w.who, 0, &f),
	     "the entries can be discarded");
	ok(!open_new().kept, "discarded entries are gone");
	ok(wizard_keep(w.db, &two, true, w.a, &f) == -1 &&
		   f.code == FAULT_CONFLICT,
	   "a tab whose entries are discarded is told of a conflict");
	one = two = open_new();
	fine(wizard_keep(w.db, &one, false, w.a, &f), "what is typed is kept");
	fine(wizard_keep(w.db, &two, true, w.a, &f),
	     "typing does not stop another tab from leaving a step");
	fine(wizard_discard(w.db, &w.who, 0, &f),
	     "entries of two tabs can be discarded");
	one = open_new();
	two = open_new();
	fine(wizard_keep(w.db, &one, true, w.a, &f),
	     "the first of two new tabs is kept");
	ok(wizard_keep(w.db, &two, true, w.a, &f) == -1 &&
		   f.code == FAULT_CONFLICT,
	   "the second of two new tabs is told of a conflict");
}

/* A file comes while its owner goes on entering, in this tab or another. */
static void
check_file(void)
{
	struct wizard typing = open_new(), file = open_new(), late;

	fine(wizard_attach(w.db, &file, 77, w.a, &f),
	     "a file can begin a wizard");
	fine(wizard_discard(w.db, &w.who, 0, &f),
	     "a wizard begun by a file can be discarded");
	*wizard_text(&typing.now, "name") = "Typed";
	fine(wizard_keep(w.db, &typing, true, w.a, &f),
	     "typed entries are kept after that");
	file = late = open_new();
	fine(wizard_attach(w.db, &file, 78, w.a, &f),
	     "a file can come while entries are typed");
	ok(wizard_attach(w.db, &late, 79, w.a, &f) == -1 &&
		   f.code == FAULT_CONFLICT,
	   "a second file at the same time ends in a conflict");
	*wizard_text(&typing.now, "name") = "Typed on";
	fine(wizard_keep(w.db, &typing, true, w.a, &f),
	     "typing goes on after a file came");
	late = open_new();
	ok(late.upload_id == 78 && !strcmp(entry(&late, "name"), "Typed on"),
	   "a file and typing leave each other's entries alone");
	fine(wizard_attach(w.db, &late, 0, w.a, &f),
	     "a file can be taken away");
	ok(open_new().kept && !open_new().upload_id,
	   "a file that is taken away is gone");
	fine(wizard_discard(w.db, &w.who, 0, &f),
	     "entries without a file can be discarded");
	ok(wizard_attach(w.db, &late, 80, w.a, &f) == -1 &&
		   f.code == FAULT_CONFLICT,
	   "a file for discarded entries ends in a conflict");
}

static void
check_waits(void)
{
	int64_t id = world_draft(&w, "Waits", 3), since = 1;
	struct campaign c = load(id);
	struct wizard z = open_edit(&c);

	fine(wizard_waits(w.db, &w.who, id, &since, &f),
	     "changes that wait can be asked for");
	is_int(since, 0, "no changes wait before the wizard is kept");
	fine(wizard_keep(w.db, &z, true, w.a, &f), "an edit can be kept");
	fine(wizard_waits(w.db, &w.who, id, &since, &f),
	     "changes that wait can be asked for again");
	ok(since > 0, "changes wait after an edit is kept");
	w.who.user_id++;
	fine(wizard_waits(w.db, &w.who, id, &since, &f),
	     "another person can ask for changes that wait");
	is_int(since, 0, "no changes of another person wait");
	w.who.user_id--;
}

static int
close_it(struct db *db, void *arg, struct fault *why)
{
	return wizard_close(db, arg, why);
}

static void
check_close(void)
{
	struct wizard z = open_new(), file;

	fine(wizard_keep(w.db, &z, true, w.a, &f),
	     "entries are kept before they are saved");
	file = z;
	fine(wizard_attach(w.db, &file, 77, w.a, &f),
	     "a file can come before entries are saved");
	ok(tx_run(w.db, close_it, &z, NULL, &f) == -1 &&
		   f.code == FAULT_CONFLICT,
	   "entries read before the file came are not saved");
	z = file;
	fine(tx_run(w.db, close_it, &z, NULL, &f),
	     "entries read after the file came are saved");
	ok(tx_run(w.db, close_it, &z, NULL, &f) == -1 &&
		   f.code == FAULT_CONFLICT,
	   "a second press saves nothing");
}

static void
check_edit(void)
{
	int64_t id = world_draft(&w, "Spring", 3);
	struct campaign c = load(id), fresh;
	struct wizard z = open_edit(&c);
	int64_t two[] = { w.numbers[0], w.numbers[1] };
	uint32_t both;

	is_str(entry(&z, "name"), "Spring",
	       "an edit begins with the settings of the campaign");
	ok(z.now.count > 0 && z.ver == c.ver,
	   "an edit begins with the campaign's pool and version");
	is_int(z.done, 31, "an edit begins with every step done");
	*wizard_text(&z.now, "concurrency") = "7";
	*wizard_text(&z.now, "max_attempts") = "9";
	fine(wizard_keep(w.db, &z, true, w.a, &f),
	     "an edit with two changes can be kept");
	z = open_edit(&c);
	is_str(*wizard_text(&z.base, "concurrency"), "50",
	       "an edit keeps the former settings as well");

	fresh = c;
	fresh.ver = c.ver + 3;
	fresh.set.concurrency = 8;
	fresh.set.retry_delay = 99;
	both = wizard_rebase(&z, &fresh, two, 2, w.a);
	is_str(entry(&z, "retry_delay"), "99",
	       "a setting the edit did not change takes the new value");
	is_str(entry(&z, "max_attempts"), "9",
	       "a setting only the edit changed keeps the edit's value");
	is_str(entry(&z, "concurrency"), "7",
	       "a setting both changed keeps the edit's value");
	is_str(campaign_changed_words(both, w.a), "Concurrency Limit",
	       "a setting both changed is named");
	ok(z.ver == fresh.ver && z.now.count == 2,
	   "an edit continues from the new version");
	both = wizard_rebase(&z, &fresh, two, 2, w.a);
	is_int(both, 0, "a conflict of settings is named once");
}

/* Begun while it was a draft, and then it ran: what is locked is the
 * campaign's. */
static void
check_ran(void)
{
	int64_t id = world_draft(&w, "Ran", 3);
	struct campaign c = load(id);
	struct wizard z = open_edit(&c);

	*wizard_text(&z.now, "name") = "Other";
	*wizard_text(&z.now, "concurrency") = "7";
	fine(wizard_keep(w.db, &z, true, w.a, &f),
	     "an edit of a draft can be kept");
	c.runs = 1;
	z = open_edit(&c);
	is_str(entry(&z, "name"), "Ran",
	       "the name is locked after the campaign has run");
	is_str(entry(&z, "concurrency"), "7",
	       "the rules are not locked after the campaign has run");
	ok(wizard_has_number(&z.now, w.numbers[0]) &&
		   !wizard_has_number(&z.now, 77),
	   "the campaign's numbers are in the edit");
}

static size_t
wrong_of(const char *name, const char *text, enum wizard_step step,
	 struct wizard_wrong *wrong)
{
	struct wizard z = open_new();
	struct campaign_settings set;

	*wizard_text(&z.now, "name") = "Fine";
	*wizard_text(&z.now, "bot_id") = "1";
	*wizard_text(&z.now, name) = text;
	return wizard_read(&z.now, step, &set, wrong, w.a);
}

static void
check_reading(void)
{
	struct wizard_wrong wrong[WIZARD_WRONG_MOST];
	struct campaign_settings set;
	struct wizard z = open_new();

	is_int(wrong_of("zone", "UTC", STEP_REVIEW, wrong), 0,
	       "right entries have no faults");
	is_int(wrong_of("name", " ", STEP_BASICS, wrong), 1,
	       "a missing name is one fault");
	is_str(wrong[0].text, "Campaign Name is missing.",
	       "the fault says that the name is missing");
	is_int(wrong_of("name", "", STEP_DIALLER, wrong), 0,
	       "a missing name is no fault of another step");
	is_int(wrong_of("concurrency", "0", STEP_DIALLER, wrong), 1,
	       "a number out of range is one fault");
	is_str(wrong[0].field, "concurrency",
	       "the fault names the field out of range");
	is_int(wrong_of("window_end", "09:00", STEP_DIALLER, wrong), 1,
	       "an empty window is one fault");
	is_str(wrong[0].field, "window_end",
	       "the fault of an empty window names the field");
	*wizard_text(&z.now, "concurrency") = "x";
	*wizard_text(&z.now, "max_attempts") = "11";
	*wizard_text(&z.now, "ring_timeout") = "";
	is_int(wizard_read(&z.now, STEP_DIALLER, &set, wrong, w.a), 3,
	       "every wrong entry is a fault");
	is_int(set.retry_delay, 30, "entries that are right are read");
	*wizard_text(&z.now, "window_end") = "9 am";
	*wizard_text(&z.now, "not_before") = "2026-12-24T10:00";
	*wizard_text(&z.now, "last_day") = "2026-12-01";
	is_int(wizard_read(&z.now, STEP_DIALLER, &set, wrong, w.a), 5,
	       "faults between right entries are found beside wrong ones");
	is_str(wrong[3].field, "window_end",
	       "the fault of an end equal to the start names the end");
	is_str(wrong[4].field, "last_day",
	       "the fault of a last day before the beginning names it");
	*wizard_text(&z.now, "window_start") = "25:00";
	is_int(wizard_read(&z.now, STEP_DIALLER, &set, wrong, w.a), 5,
	       "times that cannot be read are not compared");
	is_str(wrong[1].field, "window_start",
	       "a start that cannot be read is a fault");
	*wizard_text(&z.now, "more_windows") = "25:00-26:00";
	is_int(wizard_read(&z.now, STEP_DIALLER, &set, wrong, w.a), 6,
	       "a window that cannot be read is not compared");
	is_str(wrong[2].text,
	       "More Time Windows: “25:00-26:00” starts at “25:00”, which is "
	       "not a time of day.",
	       "the fault says why the window cannot be read");
	is_int(wizard_step_of(0), STEP_BASICS,
	       "the name belongs to the basic step");
}

static void
check_sweep(void)
{
	struct wizard z = open_new();

	fine(wizard_keep(w.db, &z, true, w.a, &f),
	     "a wizard to be swept is kept");
	world_sql(&w, "UPDATE wizard SET saved_at = NOW(6) - INTERVAL 89 DAY");
	fine(wizard_sweep(w.db, &f), "the sweep after 89 days succeeds");
	ok(open_new().kept, "a wizard of 89 days is kept");
	world_sql(&w, "UPDATE wizard SET saved_at = NOW(6) - INTERVAL 91 DAY");
	fine(wizard_sweep(w.db, &f), "the sweep after 91 days succeeds");
	ok(!open_new().kept, "a wizard of 91 days is gone");
}

int
main(void)
{
	world_open(&w);
	check_new();
	fine(wizard_discard(w.db, &w.who, 0, &f),
	     "entries are discarded before the next test");
	check_two_tabs();
	fine(wizard_discard(w.db, &w.who, 0, &f),
	     "entries are discarded after the tabs");
	check_file();
	check_waits();
	check_close();
	check_edit();
	check_ran();
	check_reading();
	check_sweep();
	return world_close(&w);
}
