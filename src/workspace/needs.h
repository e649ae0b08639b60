/*
 * needs.h - what a workspace has of what a campaign needs, in the order in
 * which it is added; and whom to ask for the rest.
 */
#ifndef WORKSPACE_NEEDS_H
#define WORKSPACE_NEEDS_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct db;
struct fault;

struct needs {
	/* An enabled carrier; a number that can call; a bot. */
	bool carrier, number, bot;
	/* "Ann (ann@example.com) or Bob (…)": the first administrators; "" */
	const char *admins;
};
int needs_read(struct db *db, int64_t workspace_id, struct needs *out,
	       struct arena *a, struct fault *f);

/* True when nothing is missing. */
bool needs_nothing(const struct needs *n);

#endif
