/*
 * catalog.h - the bots, carriers and numbers that campaigns use.
 */
#ifndef WORKSPACE_CATALOG_H
#define WORKSPACE_CATALOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/carrier_kind.h"

struct arena;
struct db;
struct fault;

struct carrier_row {
	int64_t id, workspace_id;
	const char *name;
	unsigned kind;
	const char *address;
	int64_t cps, channels;
	bool enabled;
};

int bot_create(struct db *db, int64_t workspace_id, const char *name,
	       const char *target, int64_t *id, struct fault *f);
/* Checks the address by carrier_address_check(). */
int carrier_create(struct db *db, const struct carrier_row *c, int64_t *id,
		   struct fault *f);
int number_create(struct db *db, int64_t workspace_id, int64_t carrier_id,
		  const char *phone, const char *label, int64_t *id,
		  struct fault *f);

/* The bots of a workspace, sorted by name. */
struct bot {
	int64_t id;
	const char *name, *target;
};
int bot_list(struct db *db, int64_t workspace_id, struct bot **out,
	     size_t *count, struct arena *a, struct fault *f);

/* The numbers of a workspace, sorted by carrier. */
struct number {
	int64_t id;
	const char *phone, *label;
	int64_t carrier_id;
	const char *carrier;
	int64_t cps; /* of the carrier */
	bool usable; /* both the number and its carrier are enabled */
};
int number_list(struct db *db, int64_t workspace_id, struct number **out,
		size_t *count, struct arena *a, struct fault *f);

/* Ids of all numbers of a workspace, ascending. */
int workspace_numbers(struct db *db, int64_t workspace_id, int64_t **out,
		      size_t *count, struct arena *a, struct fault *f);

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

#endif
