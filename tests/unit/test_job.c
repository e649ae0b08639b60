/* A job is read as it was written, and nothing else is a job. */
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
			       .ring_ms = 45000,
			       .to = "4930123456",
			       .from = "4940987654",
			       .bot = "sip:bot@example.org",
			       .vars = "{\"name\":\"A\\tB\"}" };
	struct job_call out;
	struct buf b = BUF_INIT;

	call_id_make(&key, in.id);
	job_write(&b, &in);
	is_int(job_read(b.data, b.len, &out, a), 0, "what is written is read");
	ok(memcmp(in.id, out.id, UUID_LEN) == 0, "id");
	is_int(out.seats, 50, "seats");
	is_int(out.ring_ms, 45000, "ring time");
	is_str(out.to, in.to, "to");
	is_str(out.from, in.from, "from");
	is_str(out.bot, in.bot, "bot");
	is_str(out.vars, in.vars, "variables");
	in.vars = "";
	buf_clear(&b);
	job_write(&b, &in);
	is_int(job_read(b.data, b.len, &out, a), 0, "without variables");
	is_str(out.vars, "", "there are none");
	for (size_t n = 0; n < b.len; n++)
		if (job_read(b.data, n, &out, a) == 0) {
			ok(false, "a part of a job is a job");
			break;
		}
	b.data[3] = '\0';
	is_int(job_read(b.data, b.len, &out, a), -1, "a NUL inside");
	buf_free(&b);
}

int
main(void)
{
	struct arena *a = arena_new();
	struct job_call out;
	char stream[32];

	test_round_trip(a);
	is_int(job_read("", 0, &out, a), -1, "nothing");
	is_int(job_read("x\t1\t1\ta\tb\tc\t", 13, &out, a), -1, "a bad id");
	job_stream(42, stream);
	is_str(stream, "call:42", "the stream of a carrier");
	arena_free(a);
	return tap_done();
}
