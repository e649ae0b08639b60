/* The planner's runs, carriers and workspaces. */
#include "dialler/planner.h"

#include <stdlib.h>
#include <string.h>

#include "app/notify.h"
#include "base/arena.h"
#include "base/clock.h"

#define LIST_EVERY_US US_PER_S

size_t
planner_place(const struct planner *p, int64_t run_id)
{
	size_t low = 0, high = p->run_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (p->runs[middle]->id < run_id)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct plan_run *
planner_run(struct planner *p, int64_t run_id)
{
	size_t i = planner_place(p, run_id);

	return i < p->run_count && p->runs[i]->id == run_id ? p->runs[i] : NULL;
}

struct plan_run *
planner_add_run(struct planner *p, int64_t run_id)
{
	size_t i = planner_place(p, run_id);
	struct plan_run *r = xcalloc(1, sizeof(*r));

	r->id = run_id;
	r->next_us = INT64_MAX;
	if (p->run_count == p->run_room) {
		p->run_room = p->run_room ? 2 * p->run_room : 32;
		p->runs = xrealloc(p->runs, p->run_room * sizeof(*p->runs));
	}
	memmove(&p->runs[i + 1], &p->runs[i],
		(p->run_count - i) * sizeof(*p->runs));
	p->runs[i] = r;
	p->run_count++;
	return r;
}

void
planner_remove_run(struct planner *p, struct plan_run *r)
{
	size_t i = planner_place(p, r->id);

	memmove(&p->runs[i], &p->runs[i + 1],
		(p->run_count - i - 1) * sizeof(*p->runs));
	p->run_count--;
	arena_free(r->pool_arena);
	free(r->memory);
	free(r);
}

struct plan_carrier *
planner_carrier(struct planner *p, int64_t carrier_id)
{
	for (size_t i = 0; i < p->carrier_count; i++)
		if (p->carriers[i].id == carrier_id)
			return &p->carriers[i];
	return NULL;
}

static struct plan_workspace *
workspace_of(struct planner *p, int64_t id)
{
	for (size_t i = 0; i < p->workspace_count; i++)
		if (p->workspaces[i].id == id)
			return &p->workspaces[i];
	p->workspaces = xrealloc(p->workspaces, (p->workspace_count + 1) *
							sizeof(*p->workspaces));
	p->workspaces[p->workspace_count] = (struct plan_workspace){ .id = id };
	return &p->workspaces[p->workspace_count++];
}

void
planner_changed(struct planner *p, int64_t workspace_id, bool now)
{
	struct plan_workspace *w = workspace_of(p, workspace_id);
	int64_t time = clock_boot_us();

	w->dirty = true;
	if (now || time - w->bumped_us >= LIST_EVERY_US) {
		list_invalidate(p->redis, workspace_id);
		w->bumped_us = time;
		w->dirty = false;
	}
}
