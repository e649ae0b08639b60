/* A job is read as it was written, and nothing else is a job. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "ledger/job.h"
#include "tests/tap.h"

static const struct call_key key = {
	.run = 7, .seg = 1, .seq = 2, .ordinal = 99, .nonce = 12345
};

static void
test_round_trip(struct arena *a)
{
	struct job_call in = { .seats = 50,
			       .seated = true,
			       .ring_ms = 45000,
			       .to = "4930123456",
			       .from = "4940987654",
			       .bot = "sip:bot@example.org",
			       .vars = "{\"name\":\"A\\tB\"}" };
	struct job_call out;
	struct buf b = BUF_INIT;

	call_id_make(&key, in.id);
	job_write(&b, &in);
	is_int(job_read(b.data, b.len, &out, a), 0,
	       "a job is read after it was written");
	ok(memcmp(in.id, out.id, UUID_LEN) == 0, "the id is read back");
	is_int(out.seats, 50, "the seats are read back");
	ok(out.seated, "its seat is read back");
	is_int(out.ring_ms, 45000, "the ring time is read back");
	is_str(out.to, in.to, "the number to call is read back");
	is_str(out.from, in.from, "the caller's number is read back");
	is_str(out.bot, in.bot, "the bot is read back");
	is_str(out.vars, in.vars, "the variables are read back");
	in.vars = "";
	buf_clear(&b);
	job_write(&b, &in);
	is_int(job_read(b.data, b.len, &out, a), 0,
	       "a job without variables is read");
	is_str(out.vars, "", "a job without variables has none");
	for (size_t n = 0; n < b.len; n++)
		if (job_read(b.data, n, &out, a) == 0) {
			ok(false, "a part of a job is no job");
			break;
		}
	b.data[strlen("00000007-0001-8002-8000-000000000000\t50\t")] = '2';
	is_int(job_read(b.data, b.len, &out, a), -1,
	       "a job with two seats is refused");
	b.data[3] = '\0';
	is_int(job_read(b.data, b.len, &out, a), -1,
	       "a job with a NUL inside is refused");
	buf_free(&b);
}

int
main(void)
{
	struct arena *a = arena_new();
	struct job_call out;
	char stream[32];

	test_round_trip(a);
	is_int(job_read("", 0, &out, a), -1, "an empty text is no job");
	is_int(job_read("x\t1\t0\t1\ta\tb\tc\t", 15, &out, a), -1,
	       "a job with a bad id is refused");
	job_stream(42, stream);
	is_str(stream, "call:42", "the stream of a carrier has its id");
	arena_free(a);
	return tap_done();
}
