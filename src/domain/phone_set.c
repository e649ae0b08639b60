#include "domain/phone_set.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"

#define PARTS 256
#define FIRST_ROOM 64
#define LENGTH_SHIFT 56

/* A hash table of its own for each value of the hash's upper byte. */
struct part {
	uint64_t *slots; /* 0: free */
	uint32_t room, used;
};

struct phone_set {
	struct part parts[PARTS];
};

struct phone_set *
phone_set_open(void)
{
	return xcalloc(1, sizeof(struct phone_set));
}

void
phone_set_close(struct phone_set *s)
{
	if (!s)
		return;
	for (int i = 0; i < PARTS; i++)
		free(s->parts[i].slots);
	free(s);
}

/* Digits as a number (10^15 < 2^50) with their count: 007 is not 7. */
static uint64_t
key_of(const char *phone)
{
	uint64_t digits = 0, count = 0;

	for (; phone[count]; count++)
		digits = digits * 10 + (uint64_t)(phone[count] - '0');
	return digits | count << LENGTH_SHIFT;
}

/* The finalizer of MurmurHash3: every bit of the key reaches every other. */
static uint64_t
mix(uint64_t x)
{
	x ^= x >> 33;
	x *= UINT64_C(0xff51afd7ed558ccd);
	x ^= x >> 33;
	x *= UINT64_C(0xc4ceb9fe1a85ec53);
	return x ^ x >> 33;
}

static uint64_t *
slot_of(const struct part *p, uint64_t key, uint64_t hash)
{
	uint32_t at = (uint32_t)hash & (p->room - 1);

	while (p->slots[at] && p->slots[at] != key)
		at = (at + 1) & (p->room - 1);
	return &p->slots[at];
}

static void
grow(struct part *p)
{
	struct part bigger = { .used = p->used };

	bigger.room = p->room ? p->room * 2 : FIRST_ROOM;
	bigger.slots = xcalloc(bigger.room, sizeof(*bigger.slots));
	for (uint32_t i = 0; i < p->room; i++) {
		uint64_t key = p->slots[i];

		if (key)
			*slot_of(&bigger, key, mix(key)) = key;
	}
	free(p->slots);
	*p = bigger;
}

bool
phone_set_add(struct phone_set *s, const char *phone)
{
	uint64_t key = key_of(phone), hash = mix(key);
	struct part *p = &s->parts[hash >> 56];
	uint64_t *slot;

	if (p->used * 4 >= p->room * 3)
		grow(p);
	slot = slot_of(p, key, hash);
	if (*slot)
		return false;
	*slot = key;
	p->used++;
	return true;
}
