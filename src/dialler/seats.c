#include "dialler/seats.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

void
seats_free(struct seat_table *t)
{
	free(t->all);
	*t = (struct seat_table){ 0 };
}

struct seat *
seats_of(struct seat_table *t, int64_t run_id)
{
	size_t low = 0, high = t->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (t->all[middle].run_id < run_id)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < t->count && t->all[low].run_id == run_id)
		return &t->all[low];
	if (t->count == t->room) {
		t->room = t->room ? 2 * t->room : 16;
		t->all = xrealloc(t->all, t->room * sizeof(*t->all));
	}
	memmove(&t->all[low + 1], &t->all[low],
		(t->count - low) * sizeof(*t->all));
	t->count++;
	t->all[low] = (struct seat){ .run_id = run_id };
	return &t->all[low];
}

bool
seats_take(struct seat_table *t, int64_t run_id, int64_t seats)
{
	struct seat *s = seats_of(t, run_id);

	if (seats > 0 && s->talking + s->elsewhere >= seats)
		return false;
	s->talking++;
	return true;
}

void
seats_leave(struct seat_table *t, int64_t run_id)
{
	struct seat *s = seats_of(t, run_id);

	if (s->talking > 0)
		s->talking--;
}

void
seats_sweep(struct seat_table *t)
{
	size_t kept = 0;

	for (size_t i = 0; i < t->count; i++) {
		t->all[i].elsewhere = 0;
		if (t->all[i].talking)
			t->all[kept++] = t->all[i];
	}
	t->count = kept;
}
