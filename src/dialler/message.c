#include "dialler/message.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

void *
msg_new(enum msg_kind kind, size_t base, size_t size, size_t count)
{
	struct msg *m = xcalloc(1, base + size * count);

	m->kind = (int)kind;
	return m;
}

struct msg_ids *
msg_ids_new(enum msg_kind kind, const struct call_id *ids, size_t count)
{
	struct msg_ids *m = MSG_NEW_ARRAY(kind, struct msg_ids, *ids, count);

	m->count = count;
	if (count)
		memcpy(m->ids, ids, count * sizeof(*ids));
	return m;
}

void
msg_free(struct msg *m)
{
	if (m->kind == MSG_WAKE) {
		free(((struct msg_runs *)m)->runs);
		free(((struct msg_runs *)m)->carriers);
	}
	free(m);
}

void
msg_free_all(struct msg *first)
{
	while (first) {
		struct msg *next = first->next;

		msg_free(first);
		first = next;
	}
}
