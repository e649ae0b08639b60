#include "base/cidr.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"
#include "base/words.h"

#define LOCAL "unix:"
#define MAPPED 96 /* bits before an IPv4 address in IPv6 */

/* A network in IPv6; an IPv4 one is mapped. */
struct network {
	struct in6_addr address;
	int bits;
};

static int
read_address(const char *text, struct in6_addr *out, int *bits)
{
	char mapped[INET6_ADDRSTRLEN + 8];

	*bits = 128;
	if (strchr(text, ':'))
		return inet_pton(AF_INET6, text, out) == 1 ? 0 : -1;
	if (snprintf(mapped, sizeof(mapped), "::ffff:%s", text) >=
	    (int)sizeof(mapped))
		return -1;
	return inet_pton(AF_INET6, mapped, out) == 1 ? 0 : -1;
}

/* "10.0.0.0/8"; without the bits it is one address. */
static int
read_network(const char *text, struct network *out, struct arena *a)
{
	const char *slash = strchr(text, '/');
	size_t len = slash ? (size_t)(slash - text) : strlen(text);
	const char *address = arena_memdup(a, text, len);
	int64_t bits;

	if (read_address(address, &out->address, &out->bits))
		return -1;
	if (!slash)
		return 0;
	if (text_int(slash + 1, &bits) || bits < 0)
		return -1;
	if (!strchr(address, ':'))
		bits += MAPPED;
	out->bits = (int)bits;
	return bits <= 128 ? 0 : -1;
}

static bool
is_in(const struct network *n, const struct in6_addr *a)
{
	size_t whole = (size_t)n->bits / 8, rest = (size_t)n->bits % 8;
	uint8_t mask = (uint8_t)(0xff00 >> rest);

	if (memcmp(n->address.s6_addr, a->s6_addr, whole) != 0)
		return false;
	return !rest ||
	       !((n->address.s6_addr[whole] ^ a->s6_addr[whole]) & mask);
}

int
cidr_list_check(const char *list, struct fault *f)
{
	struct arena *a = arena_new();
	const char *item;
	struct network n;
	int rc = 0;

	while (!rc && *list) {
		item = list_next(&list, a);
		if (!item ||
		    (strcmp(item, LOCAL) != 0 && read_network(item, &n, a)))
			rc = fault_set(f, FAULT_INVALID,
				       "“%.60s” is not an address or a "
				       "network, such as 10.0.0.0/8.",
				       item ? item : "");
	}
	arena_free(a);
	return rc;
}

bool
cidr_list_has(const char *list, const char *address)
{
	bool local = !strcmp(address, LOCAL), found = false;
	struct arena *a = arena_new();
	struct in6_addr from;
	const char *item;
	struct network n;
	int bits;

	if (!local && read_address(address, &from, &bits))
		list = "";
	while (!found && (item = list_next(&list, a))) {
		if (local)
			found = !strcmp(item, LOCAL);
		else
			found = !read_network(item, &n, a) && is_in(&n, &from);
	}
	arena_free(a);
	return found;
}
