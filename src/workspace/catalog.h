/*
 * catalog.h - what campaigns are made of: bots, carriers, numbers.
 */
#ifndef WORKSPACE_CATALOG_H
#define WORKSPACE_CATALOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;
struct fault;

enum carrier_kind { CARRIER_SIM, CARRIER_KIND_MAX };
extern const char *const carrier_kind_words[];

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
/* The address is the path of a socket, which need not be there yet. */
int carrier_create(struct db *db, const struct carrier_row *c, int64_t *id,
		   struct fault *f);
int number_create(struct db *db, int64_t workspace_id, int64_t carrier_id,
		  const char *phone, const char *label, int64_t *id,
		  struct fault *f);

/* The bots of a workspace, by name. */
struct bot {
	int64_t id;
	const char *name, *target;
};
int bot_list(struct db *db, int64_t workspace_id, struct bot **out,
	     size_t *count, struct arena *a, struct fault *f);

/* The numbers of a workspace, by carrier. */
struct number {
	int64_t id;
	const char *phone, *label;
	int64_t carrier_id;
	const char *carrier;
	int64_t cps; /* of the carrier */
	bool usable; /* neither it nor its carrier is switched off */
};
int number_list(struct db *db, int64_t workspace_id, struct number **out,
		size_t *count, struct arena *a, struct fault *f);

/* Ids of all numbers of a workspace, ascending. */
int workspace_numbers(struct db *db, int64_t workspace_id, int64_t **out,
		      size_t *count, struct arena *a, struct fault *f);

/* Another address and other limits for a carrier; the same again is fine. */
int carrier_move(struct db *db, int64_t id, const char *address, int64_t cps,
		 int64_t channels, struct fault *f);

/* The carriers of a workspace, also those that are off, by name. */
int workspace_carriers(struct db *db, int64_t workspace_id,
		       struct carrier_row **out, size_t *count, struct arena *a,
		       struct fault *f);

/* What a dialler node serves: the enabled carriers of all workspaces, and
 * others with calls up. */
int carrier_list(struct db *db, struct carrier_row **out, size_t *count,
		 struct arena *a, struct fault *f);

#endif
