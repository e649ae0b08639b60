/*
 * What was begun in the wizard: kept as typed, told apart by revision, brought
 * up to another version of the campaign, closed once.
 */
#include "campaign/wizard.h"
#include "store/tx.h"
#include "tests/store/world.h"

static struct world w;

static struct wizard
open_new(void)
{
	struct wizard z = { 0 };

	world_need(wizard_open(w.db, &w.who, NULL, NULL, 0, "Europe/Paris", &z,
			       w.a, &f),
		   "open");
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
	world_need(wizard_open(w.db, &w.who, c, numbers, count, "UTC", &z, w.a,
			       &f),
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

	ok(!z.kept && wizard_is_first(z.rev), "nothing is kept yet");
	is_str(entry(&z, "concurrency"), "50", "it begins with the defaults");
	is_str(entry(&z, "zone"), "Europe/Paris", "and the given zone");
	is_str(entry(&z, "name"), "", "and no name");
	*wizard_text(&z.now, "name") = "  \"Müller\" \\ ";
	*wizard_text(&z.now, "concurrency") = "many";
	z.now.numbers = numbers;
	z.now.count = 2;
	wizard_sort_numbers(&z.now);
	z.done = 5;
	z.back = "/dashboard/campaigns?q=x";
	fine(wizard_keep(w.db, &z, true, w.a, &f), "it is kept");
	again = open_new();
	ok(again.kept && again.rev == z.rev && !wizard_is_first(again.rev) &&
		   again.saved_at > 0,
	   "as the next revision");
	is_str(entry(&again, "name"), "  \"Müller\" \\ ", "as typed");
	is_str(entry(&again, "concurrency"), "many", "even what is wrong");
	ok(again.now.count == 2 && again.now.numbers[0] == 4 &&
		   again.now.numbers[1] == 9,
	   "with its numbers in order");
	ok(again.done == 5 && !again.upload_id &&
		   !strcmp(again.back, "/dashboard/campaigns?q=x"),
	   "and all else");
	w.who.user_id++;
	ok(!open_new().kept, "another person has begun nothing");
	w.who.user_id--;
}

static void
check_two_tabs(void)
{
	struct wizard one = open_new(), two;

	fine(wizard_keep(w.db, &one, false, w.a, &f), "typing");
	two = open_new();
	*wizard_text(&one.now, "name") = "One";
	*wizard_text(&two.now, "name") = "Two";
	fine(wizard_keep(w.db, &two, false, w.a, &f),
	     "does not stop another tab");
	fine(wizard_keep(w.db, &one, true, w.a, &f), "leaving a step");
	ok(wizard_keep(w.db, &two, true, w.a, &f) == -1 &&
		   f.code == FAULT_CONFLICT && strstr(f.text, "another tab"),
	   "does: it is told");
	two = open_new();
	is_str(entry(&two, "name"), "One", "the first one's is kept");
	fine(wizard_discard(w.db, &w.who, 0, &f), "forgotten");
	ok(!open_new().kept, "it is gone");
	ok(wizard_keep(w.db, &two, true, w.a, &f) == -1 &&
		   f.code == FAULT_CONFLICT,
	   "a tab that does not know is told");
	one = two = open_new();
	fine(wizard_keep(w.db, &one, false, w.a, &f), "what is typed is kept");
	fine(wizard_keep(w.db, &two, true, w.a, &f),
	     "and is in nobody's way on the same page");
	fine(wizard_discard(w.db, &w.who, 0, &f), "forgotten");
	one = open_new();
	two = open_new();
	fine(wizard_keep(w.db, &one, true, w.a, &f), "two begin: the first");
	ok(wizard_keep(w.db, &two, true, w.a, &f) == -1 &&
		   f.code == FAULT_CONFLICT,
	   "the second is told");
}

/* A file comes while its owner goes on entering, in this tab or another. */
static void
check_file(void)
{
	struct wizard typing = open_new(), file = open_new(), late;

	fine(wizard_attach(w.db, &file, 77, w.a, &f), "a file begins it");
	fine(wizard_discard(w.db, &w.who, 0, &f), "forgotten");
	*wizard_text(&typing.now, "name") = "Typed";
	fine(wizard_keep(w.db, &typing, true, w.a, &f), "typed");
	file = late = open_new();
	fine(wizard_attach(w.db, &file, 78, w.a, &f), "a file comes");
	ok(wizard_attach(w.db, &late, 79, w.a, &f) == -1 &&
		   f.code == FAULT_CONFLICT,
	   "one that comes beside it is told");
	*wizard_text(&typing.now, "name") = "Typed on";
	fine(wizard_keep(w.db, &typing, true, w.a, &f),
	     "it is no other revision to whoever types");
	late = open_new();
	ok(late.upload_id == 78 && !strcmp(entry(&late, "name"), "Typed on"),
	   "and neither takes back what the other did");
	fine(wizard_attach(w.db, &late, 0, w.a, &f), "it is taken away");
	ok(open_new().kept && !open_new().upload_id, "and gone");
	fine(wizard_discard(w.db, &w.who, 0, &f), "forgotten");
	ok(wizard_attach(w.db, &late, 80, w.a, &f) == -1 &&
		   f.code == FAULT_CONFLICT,
	   "a file of what is gone is told");
}

static void
check_waits(void)
{
	int64_t id = world_draft(&w, "Waits", 3), since = 1;
	struct campaign c = load(id);
	struct wizard z = open_edit(&c);

	fine(wizard_waits(w.db, &w.who, id, &since, &f), "asked");
	is_int(since, 0, "nothing waits");
	fine(wizard_keep(w.db, &z, true, w.a, &f), "begun");
	fine(wizard_waits(w.db, &w.who, id, &since, &f), "asked");
	ok(since > 0, "changes wait");
	w.who.user_id++;
	fine(wizard_waits(w.db, &w.who, id, &since, &f), "asked");
	is_int(since, 0, "but nobody else's");
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

	fine(wizard_keep(w.db, &z, true, w.a, &f), "begun");
	file = z;
	fine(wizard_attach(w.db, &file, 77, w.a, &f), "a file comes");
	ok(tx_run(w.db, close_it, &z, NULL, &f) == -1 &&
		   f.code == FAULT_CONFLICT,
	   "what was read before it is not saved");
	z = file;
	fine(tx_run(w.db, close_it, &z, NULL, &f), "saved");
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

	is_str(entry(&z, "name"), "Spring", "an edit begins with what is");
	ok(z.now.count > 0 && z.ver == c.ver, "its pool and version");
	is_int(z.done, 31, "every step is done");
	*wizard_text(&z.now, "concurrency") = "7";
	*wizard_text(&z.now, "max_attempts") = "9";
	fine(wizard_keep(w.db, &z, true, w.a, &f), "kept");
	z = open_edit(&c);
	is_str(*wizard_text(&z.base, "concurrency"), "50",
	       "what it was is kept as well");

	fresh = c;
	fresh.ver = c.ver + 3;
	fresh.set.concurrency = 8;
	fresh.set.retry_delay = 99;
	both = wizard_rebase(&z, &fresh, two, 2, w.a);
	is_str(entry(&z, "retry_delay"), "99",
	       "theirs where I changed nothing");
	is_str(entry(&z, "max_attempts"), "9",
	       "mine where they changed nothing");
	is_str(entry(&z, "concurrency"), "7", "mine where both did");
	is_str(campaign_changed_words(both, w.a), "Concurrency Limit",
	       "and that is named");
	ok(z.ver == fresh.ver && z.now.count == 2, "it is theirs from here on");
	both = wizard_rebase(&z, &fresh, two, 2, w.a);
	is_int(both, 0, "which is said once");
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
	fine(wizard_keep(w.db, &z, true, w.a, &f), "begun on a draft");
	c.runs = 1;
	z = open_edit(&c);
	is_str(entry(&z, "name"), "Ran", "its name is locked now");
	is_str(entry(&z, "concurrency"), "7", "its rules are not");
	ok(wizard_has_number(&z.now, w.numbers[0]) &&
		   !wizard_has_number(&z.now, 77),
	   "its numbers are there");
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

	is_int(wrong_of("zone", "UTC", STEP_REVIEW, wrong), 0, "all is well");
	is_int(wrong_of("name", " ", STEP_BASICS, wrong), 1, "no name");
	is_str(wrong[0].text, "Campaign Name is missing.", "is said");
	is_int(wrong_of("name", "", STEP_DIALLER, wrong), 0,
	       "but not of another step");
	is_int(wrong_of("concurrency", "0", STEP_DIALLER, wrong), 1,
	       "out of range");
	is_str(wrong[0].field, "concurrency", "names the field");
	is_int(wrong_of("window_end", "09:00", STEP_DIALLER, wrong), 1,
	       "what holds between fields");
	is_str(wrong[0].field, "window_end", "as well");
	*wizard_text(&z.now, "concurrency") = "x";
	*wizard_text(&z.now, "max_attempts") = "11";
	*wizard_text(&z.now, "ring_timeout") = "";
	is_int(wizard_read(&z.now, STEP_DIALLER, &set, wrong, w.a), 3,
	       "every one that is wrong");
	is_int(set.retry_delay, 30, "the others are read");
	*wizard_text(&z.now, "window_end") = "9 am";
	*wizard_text(&z.now, "not_before") = "2026-12-24T10:00";
	*wizard_text(&z.now, "last_day") = "2026-12-01";
	is_int(wizard_read(&z.now, STEP_DIALLER, &set, wrong, w.a), 5,
	       "with what holds between the fields that are right");
	is_str(wrong[3].field, "window_end", "start = end");
	is_str(wrong[4].field, "last_day", "the last day before the first");
	*wizard_text(&z.now, "window_start") = "25:00";
	is_int(wizard_read(&z.now, STEP_DIALLER, &set, wrong, w.a), 5,
	       "but a time that cannot be read is compared with none");
	is_str(wrong[1].field, "window_start", "it is told itself");
	*wizard_text(&z.now, "more_windows") = "25:00-26:00";
	is_int(wizard_read(&z.now, STEP_DIALLER, &set, wrong, w.a), 6,
	       "nor with a span that cannot be read");
	is_str(wrong[2].text,
	       "More Time Windows: “25:00-26:00” starts at “25:00”, which is "
	       "not a time of day.",
	       "which says why");
	is_int(wizard_step_of(0), STEP_BASICS, "the name is basic");
}

static void
check_sweep(void)
{
	struct wizard z = open_new();

	fine(wizard_keep(w.db, &z, true, w.a, &f), "begun");
	world_sql(&w, "UPDATE wizard SET saved_at = NOW(6) - INTERVAL 89 DAY");
	fine(wizard_sweep(w.db, &f), "swept");
	ok(open_new().kept, "89 days are not long");
	world_sql(&w, "UPDATE wizard SET saved_at = NOW(6) - INTERVAL 91 DAY");
	fine(wizard_sweep(w.db, &f), "swept");
	ok(!open_new().kept, "91 are");
}

int
main(void)
{
	world_open(&w);
	check_new();
	fine(wizard_discard(w.db, &w.who, 0, &f), "begin anew");
	check_two_tabs();
	fine(wizard_discard(w.db, &w.who, 0, &f), "begin anew");
	check_file();
	check_waits();
	check_close();
	check_edit();
	check_ran();
	check_reading();
	check_sweep();
	return world_close(&w);
}
