/* Lists of addresses and networks. */
#include <string.h>

#include "base/cidr.h"
#include "base/fault.h"
#include "tests/tap.h"

#define LIST "10.0.0.0/8, 192.0.2.7,2001:db8:a::/47, unix:, 0.0.0.0/32"

static const struct {
	const char *list, *address;
	bool in;
	const char *what;
} cases[] = {
	{ LIST, "10.255.0.1", true, "an address of a network" },
	{ LIST, "11.0.0.1", false, "an address beside a network" },
	{ LIST, "192.0.2.7", true, "an address that is listed" },
	{ LIST, "192.0.2.70", false, "an address that begins like a listed one" },
	{ LIST, "::ffff:10.0.0.1", true, "an IPv4 address in IPv6" },
	{ LIST, "2001:db8:b::1", true, "an IPv6 address, by half a byte" },
	{ LIST, "2001:db8:c::1", false, "an IPv6 address beside the network" },
	{ LIST, "unix:", true, "a Unix socket" },
	{ LIST, "", false, "no address" },
	{ LIST, "10.0.0.0/8", false, "a network instead of an address" },
	{ LIST, "10.0.0.1, 10.0.0.2", false, "two addresses" },
	{ "0.0.0.0/0", "203.0.113.9", true, "any IPv4 address" },
	{ "0.0.0.0/0", "2001:db8::1", false, "an IPv6 address in all of IPv4" },
	{ "", "10.0.0.1", false, "an empty list" },
	{ "10.0.0.1", "unix:", false, "a Unix socket that is not listed" },
};

static const char *const wrong[] = {
	"10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0.256", "proxy",
	"10.0.0.1,,10.0.0.2", "10.0.0.1,", "2001:db8::/129", "10.0.0.1/8x",
};

int
main(void)
{
	struct fault f = { 0 };

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		ok(cidr_list_has(cases[i].list, cases[i].address) ==
			   cases[i].in,
		   cases[i].what);
	is_int(cidr_list_check(LIST, &f), 0, "a list of each kind is accepted");
	is_int(cidr_list_check("", &f), 0, "an empty list is accepted");
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		is_int(cidr_list_check(wrong[i], &f), -1, wrong[i]);
	return tap_done();
}
