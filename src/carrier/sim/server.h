/*
 * server.h - the sockets of outdial-sim: accepts nodes, reads their lines and
 * passes them to the exchange.
 */
#ifndef CARRIER_SIM_SERVER_H
#define CARRIER_SIM_SERVER_H

#include "carrier/sim/exchange.h"

struct fault;
struct server;

/* Creates the Unix socket 'path' and listens on it.  A socket that a dead
 * process left is replaced; FAULT_CONFLICT when another process serves it. */
int server_open(struct server **out, const char *path, struct fault *f);

/* Serves until SIGTERM or SIGINT; sets conf->say and conf->arg. */
int server_run(struct server *s, struct exchange_conf *conf, struct fault *f);

void server_close(struct server *s);

#endif
