#include "dialler/calls.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

#define SIZE_FIRST 256

void
call_table_open(struct call_table *t)
{
	t->size = SIZE_FIRST;
	t->count = 0;
	t->chains = xcalloc(t->size, sizeof(*t->chains));
}

static void
free_one(struct call *c, void *arg)
{
	(void)arg;
	call_free(c);
}

void
call_table_close(struct call_table *t)
{
	call_table_each(t, free_one, NULL);
	free(t->chains);
}

/* The last bytes of an id are random, so they spread the calls evenly. */
static size_t
place_of(const struct call_table *t, const uint8_t *id)
{
	uint32_t nonce;

	memcpy(&nonce, id + UUID_LEN - sizeof(nonce), sizeof(nonce));
	return nonce & (t->size - 1);
}

struct call *
call_table_find(const struct call_table *t, const uint8_t *id)
{
	struct call *c = t->chains[place_of(t, id)];

	while (c && memcmp(c->id.b, id, UUID_LEN) != 0)
		c = c->next;
	return c;
}

static void
grow(struct call_table *t)
{
	struct call_table bigger = { .size = t->size * 2, .count = t->count };

	bigger.chains = xcalloc(bigger.size, sizeof(*bigger.chains));
	for (size_t i = 0; i < t->size; i++) {
		struct call *c, *next;

		for (c = t->chains[i]; c; c = next) {
			struct call **at =
				&bigger.chains[place_of(&bigger, c->id.b)];

			next = c->next;
			c->next = *at;
			*at = c;
		}
	}
	free(t->chains);
	*t = bigger;
}

void
call_table_add(struct call_table *t, struct call *c)
{
	struct call **at;

	if (t->count >= t->size)
		grow(t);
	at = &t->chains[place_of(t, c->id.b)];
	c->next = *at;
	*at = c;
	t->count++;
}

void
call_table_remove(struct call_table *t, struct call *c)
{
	struct call **at = &t->chains[place_of(t, c->id.b)];

	while (*at != c)
		at = &(*at)->next;
	*at = c->next;
	t->count--;
}

void
call_table_each(struct call_table *t, void (*fn)(struct call *c, void *arg),
		void *arg)
{
	for (size_t i = 0; i < t->size; i++) {
		struct call *c = t->chains[i], *next;

		for (; c; c = next) {
			next = c->next;
			fn(c, arg);
		}
	}
}

/* Copies a text after those already there. */
static const char *
keep(char **at, const char *s)
{
	char *copy = *at;
	size_t len = strlen(s) + 1;

	memcpy(copy, s, len);
	*at += len;
	return copy;
}

struct call *
call_new(const struct job_call *job)
{
	struct call *c = xcalloc(1, sizeof(*c));
	char *at;

	memcpy(c->id.b, job->id, UUID_LEN);
	c->run_id = call_id_run(job->id);
	c->job = *job;
	at = c->texts = xmalloc(strlen(job->to) + strlen(job->from) +
				strlen(job->bot) + strlen(job->vars) + 4);
	c->job.to = keep(&at, job->to);
	c->job.from = keep(&at, job->from);
	c->job.bot = keep(&at, job->bot);
	c->job.vars = keep(&at, job->vars);
	return c;
}

void
call_forget_job(struct call *c)
{
	free(c->texts);
	c->texts = NULL;
	c->job.to = c->job.from = c->job.bot = c->job.vars = "";
}

void
call_free(struct call *c)
{
	free(c->texts);
	free(c);
}
