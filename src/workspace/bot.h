/*
 * bot.h - bots: whom a contact who answers is joined with.
 */
#ifndef WORKSPACE_BOT_H
#define WORKSPACE_BOT_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct catalog_kind;
struct db;
struct fault;
struct record;

struct bot {
	int64_t id, ver;
	const char *name, *target;
};
extern const struct record bot_record; /* what people enter */
extern const struct catalog_kind catalog_bots;

/* Adds a bot inside the caller's transaction, without the audit log. */
int bot_create(struct db *db, int64_t workspace_id, const char *name,
	       const char *target, int64_t *id, struct fault *f);

/* All bots of a workspace, sorted by name. */
int bot_list(struct db *db, int64_t workspace_id, struct bot **out,
	     size_t *count, struct arena *a, struct fault *f);

/*
 * FAULT_INVALID unless the target has the form of a SIP URI (RFC 3261, without
 * password and headers) or of an extension: letters, digits and - _ . + * #.
 * Whether anybody answers there is not known until a call is placed.
 */
int bot_target_check(const char *target, struct fault *f);

#endif
