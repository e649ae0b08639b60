#include "web/server/trusted_header.h"

#include <stdatomic.h>
#include <string.h>

#include "app/config.h"
#include "base/arena.h"
#include "base/cidr.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "web/server/request.h"

/* "X-Remote-User" as FastCGI names it: HTTP_X_REMOTE_USER. */
static const char *
variable_of(const char *header, struct arena *a)
{
	char *name = arena_printf(a, "HTTP_%s", header);

	for (char *c = name; *c; c++) {
		if (*c == '-')
			*c = '_';
		else if (*c >= 'a' && *c <= 'z')
			*c = (char)(*c - 'a' + 'A');
	}
	return name;
}

static void
log_ignored(const struct request *q, const char *peer)
{
	static _Atomic int64_t next;
	int64_t due = atomic_load(&next);

	if (q->now < due || !atomic_compare_exchange_strong(
				    &next, &due, q->now + US_PER_MINUTE))
		return;
	log_warn("The header %s from %s is ignored: it is not one of "
		 "trusted_proxies.",
		 q->config->trusted_header, *peer ? peer : "an unknown peer");
}

const char *
trusted_email(struct request *q)
{
	const char *header = q->config->trusted_header;
	const char *value, *peer;

	if (!*header)
		return NULL;
	value = request_env(q, variable_of(header, q->arena));
	if (!value || !*value)
		return NULL;
	peer = request_env(q, "OUTDIAL_PEER");
	if (!peer || !cidr_list_has(q->config->trusted_proxies, peer)) {
		log_ignored(q, peer ? peer : "");
		return NULL;
	}
	if (!request_is_clean(value, strlen(value)))
		return NULL;
	value = text_trim(q->arena, value);
	return *value ? value : NULL;
}
