/* The calls a node knows. */
#include "base/arena.h"
#include "dialler/calls.h"
#include "tests/tap.h"

#define MANY 5000

static struct call *
make(uint32_t n)
{
	struct call_key key = {
		.run = 7, .seg = 1, .seq = 1, .ordinal = n, .nonce = n * 7919
	};
	struct job_call job = {
		.seats = 5, .to = "4930", .from = "4940", .bot = "b", .vars = ""
	};

	call_id_make(&key, job.id);
	return call_new(&job);
}

static void
count(struct call *c, void *n)
{
	(void)c;
	++*(int *)n;
}

static void
drop(struct call *c, void *table)
{
	call_table_remove(table, c);
	call_free(c);
}

static void
test_table(void)
{
	struct call_table t;
	struct call *c;
	int n = 0, missing = 0;

	call_table_open(&t);
	for (uint32_t i = 0; i < MANY; i++)
		call_table_add(&t, make(i));
	for (uint32_t i = 0; i < MANY; i++) {
		c = make(i);
		missing += !call_table_find(&t, c->id.b);
		call_free(c);
	}
	is_int(missing, 0, "all calls are found, however many there are");
	c = make(MANY);
	ok(!call_table_find(&t, c->id.b),
	   "a call that was not added is not found");
	is_int(c->run_id, 7, "the run is in the id");
	is_str(c->job.to, "4930", "a call has its own copy of the job");
	call_forget_job(c);
	is_str(c->job.to, "", "a call can forget its job");
	call_free(c);
	call_table_each(&t, count, &n);
	is_int(n, MANY, "each call is visited once");
	call_table_each(&t, drop, &t);
	is_int((int64_t)t.count, 0, "a call can be removed when it is visited");
	call_table_close(&t);
}

int
main(void)
{
	test_table();
	return tap_done();
}
