#include "carrier/idmap.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/uuid.h"

#define FIRST_CAP 64

int
cr_id_parse(const char *text, struct cr_id *out)
{
	return strpbrk(text, "ABCDEF") ? -1 : uuid_parse(text, out->bytes);
}

/* Ids of one run differ in few bits, so all of them are mixed. */
static uint64_t
hash(const struct cr_id *id)
{
	uint64_t half[2], h;

	memcpy(half, id->bytes, sizeof(half));
	h = half[0] ^ (half[1] * 0x9e3779b97f4a7c15ULL);
	h = (h ^ (h >> 30)) * 0xbf58476d1ce4e5b9ULL;
	h = (h ^ (h >> 27)) * 0x94d049bb133111ebULL;
	return h ^ (h >> 31);
}

static bool
has_id(const void *entry, const struct cr_id *id)
{
	return memcmp(entry, id, sizeof(*id)) == 0;
}

/* The slot of 'id', or the free one where it belongs. */
static size_t
slot_of(const struct idmap *m, const struct cr_id *id)
{
	size_t i = hash(id) & (m->cap - 1);

	while (m->slots[i] && !has_id(m->slots[i], id))
		i = (i + 1) & (m->cap - 1);
	return i;
}

static void
grow(struct idmap *m)
{
	struct idmap bigger = { .cap = m->cap ? m->cap * 2 : FIRST_CAP,
				.count = m->count };

	bigger.slots = xcalloc(bigger.cap, sizeof(*bigger.slots));
	for (size_t i = 0; i < m->cap; i++) {
		if (m->slots[i])
			bigger.slots[slot_of(&bigger, m->slots[i])] =
				m->slots[i];
	}
	free(m->slots);
	*m = bigger;
}

void *
idmap_find(const struct idmap *m, const struct cr_id *id)
{
	return m->count ? m->slots[slot_of(m, id)] : NULL;
}

void
idmap_put(struct idmap *m, void *entry)
{
	if (m->count * 4 >= m->cap * 3)
		grow(m);
	m->slots[slot_of(m, entry)] = entry;
	m->count++;
}

bool
idmap_remove(struct idmap *m, const struct cr_id *id)
{
	size_t hole, i;

	if (!m->count)
		return false;
	hole = slot_of(m, id);
	if (!m->slots[hole])
		return false;
	m->slots[hole] = NULL;
	m->count--;
	/* Entries that follow without a gap may belong in the hole, so they are
	 * put again. */
	for (i = (hole + 1) & (m->cap - 1); m->slots[i];
	     i = (i + 1) & (m->cap - 1)) {
		void *entry = m->slots[i];

		m->slots[i] = NULL;
		m->slots[slot_of(m, entry)] = entry;
	}
	return true;
}

void
idmap_free(struct idmap *m)
{
	free(m->slots);
	*m = (struct idmap){ 0 };
}
