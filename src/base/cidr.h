/*
 * cidr.h - lists of addresses and networks: "10.0.0.0/8, 2001:db8::1, unix:".
 */
#ifndef BASE_CIDR_H
#define BASE_CIDR_H

#include <stdbool.h>

struct fault;

/* FAULT_INVALID names the first entry that is neither an address nor a network
 * nor "unix:". */
int cidr_list_check(const char *list, struct fault *f);

/* True when the address is in the list.  An IPv4 address in IPv6 (::ffff:...)
 * is the IPv4 address; "unix:" stands for a Unix socket. */
bool cidr_list_has(const char *list, const char *address);

#endif
