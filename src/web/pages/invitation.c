/* A one-time link: who has it sets a password, and is signed in. */
#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/words.h"
#include "web/pages/fill_users.h"
#include "web/pages/pages.h"
#include "web/server/page.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "web/server/route.h"
#include "web/server/session.h"
#include "workspace/person_link.h"
#include "workspace/second_factor.h"

static handler_fn show, take;

/* clang-format off */
const struct route invitation_routes[] = {
	/* method path               least role handler arg prefetch, flags */
	{ GET,    "/invitation/:id", ANYBODY,   show,   0,  NULL, ROUTE_SECRET },
	{ POST,   "/invitation/:id", ANYBODY,   take,   0,  NULL, ROUTE_SECRET },
	{ 0 }
};
/* clang-format on */

static int
show_form(struct request *q, struct reply *r,
	  const struct invitation_page *data, struct fault *f)
{
	bool reset = data->holder->kind == LINK_RESET;
	bool wrong = data->e.wrong[USER_NAME] || data->e.wrong[USER_PASSWORD];
	struct page page = { .title = arena_printf(
				     q->arena, "%s%s", wrong ? "Error: " : "",
				     reset ? "New password" : "Invitation"),
			     .tpl = "page_invitation.tpl",
			     .fill = fill_invitation,
			     .data = data,
			     .wizard = true };

	return reply_page(r, &page, f);
}

/* GET /invitation/TOKEN */
static int
show(struct request *q, struct reply *r, struct fault *f)
{
	struct link_holder holder;
	struct invitation_page data = { .action = q->path, .holder = &holder };

	if (person_link_look(q->db, q->segment, &holder, q->arena, f))
		return -1;
	data.e.value[USER_NAME] = holder.name;
	return show_form(q, r, &data, f);
}

/* Shows what is wrong at its field. */
static int
refuse(struct request *q, struct reply *r, const struct link_use *use,
       struct fault *f)
{
	struct invitation_page data = { .action = q->path,
					.holder = &use->holder };
	int field = word_find(user_field_words, f->field);

	if (q->json || field < 0)
		return -1;
	data.e.value[USER_NAME] = use->name ? use->name : "";
	data.e.wrong[field] = arena_strdup(q->arena, f->text);
	r->status = request_status(q, f);
	return show_form(q, r, &data, f);
}

/* POST /invitation/TOKEN */
static int
take(struct request *q, struct reply *r, struct fault *f)
{
	const char *password = pairs_get(&q->form, "password");
	struct link_use use = { .token = q->segment,
				.name = pairs_get(&q->form, "name"),
				.password = password ? password : "" };
	struct account who;
	bool second;

	if (session_secret(q, f))
		return -1;
	if (person_link_use(q->db, &use, q->arena, f))
		return refuse(q, r, &use, f);
	session_tell(q, SESSION_ENDED, &use.ended);
	if (factor_is_on(q->db, use.holder.user_id, &second, f))
		return -1;
	if (second) {
		reply_redirect(r, "/login?why=reset");
		return 0;
	}
	who = (struct account){ .user_id = use.holder.user_id,
				.workspace_id = use.holder.workspace_id,
				.role = use.holder.role };
	if (session_start(q, r, &who, f))
		return -1;
	reply_redirect(r, HOME_PATH);
	return 0;
}
