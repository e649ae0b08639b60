#include "hook/reason.h"

#include <stddef.h>

struct reason {
	int code;
	const char *text;
};

/* clang-format off */
static const struct reason by_sip[] = {
	{ 301, "Moved Permanently" }, { 302, "Moved Temporarily" },
	{ 305, "Use Proxy" }, { 400, "Bad Request" }, { 401, "Unauthorized" },
	{ 402, "Payment Required" }, { 403, "Forbidden" },
	{ 404, "Not Found" }, { 405, "Method Not Allowed" },
	{ 407, "Proxy Authentication Required" }, { 408, "Request Timeout" },
	{ 410, "Gone" }, { 429, "Too Many Requests" },
	{ 480, "Temporarily Unavailable" },
	{ 481, "Call/Transaction Does Not Exist" }, { 483, "Too Many Hops" },
	{ 484, "Address Incomplete" }, { 485, "Ambiguous" },
	{ 486, "Busy Here" }, { 487, "Request Terminated" },
	{ 488, "Not Acceptable Here" }, { 500, "Server Internal Error" },
	{ 501, "Not Implemented" }, { 502, "Bad Gateway" },
	{ 503, "Service Unavailable" }, { 504, "Server Time-out" },
	{ 580, "Precondition Failure" }, { 600, "Busy Everywhere" },
	{ 603, "Decline" }, { 604, "Does Not Exist Anywhere" },
	{ 606, "Not Acceptable" }, { 607, "Unwanted" }, { 608, "Rejected" },
};
static const struct reason by_q850[] = {
	{ 1, "Unallocated number" }, { 2, "No route to transit network" },
	{ 3, "No route to destination" }, { 16, "Normal call clearing" },
	{ 17, "User busy" }, { 18, "No user responding" },
	{ 19, "No answer from user" }, { 20, "Subscriber absent" },
	{ 21, "Call rejected" }, { 22, "Number changed" },
	{ 26, "Non-selected user clearing" },
	{ 27, "Destination out of order" }, { 28, "Invalid number format" },
	{ 29, "Facility rejected" }, { 31, "Normal, unspecified" },
	{ 34, "No circuit/channel available" },
	{ 38, "Network out of order" }, { 41, "Temporary failure" },
	{ 42, "Switching equipment congestion" },
	{ 44, "Requested circuit/channel not available" },
	{ 47, "Resource unavailable, unspecified" },
	{ 52, "Outgoing calls barred" }, { 54, "Incoming calls barred" },
	{ 55, "Incoming calls barred within CUG" },
	{ 57, "Bearer capability not authorized" },
	{ 63, "Service or option not available, unspecified" },
	{ 102, "Recovery on timer expiry" },
	{ 127, "Interworking, unspecified" },
};
/* clang-format on */

static const char *
find(const struct reason *list, size_t count, int code)
{
	for (size_t i = 0; i < count; i++)
		if (list[i].code == code)
			return list[i].text;
	return NULL;
}

const char *
reason_text(int sip, int q850)
{
	const char *text = find(by_sip, sizeof(by_sip) / sizeof(*by_sip), sip);

	return text ? text
		    : find(by_q850, sizeof(by_q850) / sizeof(*by_q850), q850);
}
