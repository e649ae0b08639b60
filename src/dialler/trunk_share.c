#include "dialler/trunk_share.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

struct trunk_share *
trunk_share_new(int64_t carrier_id)
{
	struct trunk_share *s = xcalloc(1, sizeof(*s));

	s->carrier_id = carrier_id;
	pthread_mutex_init(&s->lock, NULL);
	return s;
}

void
trunk_share_free(struct trunk_share *s)
{
	if (s)
		pthread_mutex_destroy(&s->lock);
	free(s);
}

void
trunk_share_trouble(struct trunk_share *s, const char *text)
{
	pthread_mutex_lock(&s->lock);
	snprintf(s->trouble, sizeof(s->trouble), "%s", text);
	pthread_mutex_unlock(&s->lock);
}

void
trunk_share_told(struct trunk_share *s, char out[static 160])
{
	pthread_mutex_lock(&s->lock);
	memcpy(out, s->trouble, sizeof(s->trouble));
	pthread_mutex_unlock(&s->lock);
}
