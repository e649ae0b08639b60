/*
 * link.h - a connection of text lines, to a Unix socket or over TCP: connects,
 * notices silence, and reconnects after a growing pause.  It knows lines, not
 * what they say.
 */
#ifndef CARRIER_LINK_H
#define CARRIER_LINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "base/host_port.h"
#include "carrier/lines.h"

enum link_state {
	LINK_DOWN,
	LINK_RESOLVING,	 /* its host's address is being looked up */
	LINK_CONNECTING, /* TCP */
	LINK_GREETING,	 /* connected; the owner greets, and calls link_up() */
	LINK_UP
};

struct gaicb;

struct link {
	enum link_state state;
	int epoll, fd; /* epoll stays the same until link_close() */
	struct sockaddr_storage address;
	socklen_t address_len;
	struct host_port host; /* of TCP; .port is "" for a Unix socket */
	bool numeric;		/* the address of the host is known */
	struct gaicb *lookup;  /* while LINK_RESOLVING */
	struct lines in;
	struct outgoing out;
	bool wants_room;  /* epoll watches for room to write */
	int64_t retry_at; /* while down */
	int64_t pause_us; /* before the next try */
	int64_t longest_pause_us;
	int64_t heard_at, pinged_at;
	int64_t ping_us, dead_us; /* silence before a ping, and before it is
				     given up */
	uint64_t dice;		  /* spreads the tries of several nodes */
	uint64_t reconnects;
	char error[128];
};

/* To a Unix socket, whose path must fit, or over TCP when 'host' is not NULL.
 * -1 with errno when no descriptor is left. */
int link_open(struct link *l, const char *path, const struct host_port *host);
void link_close(struct link *l);

/* Takes the next step of connecting when it is time; true when the connection
 * was made, and the owner must greet. */
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

enum link_health { LINK_WELL, LINK_PING, LINK_SILENT };

/* LINK_PING: the owner must ask for a sign of life.  LINK_SILENT: the other
 * side has given none for too long. */
enum link_health link_watch(struct link *l, int64_t now);

/* When link_connect() or link_watch() is due. */
int64_t link_deadline(const struct link *l);

#endif
