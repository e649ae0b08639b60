#include "carrier/sim/count.h"

#include <stdlib.h>

#include "base/arena.h"

#define COUNT_BITS 0xffULL

/* Never 0 in the upper 56 bits: 0 is a free slot. */
static uint64_t
key_of(const char *number)
{
	uint64_t h = 0xcbf29ce484222325ULL;

	for (; *number; number++)
		h = (h ^ (unsigned char)*number) * 0x100000001b3ULL;
	h = (h ^ (h >> 32)) * 0x9e3779b97f4a7c15ULL;
	return (h | 0x100) & ~COUNT_BITS;
}

static uint64_t *
slot_of(struct sim_count *c, uint64_t key)
{
	size_t i = (key >> 20) & (c->cap - 1);

	while (c->slots[i] && (c->slots[i] & ~COUNT_BITS) != key)
		i = (i + 1) & (c->cap - 1);
	return &c->slots[i];
}

static void
grow(struct sim_count *c)
{
	struct sim_count bigger = { .cap = c->cap ? c->cap * 2 : 1024,
				    .used = c->used };

	bigger.slots = xcalloc(bigger.cap, sizeof(*bigger.slots));
	for (size_t i = 0; i < c->cap; i++) {
		if (c->slots[i])
			*slot_of(&bigger, c->slots[i] & ~COUNT_BITS) =
				c->slots[i];
	}
	free(c->slots);
	*c = bigger;
}

unsigned
sim_count_up(struct sim_count *c, const char *number)
{
	uint64_t key = key_of(number), *slot;

	if (c->used * 4 >= c->cap * 3)
		grow(c);
	slot = slot_of(c, key);
	if (!*slot) {
		*slot = key;
		c->used++;
	}
	if ((*slot & COUNT_BITS) < COUNT_BITS)
		(*slot)++;
	return (unsigned)(*slot & COUNT_BITS);
}

void
sim_count_free(struct sim_count *c)
{
	free(c->slots);
	*c = (struct sim_count){ 0 };
}
