/*
 * address.h - where Outdial may send to.  A name says nothing: what counts is
 * the address of the socket that is about to be opened, so a name that leads
 * into the own network, or does so a moment later, reaches nothing there.
 */
#ifndef HOOK_ADDRESS_H
#define HOOK_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct fault;
struct sockaddr;

/* A network, "10.0.0.0/8" or "fd00::/8"; IPv4 as ::ffff:a.b.c.d. */
struct address_net {
	uint8_t ip[16];
	unsigned bits; /* of these 16 bytes */
};
struct address_nets {
	struct address_net *list;
	size_t count;
};

/* Reads the setting webhook_allow: networks separated by commas.
 * FAULT_INVALID names the first that is none. */
int address_nets_read(const char *text, struct address_nets *out,
		      struct arena *a, struct fault *f);

enum address_verdict {
	ADDRESS_PUBLIC,
	ADDRESS_ALLOWED, /* by one of the networks */
	ADDRESS_REFUSED	 /* not public, or not of the Internet at all */
};
enum address_verdict address_judge(const struct sockaddr *to,
				   const struct address_nets *allowed);

/*
 * The form of an address that is entered: http:// or https://, a host, perhaps
 * a port, and a path; no user or password, no fragment.  FAULT_INVALID, field
 * url.
 */
int address_url_check(const char *url, struct fault *f);

/* True for http://, which only allowed networks may be sent to. */
bool address_url_is_plain(const char *url);

#endif
