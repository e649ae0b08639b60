#include "hook/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"
#include "base/words.h"

/* ::ffff:0:0, the IPv4 addresses as IPv6 has them. */
static const uint8_t mapped[12] = { [10] = 0xff, [11] = 0xff };

/* clang-format off */
/* Not public, by the IANA registries of special addresses; the cloud's own
 * services (metadata) are in them, except the last. */
static const char *const closed[] = {
	"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8",
	"169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
	"192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
	"203.0.113.0/24", "224.0.0.0/3", "168.63.129.16/32",
	/* of those of IPv6 that are unicast, in "open" */
	"2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
};
/* clang-format on */

/* Everything else of IPv6 is private, local, mapped, translated, or for
 * groups. */
static const char open_ip6[] = "2000::/3";

static int
read_ip(const char *text, uint8_t ip[static 16], unsigned *most)
{
	*most = 128;
	if (inet_pton(AF_INET6, text, ip) == 1)
		return 0;
	*most = 32;
	memcpy(ip, mapped, sizeof(mapped));
	return inet_pton(AF_INET, text, ip + sizeof(mapped)) == 1 ? 0 : -1;
}

/* "10.0.0.0/8"; without a length a single address. */
static int
read_net(const char *text, struct address_net *out)
{
	const char *slash = strchr(text, '/');
	size_t len = slash ? (size_t)(slash - text) : strlen(text);
	char ip[INET6_ADDRSTRLEN];
	unsigned most;
	int64_t bits;

	if (len >= sizeof(ip))
		return -1;
	memcpy(ip, text, len);
	ip[len] = '\0';
	if (read_ip(ip, out->ip, &most))
		return -1;
	bits = most;
	if (slash && (text_int(slash + 1, &bits) || bits < 0 || bits > most))
		return -1;
	out->bits = (unsigned)bits + 128 - most;
	return 0;
}

int
address_nets_read(const char *text, struct address_nets *out, struct arena *a,
		  struct fault *f)
{
	struct address_nets nets = { .count = 0 };

	while (*text) {
		const char *word = list_next(&text, a);
		struct address_net net;

		if (!word || read_net(word, &net))
			return fault_field(f, "webhook_allow",
					   "webhook_allow: “%.60s” is not a "
					   "network, such as 10.0.0.0/8 or "
					   "fd00::/8.",
					   word ? word : "");
		nets.list = arena_grow(a, nets.list, nets.count, sizeof(net));
		nets.list[nets.count++] = net;
	}
	*out = nets;
	return 0;
}

static bool
is_in(const uint8_t ip[static 16], const struct address_net *net)
{
	unsigned bytes = net->bits / 8, rest = net->bits % 8;
	uint8_t mask = (uint8_t)(0xff00 >> rest);

	if (memcmp(ip, net->ip, bytes) != 0)
		return false;
	return !rest || (ip[bytes] & mask) == (net->ip[bytes] & mask);
}

static bool
is_public(const uint8_t ip[static 16])
{
	struct address_net net;

	if (memcmp(ip, mapped, sizeof(mapped)) != 0 &&
	    (read_net(open_ip6, &net) || !is_in(ip, &net)))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(closed); i++)
		if (read_net(closed[i], &net) || is_in(ip, &net))
			return false;
	return true;
}

enum address_verdict
address_judge(const struct sockaddr *to, const struct address_nets *allowed)
{
	uint8_t ip[16];

	if (to->sa_family == AF_INET) {
		struct sockaddr_in in;

		memcpy(&in, to, sizeof(in));
		memcpy(ip, mapped, sizeof(mapped));
		memcpy(ip + sizeof(mapped), &in.sin_addr, 4);
	} else if (to->sa_family == AF_INET6) {
		struct sockaddr_in6 in6;

		memcpy(&in6, to, sizeof(in6));
		memcpy(ip, &in6.sin6_addr, sizeof(ip));
	} else {
		return ADDRESS_REFUSED;
	}
	for (size_t i = 0; i < allowed->count; i++)
		if (is_in(ip, &allowed->list[i]))
			return ADDRESS_ALLOWED;
	/* A mapped address would reach the IPv4 host as if it were another. */
	if (to->sa_family == AF_INET6 && !memcmp(ip, mapped, sizeof(mapped)))
		return ADDRESS_REFUSED;
	return is_public(ip) ? ADDRESS_PUBLIC : ADDRESS_REFUSED;
}

bool
address_url_is_plain(const char *url)
{
	return strncasecmp(url, "http://", 7) == 0;
}

int
address_url_check(const char *url, struct fault *f)
{
	const char *host = url + 7;
	size_t len;

	if (strncasecmp(url, "https://", 8) == 0)
		host = url + 8;
	else if (!address_url_is_plain(url))
		return fault_field(f, "url",
				   "The address must begin with https://.");
	len = strcspn(host, "/?#");
	for (const char *s = url; *s; s++)
		if (*s <= ' ' || *s > '~' || strchr("\"<>\\^`{|}", *s))
			return fault_field(f, "url",
					   "The address must be written in "
					   "ASCII, without spaces: encode "
					   "other characters as %%XX.");
	if (memchr(host, '@', len))
		return fault_field(f, "url",
				   "The address must not have a user name or "
				   "a password: the signature proves who "
				   "sends.");
	if (!len || *host == ':')
		return fault_field(f, "url", "The address has no host.");
	if (strchr(url, '#'))
		return fault_field(f, "url",
				   "The address must not have a fragment (#).");
	return 0;
}
