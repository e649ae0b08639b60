#include "base/host_port.h"

#include <arpa/inet.h>
#include <string.h>

#include "base/text.h"

#define DIGITS "0123456789"
#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define HOST_MOST 253
#define LABEL_MOST 63

/* A label of a host's name: letters, digits and hyphens between them. */
static bool
is_label(const char *s, size_t len)
{
	return len > 0 && len <= LABEL_MOST && s[0] != '-' &&
	       s[len - 1] != '-' && strspn(s, LETTERS DIGITS "-") >= len;
}

/* An IPv4 address, or a name whose last label begins with a letter. */
static bool
is_name(const char *host)
{
	struct in_addr four;
	const char *last = host;

	if (strlen(host) > HOST_MOST)
		return false;
	if (strspn(host, DIGITS ".") == strlen(host))
		return inet_pton(AF_INET, host, &four) == 1;
	for (const char *s = host; *s;) {
		size_t len = strcspn(s, ".");

		if (!is_label(s, len))
			return false;
		last = s;
		s += len;
		s += *s == '.';
	}
	return *host && strspn(last, LETTERS) > 0;
}

static bool
is_port(const char *s)
{
	int64_t port;

	return strlen(s) <= 5 && !text_int(s, &port) && port > 0 &&
	       port <= 65535;
}

bool
host_port_read(const char *s, size_t len, struct host_port *out)
{
	bool six = len && *s == '[';
	const char *end = six ? memchr(s, ']', len) : memchr(s, ':', len);
	size_t host = end ? (size_t)(end - s) : len, rest;
	struct in6_addr address;

	if ((six && !end) || host >= sizeof(out->host))
		return false;
	memcpy(out->host, s + six, host - six);
	out->host[host - six] = '\0';
	rest = host + six;
	out->port[0] = '\0';
	if (rest < len) {
		size_t port = len - rest - 1;

		if (s[rest] != ':' || port >= sizeof(out->port))
			return false;
		memcpy(out->port, s + rest + 1, port);
		out->port[port] = '\0';
		if (!is_port(out->port))
			return false;
	}
	return six ? inet_pton(AF_INET6, out->host, &address) == 1
		   : is_name(out->host);
}
