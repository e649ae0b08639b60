#include "phone/phone_set.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"

/* A number's index among all numbers of 1 to 15 digits is below 2^50.  The
 * upper 10 bits of the key choose a table, whose slots keep the other 40. */
#define KEY_BITS 50
#define SLOT_BITS 40
#define KEY_MASK ((UINT64_C(1) << KEY_BITS) - 1)
#define SLOT_MASK ((UINT64_C(1) << SLOT_BITS) - 1)
#define PARTS (1 << (KEY_BITS - SLOT_BITS))
#define FIRST_ROOM 16

struct part {
	uint32_t *low; /* the lower 32 bits of each slot; after them... */
	uint8_t *high; /* ...the upper 8; both 0: a free slot */
	uint32_t room, used;
	bool has_zero; /* the key 0, which would look free */
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
		free(s->parts[i].low);
	free(s);
}

/* The number's index; shorter numbers come first, so 007 is not 7. */
static uint64_t
key_of(const char *phone)
{
	uint64_t digits = 0, shorter = 0;

	for (; *phone; phone++) {
		digits = digits * 10 + (uint64_t)(*phone - '0');
		shorter = shorter * 10 + 1;
	}
	return digits + shorter;
}

/* Mixes the bits of the key; no two keys become equal. */
static uint64_t
mix(uint64_t x)
{
	x ^= x >> (KEY_BITS / 2);
	x = x * UINT64_C(0xff51afd7ed558ccd) & KEY_MASK;
	x ^= x >> (KEY_BITS / 2);
	x = x * UINT64_C(0xc4ceb9fe1a85ec53) & KEY_MASK;
	return x ^ x >> (KEY_BITS / 2);
}

/* The slot that holds the key, or the free slot where it belongs. */
static uint32_t
slot_of(const struct part *p, uint64_t rest)
{
	uint32_t low = (uint32_t)rest, at = low & (p->room - 1);
	uint8_t high = (uint8_t)(rest >> 32);

	while ((p->low[at] != low || p->high[at] != high) &&
	       (p->low[at] || p->high[at]))
		at = (at + 1) & (p->room - 1);
	return at;
}

static void
put(struct part *p, uint32_t at, uint64_t rest)
{
	p->low[at] = (uint32_t)rest;
	p->high[at] = (uint8_t)(rest >> 32);
}

static void
grow(struct part *p)
{
	struct part bigger = *p;

	bigger.room = p->room ? p->room * 2 : FIRST_ROOM;
	bigger.low = xcalloc(bigger.room, sizeof(*p->low) + sizeof(*p->high));
	bigger.high = (uint8_t *)(bigger.low + bigger.room);
	for (uint32_t i = 0; i < p->room; i++) {
		uint64_t rest = (uint64_t)p->high[i] << 32 | p->low[i];

		if (rest)
			put(&bigger, slot_of(&bigger, rest), rest);
	}
	free(p->low);
	*p = bigger;
}

bool
phone_set_add(struct phone_set *s, const char *phone)
{
	uint64_t key = mix(key_of(phone)), rest = key & SLOT_MASK;
	struct part *p = &s->parts[key >> SLOT_BITS];
	uint32_t at;

	if (!rest) {
		bool is_new = !p->has_zero;

		p->has_zero = true;
		return is_new;
	}
	if (p->used * 4 >= p->room * 3)
		grow(p);
	at = slot_of(p, rest);
	if (p->low[at] || p->high[at])
		return false;
	put(p, at, rest);
	p->used++;
	return true;
}
