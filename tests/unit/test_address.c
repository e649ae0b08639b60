/* Which addresses webhooks may reach, and what an address must look like. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/arena.h"
#include "base/fault.h"
#include "hook/address.h"
#include "tests/tap.h"

static struct arena *a;
static struct fault f;

static enum address_verdict
judge(const char *ip, const char *allowed)
{
	struct sockaddr_storage to = { .ss_family = AF_INET };
	struct sockaddr_in *in = (struct sockaddr_in *)&to;
	struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)&to;
	struct address_nets nets = { .count = 0 };

	if (inet_pton(AF_INET, ip, &in->sin_addr) != 1) {
		to.ss_family = AF_INET6;
		inet_pton(AF_INET6, ip, &in6->sin6_addr);
	}
	if (address_nets_read(allowed, &nets, a, &f))
		abort();
	return address_judge((struct sockaddr *)&to, &nets);
}

static void
test_refused(void)
{
	static const char *const closed[] = {
		"0.0.0.0",
		"10.1.2.3",
		"100.64.0.1",
		"100.100.100.200",
		"127.0.0.1",
		"127.255.255.254",
		"169.254.169.254",
		"172.16.0.1",
		"172.31.255.255",
		"192.0.0.8",
		"192.0.2.1",
		"192.168.1.1",
		"198.18.0.1",
		"203.0.113.9",
		"224.0.0.1",
		"239.1.1.1",
		"240.0.0.1",
		"255.255.255.255",
		"168.63.129.16",
		"::",
		"::1",
		"::127.0.0.1",
		"::ffff:127.0.0.1",
		"::ffff:8.8.8.8",
		"::ffff:10.0.0.1",
		"64:ff9b::7f00:1",
		"64:ff9b::a00:1",
		"fc00::1",
		"fd00:ec2::254",
		"fe80::1",
		"fec0::1",
		"ff02::1",
		"2001:db8::1",
		"2001::1",
		"2002:7f00:1::",
		"3fff::1",
		"100::1",
		"4000::1",
	};
	static const char *const open[] = {
		"8.8.8.8",	    "1.1.1.1",	   "172.15.0.1",
		"172.32.0.1",	    "100.128.0.1", "192.167.1.1",
		"223.255.255.1",    "11.0.0.1",	   "2606:4700::1111",
		"2a00:1450:4001::1"
	};

	for (size_t i = 0; i < ARRAY_LEN(closed); i++)
		is_int(judge(closed[i], ""), ADDRESS_REFUSED,
		       arena_printf(a, "%s is refused", closed[i]));
	for (size_t i = 0; i < ARRAY_LEN(open); i++)
		is_int(judge(open[i], ""), ADDRESS_PUBLIC,
		       arena_printf(a, "%s is public", open[i]));
}

static void
test_allowed(void)
{
	struct address_nets nets;

	is_int(judge("127.0.0.1", "127.0.0.0/8"), ADDRESS_ALLOWED,
	       "a network of the setting is allowed");
	is_int(judge("::ffff:127.0.0.1", "127.0.0.0/8"), ADDRESS_ALLOWED,
	       "a mapped address is allowed with its network");
	is_int(judge("::1", "10.0.0.0/8, ::1"), ADDRESS_ALLOWED,
	       "a single address of IPv6 is allowed");
	is_int(judge("128.0.0.1", "127.0.0.0/8"), ADDRESS_PUBLIC,
	       "the address behind the network is as public as before");
	is_int(judge("10.3.0.1", "10.0.0.0/15"), ADDRESS_REFUSED,
	       "an odd length ends where it should");
	is_int(judge("10.1.255.255", "10.0.0.0/15"), ADDRESS_ALLOWED,
	       "an odd length reaches as far as it should");
	is_int(judge("8.8.8.8", "0.0.0.0/0"), ADDRESS_ALLOWED,
	       "a length of 0 is everything of IPv4");
	is_int(judge("::1", "0.0.0.0/0"), ADDRESS_REFUSED,
	       "everything of IPv4 is nothing of IPv6");
	is_int(address_nets_read("10.0.0.0/33", &nets, a, &f), -1,
	       "a length above 32 is refused");
	is_int(address_nets_read("localhost", &nets, a, &f), -1,
	       "a name is refused");
	is_str(f.text,
	       "webhook_allow: “localhost” is not a network, such as "
	       "10.0.0.0/8 or fd00::/8.",
	       "the fault says what a network is");
	is_int(address_nets_read("10.0.0.0/8,", &nets, a, &f), -1,
	       "a comma at the end is refused");
}

static void
test_url(void)
{
	static const char *const bad[] = {
		"example.com",
		"ftp://example.com/",
		"https://",
		"https://:443/",
		"https:///path",
		"https://u:p@example.com/",
		"https://example.com/#x",
		"https://example.com/a b",
		"https://exämple.com/",
		"file:///etc/passwd",
		"https://example.com/\"",
	};
	static const char *const good[] = { "https://example.com",
					    "https://example.com:8443/a?b=%20c",
					    "HTTPS://[2606:4700::1]/",
					    "http://10.0.0.1/hook",
					    "https://example.com/a@b" };

	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		is_int(address_url_check(bad[i], &f), -1,
		       arena_printf(a, "%s is refused", bad[i]));
	for (size_t i = 0; i < ARRAY_LEN(good); i++)
		is_int(address_url_check(good[i], &f), 0,
		       arena_printf(a, "%s is taken", good[i]));
	is_int(address_url_is_plain("HTTP://x/"), true,
	       "capitals do not hide that an address is without TLS");
}

int
main(void)
{
	a = arena_new();
	test_refused();
	test_allowed();
	test_url();
	arena_free(a);
	return tap_done();
}
