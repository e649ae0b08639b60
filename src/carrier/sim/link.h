/*
 * link.h - the connection to outdial-sim: connects, greets, keeps the
 * connection alive, and reconnects after a growing pause.  It knows lines, not
 * calls.
 */
#ifndef CARRIER_SIM_LINK_H
#define CARRIER_SIM_LINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/un.h>

#include "carrier/lines.h"
#include "carrier/sim/wire.h"

enum link_state { LINK_DOWN, LINK_GREETING, LINK_UP };

struct link {
	enum link_state state;
	int epoll, fd; /* epoll stays the same until link_close() */
	struct sockaddr_un address;
	char node[SIM_NAME_MAX + 1], site[SIM_NAME_MAX + 1];
	struct lines in;
	struct outgoing out;
	bool wants_room;  /* epoll watches for room to write */
	int64_t retry_at; /* while down */
	int64_t pause_us; /* before the next try */
	int64_t heard_at, pinged_at;
	uint64_t dice; /* spreads the tries of several nodes */
	uint64_t reconnects;
	char error[128];
};

/* The strings must fit.  -1 with errno when there is no descriptor left. */
int link_open(struct link *l, const char *path, const char *node,
	      const char *site);
void link_close(struct link *l);

/* Tries to connect when it is time; true when the greeting was sent. */
bool link_connect(struct link *l, int64_t now);

/* Notes that the greeting was answered. */
void link_up(struct link *l);

/* Closes the connection and sets the time of the next try. */
void link_drop(struct link *l, const char *why, int64_t now);

/* Adds a line to what goes out at the next link_flush(). */
void link_say(struct link *l, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* -1 when the connection is broken. */
int link_flush(struct link *l);

/*
 * Writes these bytes now; no others may be waiting.  Returns how many were
 * written: 0 when the socket takes none, -1 when it is broken.
 */
long link_write(struct link *l, const char *p, size_t len);

/* Pings when idle; -1 when the other side has been silent for too long. */
int link_watch(struct link *l, int64_t now);

/* When link_connect() or link_watch() is due. */
int64_t link_deadline(const struct link *l);

#endif
