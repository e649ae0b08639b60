/*
 * trusted_header.h - the person whom a proxy in front of Nginx has signed in,
 * by a header that it adds (doc/product.md 8.10).
 *
 * The header counts only where the setting trusted_header names it, and only
 * from an address of trusted_proxies.  That is the peer of Nginx, which Nginx
 * passes on as OUTDIAL_PEER: REMOTE_ADDR may be what the proxy says of its own
 * client.
 */
#ifndef WEB_SERVER_TRUSTED_HEADER_H
#define WEB_SERVER_TRUSTED_HEADER_H

struct request;

/* The e-mail address that the proxy vouches for; NULL: none.  A header from
 * elsewhere is ignored, and logged at most once a minute. */
const char *trusted_email(struct request *q);

#endif
