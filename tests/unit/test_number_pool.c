/* Number rotation: least recently used, head-room, another one for a retry. */
#include "base/arena.h"
#include "ledger/number_pool.h"
#include "tests/tap.h"

#define PLENTY 1000000

static struct arena *arena;

static struct pool_number numbers[4];
static struct pool_carrier carriers[2];
static struct number_pool pool;

static void
fill(void)
{
	for (size_t i = 0; i < 4; i++)
		numbers[i] = (struct pool_number){ .id = (int64_t)i + 1,
						   .cap = PLENTY,
						   .last_used = 40 - (int)i,
						   .carrier = i / 2 };
	carriers[0] = (struct pool_carrier){ .id = 1, .room = PLENTY };
	carriers[1] = (struct pool_carrier){ .id = 2, .room = PLENTY };
	pool = (struct number_pool){ .numbers = numbers,
				     .count = 4,
				     .carriers = carriers,
				     .carrier_count = 2 };
	number_pool_order(&pool, arena);
}

static int64_t
pick(int64_t avoid)
{
	struct pool_number *n = number_pool_pick(&pool, avoid);

	return n ? n->id : 0;
}

static void
test_rotation(void)
{
	fill();
	is_int(pick(0), 4, "the least recently used number is picked first");
	is_int(pick(0), 3, "the second number is picked next");
	is_int(pick(0), 2, "the third number is picked next");
	is_int(pick(0), 1, "the last number is picked next");
	is_int(pick(0), 4, "the first number is picked again");
	is_int(pick(3), 2, "a retry avoids its last number");
	is_int(pick(0), 3, "the avoided number keeps its place");
}

static void
test_alone(void)
{
	fill();
	pool.count = 1;
	number_pool_order(&pool, arena);
	is_int(pick(1), 1, "the only number calls again");
	is_int(pick(0), 1, "the only number calls every time");
	pool.count = 0;
	number_pool_order(&pool, arena);
	is_int(pick(0), 0, "no number is picked from an empty pool");
	is_int(number_pool_room(&pool), 0, "an empty pool has no room");
}

static void
test_room(void)
{
	struct pool_number *n;

	fill();
	numbers[3].cap = 1;
	is_int(pick(0), 4, "a number with a cap of one calls once");
	carriers[1].room = 1;
	is_int(pick(0), 3, "the last room of a carrier is used");
	is_int(pick(0), 2, "the numbers of the other carrier are picked next");
	is_int(pick(0), 1, "all numbers of the other carrier are picked");
	is_int(pick(1), 2, "no number of the full carrier is picked");
	carriers[0].room = 1;
	is_int(number_pool_room(&pool), 1, "the pool has room for one call");
	n = number_pool_pick(&pool, 0);
	is_int(number_pool_room(&pool), 0,
	       "the pool has no room after its last call");
	is_int(pick(0), 0, "no number is picked without room");
	number_pool_return(&pool, n);
	is_int(number_pool_room(&pool), 1, "a returned number has room again");
	numbers[0].cap = numbers[0].used;
	numbers[1].cap = numbers[1].used;
	is_int(number_pool_room(&pool), 0,
	       "the pool has no room when the caps are reached");
}

static void
test_undo(void)
{
	fill();
	carriers[0].room = 2;
	carriers[1].room = 2;
	pick(0);
	number_pool_settle(&pool);
	pick(0);
	pick(0);
	is_int(number_pool_room(&pool), 1, "three of four rooms are taken");
	number_pool_undo(&pool);
	is_int(number_pool_room(&pool), 3, "two picks are undone");
	is_int(numbers[3].used, 1, "a settled pick stays");
}

int
main(void)
{
	arena = arena_new();
	test_rotation();
	test_alone();
	test_room();
	test_undo();
	arena_free(arena);
	return tap_done();
}
