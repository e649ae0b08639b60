/*
 * lease.h - a lease on a database row: only one program at a time changes the
 * schema.  It lasts 30 s; a thread with a connection of its own renews it, as a
 * statement may take longer.
 */
#ifndef STORE_LEASE_H
#define STORE_LEASE_H

#include <stdint.h>

struct db;
struct db_conf;
struct fault;
struct lease;

/* Returns 1: it is ours, 0: another program holds it, -1: a fault. */
int lease_take(struct db *db, int64_t owner, struct fault *f);

/* Renews the lease; FAULT_CONFLICT when it is no longer ours. */
int lease_hold(struct db *db, int64_t owner, struct fault *f);

void lease_drop(struct db *db, int64_t owner);

/* Starts the thread that renews the lease; lease_rest() stops it. */
struct lease *lease_keep(const struct db_conf *conf, int64_t owner);
void lease_rest(struct lease *lease);

#endif
