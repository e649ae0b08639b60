/*
 * host_port.h - "host:port" as SIP and most programs write it (RFC 3261, 25.1):
 * a name, an IPv4 address, or an IPv6 address in brackets, and perhaps a port.
 */
#ifndef BASE_HOST_PORT_H
#define BASE_HOST_PORT_H

#include <stdbool.h>
#include <stddef.h>

struct host_port {
	char host[256]; /* an IPv6 address without its brackets */
	char port[6];	/* "" if there is none */
};

/* False, and *out undefined, when the 'len' bytes are nothing of the kind. */
bool host_port_read(const char *s, size_t len, struct host_port *out);

#endif
