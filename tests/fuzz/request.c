/* A request is read or refused with a status of its own; an address of the list
 * that is made of what was read is read as the same. */
#include <string.h>

#include "app/config.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"
#include "listing/page_key.h"
#include "tests/fuzz/fuzz.h"
#include "web/pages/list_query.h"
#include "web/server/request.h"
#include "web/server/return_path.h"
#include "web/server/route.h"

#define ENV_MAX 40

/* The rest of the web stays out of this. */
bool
route_is_page(const char *path)
{
	return path != NULL;
}

/* NAME=VALUE, one a line, as Nginx sends them. */
static char **
environment(struct arena *a, const uint8_t *data, size_t size)
{
	char *rest = arena_memdup(a, data, size), *line;
	char **envp = ARENA_ARRAY(a, ENV_MAX + 1, char *);
	size_t n = 0;

	while ((line = strsep(&rest, "\n")) && n < ENV_MAX) {
		if (strchr(line, '='))
			envp[n++] = line;
	}
	envp[n] = NULL;
	return envp;
}

static void
check_pairs(const struct pairs *p)
{
	MUST(p->count <= PAIRS_MAX);
	for (size_t i = 0; i < p->count; i++) {
		MUST(request_is_clean(p->at[i].name, strlen(p->at[i].name)));
		MUST(request_is_clean(p->at[i].value, strlen(p->at[i].value)));
		MUST(pairs_get(p, p->at[i].name));
	}
}

static struct request
again_at(const struct request *q, const char *address)
{
	char *line = arena_printf(q->arena, "REQUEST_URI=%s", address);
	char **envp = ARENA_ARRAY(q->arena, 3, char *);

	envp[0] = arena_strdup(q->arena, "REQUEST_METHOD=GET");
	envp[1] = line;
	envp[2] = NULL;
	return (struct request){ .arena = q->arena,
				 .envp = envp,
				 .config = q->config };
}

static void
check_list(struct request *q)
{
	struct fault f = { 0 };
	struct list_query l, m;
	struct request back;
	struct campaign_key key;
	char name[2][LIST_NAME_LEN + 1];
	const char *address;

	if (list_query_read(q, &l, &f)) {
		MUST(q->refused == 400 && f.text[0]);
		MUST(text_is_utf8(f.text, strlen(f.text)));
		return;
	}
	address = list_query_address(&l, q->arena);
	back = again_at(q, address);
	MUST(!request_begin(&back, &f) && !list_query_read(&back, &m, &f));
	MUST(!strcmp(list_query_address(&m, q->arena), address));
	list_query_name(&l, q->arena, name[0]);
	list_query_name(&m, q->arena, name[1]);
	MUST(!strcmp(name[0], name[1]));
	if (!campaign_key_read(l.after, l.sort, &key, q->arena, &f))
		MUST(!campaign_key_read(campaign_key_text(&key, q->arena),
					l.sort, &key, q->arena, &f));
}

static void
check_words(struct request *q)
{
	static const char *const names[] = { "outdial", "__Host-outdial",
					     "toast" };
	const char *from = request_from(q);
	uint64_t id;
	struct fault f;

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const char *cookie = request_cookie(q, names[i]);

		MUST(!cookie || !strchr(cookie, ';'));
	}
	request_same_origin(q);
	MUST(!from || *from == '/');
	if (from)
		MUST(strlen(return_path_check(from)) <= ADDRESS_MAX);
	q->segment = q->path;
	if (request_campaign(q, &id, &f))
		MUST(f.code == FAULT_ABSENT);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct config config = { .secure_cookies = size & 1 };
	struct arena *a = arena_new();
	struct request q = { .arena = a, .config = &config };
	struct fault f = { 0 };

	q.envp = environment(a, data, size);
	if (request_begin(&q, &f)) {
		MUST(f.code == FAULT_INVALID && f.text[0]);
		MUST(q.refused == 400 || q.refused == 414 || q.refused == 431 ||
		     q.refused == 501);
	} else {
		MUST(!q.refused && q.path[0] == '/' && q.target[0] == '/');
		MUST(request_is_clean(q.path, strlen(q.path)));
		check_pairs(&q.query);
		check_list(&q);
	}
	check_words(&q);
	arena_free(a);
	return 0;
}
