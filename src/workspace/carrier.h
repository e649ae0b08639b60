/*
 * carrier.h - carriers: whom calls are placed with.
 */
#ifndef WORKSPACE_CARRIER_H
#define WORKSPACE_CARRIER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/carrier_kind.h"

struct arena;
struct catalog_kind;
struct db;
struct fault;
struct record;

struct carrier_row {
	int64_t id, ver, workspace_id;
	const char *name;
	unsigned kind;
	const char *address;
	int64_t cps, channels;
	int64_t inbound; /* channels that calls out leave free */
	bool enabled;
	/* Asterisk (carrier/carrier.h): of others empty */
	const char *user;
	const char *secret; /* what is stored (app/stored_secret.h); while it is
			       entered the text, "": the stored one stays */
	const char *dial;
	bool plus;
	const char *message, *amd;
};
extern const struct record carrier_record; /* what people enter */
extern const struct catalog_kind catalog_carriers;

/* Adds a simulated one inside the caller's transaction, checked as catalog_add()
 * does, without the audit log. */
int carrier_create(struct db *db, const struct carrier_row *c, int64_t *id,
		   struct arena *a, struct fault *f);

/* Gives carrier c->id the address and limits of the row; unchanged ones are
 * allowed. */
int carrier_move(struct db *db, const struct carrier_row *c, struct fault *f);

/* The carriers of a workspace, including disabled ones, sorted by name. */
int workspace_carriers(struct db *db, int64_t workspace_id,
		       struct carrier_row **out, size_t *count, struct arena *a,
		       struct fault *f);

/* The carriers that a dialler node serves: the enabled ones of all workspaces,
 * and disabled ones with live calls. */
int carrier_list(struct db *db, struct carrier_row **out, size_t *count,
		 struct arena *a, struct fault *f);

/* A dialler that reaches the carrier, and its share of it; or why it places no
 * calls with it. */
struct carrier_node {
	int64_t slot;
	const char *name;
	int64_t cps, channels;
	const char *trouble; /* "": none */
};
struct carrier_nodes {
	struct carrier_node *list;
	size_t count;
};
int carrier_nodes(struct db *db, int64_t workspace_id, int64_t carrier_id,
		  struct carrier_nodes *out, struct arena *a, struct fault *f);

#endif
