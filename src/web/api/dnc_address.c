#include "web/api/dnc_address.h"

#include <string.h>

#include "base/fault.h"
#include "base/text.h"
#include "web/server/request.h"
#include "workspace/dnc.h"

int
dnc_address_id(const struct request *q, int64_t *id, struct fault *f)
{
	*id = DNC_OWN_LIST;
	if (!strcmp(q->segment, "own") ||
	    (!text_int(q->segment, id) && *id > 0 && *id <= UINT32_MAX))
		return 0;
	return fault_set(f, FAULT_ABSENT, "There is no such do-not-call list.");
}

int
dnc_address_list(struct request *q, struct dnc_list *out, struct fault *f)
{
	int64_t id;

	if (dnc_address_id(q, &id, f))
		return -1;
	return dnc_list_load(q->db, q->actor.workspace_id, id, out, q->arena,
			     f);
}
