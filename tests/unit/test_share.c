/* Shares of a carrier's limit: never above it in sum, whole numbers. */
#include "ledger/share.h"
#include "tests/tap.h"

#define NODES 4

static uint32_t dice = 1;

static uint32_t
roll(uint32_t below)
{
	dice = dice * 1664525 + 1013904223;
	return (dice >> 8) % below;
}

static void
test_part(void)
{
	is_int(share_part(10, 1, 0), 10, "a node alone has the whole limit");
	is_int(share_part(10, 3, 0), 4, "the first of three nodes has 4 of 10");
	is_int(share_part(10, 3, 1), 3,
	       "the second of three nodes has 3 of 10");
	is_int(share_part(10, 3, 2), 3, "the third of three nodes has 3 of 10");
	is_int(share_part(1, 3, 0), 1,
	       "the first of three nodes has a limit of one");
	is_int(share_part(1, 3, 1), 0,
	       "the second of three nodes has none of one");
	is_int(share_part(0, 2, 0), 0, "a limit of nothing gives no share");
	is_int(share_part(10, 2, 2), 0,
	       "a node that does not serve has no share");
}

static void
test_next(void)
{
	is_int(share_next(10, 0, 0, 10, 0), 10,
	       "a share rises to its part when the limit is free");
	is_int(share_next(10, 0, 10, 5, 0), 0,
	       "a share waits while another node holds the limit");
	is_int(share_next(10, 0, 7, 5, 0), 3,
	       "a share rises into what is free");
	is_int(share_next(10, 10, 0, 5, 0), 5,
	       "a share lowers itself to its part");
	is_int(share_next(10, 10, 0, 5, 8), 8,
	       "a share does not fall below its calls");
	is_int(share_next(10, 10, 0, 5, 12), 10,
	       "a share does not rise with its calls");
	is_int(share_next(5, 3, 7, 2, 0), 2,
	       "a share falls when the limit is made smaller");
	is_int(share_next(5, 1, 7, 2, 0), 1,
	       "a share without room to rise stays");
}

/* Nodes come, go and act on what they saw in any order, one row at a time. */
static void
test_sum(void)
{
	int64_t held[NODES] = { 0 }, limit = 7;
	int over = 0;

	for (int i = 0; i < 100000; i++) {
		size_t me = roll(NODES), nodes = 1 + roll(NODES);
		int64_t others = 0, sum = 0;

		for (size_t k = 0; k < NODES; k++)
			others += k == me ? 0 : held[k];
		held[me] = share_next(limit, held[me], others,
				      share_part(limit, nodes, me),
				      (int64_t)roll(4));
		for (size_t k = 0; k < NODES; k++)
			sum += held[k];
		over += sum > limit;
	}
	is_int(over, 0, "the sum never passes the limit");
}

int
main(void)
{
	test_part();
	test_next();
	test_sum();
	return tap_done();
}
