/*
 * lease.h - the row that lets one program at a time change the schema.
 * It lasts 30 s and is renewed by a thread of its own, on a connection of its
 * own, for as long as a statement takes.
 */
#ifndef STORE_LEASE_H
#define STORE_LEASE_H

#include <stdint.h>

struct db;
struct db_conf;
struct fault;
struct lease;

/* 1: ours, 0: another program's, -1: a fault. */
int lease_take(struct db *db, int64_t owner, struct fault *f);

/* Writes the row; FAULT_CONFLICT when the lease is not ours any more. */
int lease_hold(struct db *db, int64_t owner, struct fault *f);

void lease_drop(struct db *db, int64_t owner);

/* Renews it from now on, until lease_rest(). */
struct lease *lease_keep(const struct db_conf *conf, int64_t owner);
void lease_rest(struct lease *lease);

#endif
