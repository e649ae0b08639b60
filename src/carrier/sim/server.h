/*
 * server.h - the sockets of outdial-sim: takes nodes in, reads their
 * words, hands them to the exchange.
 */
#ifndef CARRIER_SIM_SERVER_H
#define CARRIER_SIM_SERVER_H

#include "carrier/sim/exchange.h"

struct fault;
struct server;

/* Serves on the Unix socket 'path', which it makes; one that a dead process
 * left is replaced, one that is being served is FAULT_CONFLICT. */
int server_open(struct server **out, const char *path, struct fault *f);

/* Until SIGTERM or SIGINT; conf->say and ->arg are set here. */
int server_run(struct server *s, struct exchange_conf *conf, struct fault *f);

void server_close(struct server *s);

#endif
