/* What a request says of itself, and the status of what was refused. */
#include "base/arena.h"
#include "base/fault.h"
#include "tests/tap.h"
#include "web/server/request.h"

static const struct {
	enum fault_code code;
	int status;
	const char *what;
} statuses[] = {
	{ FAULT_INVALID, 422, "invalid input is 422" },
	{ FAULT_DENIED, 403, "a denied request is 403" },
	{ FAULT_ABSENT, 404, "a missing object is 404" },
	{ FAULT_CONFLICT, 409, "a conflict is 409" },
	{ FAULT_BUSY, 503, "a server that is busy is 503" },
	{ FAULT_UNKNOWN, 503, "an unknown result is 503" },
	{ FAULT_BROKEN, 500, "a defect is 500" },
	{ FAULT_CODE_MAX, 500, "a code that does not exist is a defect" },
};

int
main(void)
{
	struct request q = { 0 };
	struct fault f;

	for (size_t i = 0; i < ARRAY_LEN(statuses); i++) {
		f.code = statuses[i].code;
		is_int(request_status(&q, &f), statuses[i].status,
		       statuses[i].what);
	}
	is_int(request_refuse(&q, 413, &f, "Too %s.", "long"), -1,
	       "a refusal returns -1");
	is_int(request_status(&q, &f), 413, "a refusal has its own status");
	is_str(f.text, "Too long.", "a refusal has its own sentence");
	return tap_done();
}
