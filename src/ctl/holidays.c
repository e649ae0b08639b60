/* The days on which a workspace does not dial. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/json.h"
#include "base/civil.h"
#include "ctl/ctl.h"
#include "workspace/workspace_hold.h"
#include "workspace/holiday.h"

static void
print_json(const struct holiday *list, size_t count)
{
	struct buf b = BUF_INIT;

	buf_char(&b, '[');
	for (size_t i = 0; i < count; i++) {
		char day[17];

		date_text(list[i].day, day);
		buf_printf(&b, "%s{\"day\":\"%s\",\"name\":", i ? ",\n" : "",
			   day);
		json_str(&b, list[i].name);
		buf_char(&b, '}');
	}
	buf_char(&b, ']');
	puts(b.data);
	buf_free(&b);
}

int
holidays_show(struct ctl *c, struct fault *f)
{
	struct holiday *list;
	struct actor who;
	size_t count;

	if (ctl_actor(c, 0, &who, f) ||
	    holiday_list(c->db, who.workspace_id, &list, &count, c->a, f))
		return -1;
	if (ctl_option(c, "json")) {
		print_json(list, count);
		return CTL_DONE;
	}
	for (size_t i = 0; i < count; i++) {
		char day[17];

		date_text(list[i].day, day);
		printf("%s  %s\n", day, list[i].name);
	}
	return CTL_DONE;
}

static int
put(struct ctl *c, const struct actor *who, struct holiday *list, size_t count,
    struct fault *f)
{
	if (holiday_put(c->db, who, list, count, c->a, f))
		return -1;
	workspace_tell(c->db, c->redis, who->workspace_id);
	return ctl_print(c, arena_printf(c->a, "{\"holidays\":%zu}", count),
			 "%s by %s.", holidays_said(list, count, c->a),
			 who->name);
}

int
holiday_add(struct ctl *c, struct fault *f)
{
	struct holiday h;
	struct actor who;

	if (holiday_read(c->args[0], c->args[1], &h, c->a, f) ||
	    ctl_actor(c, 0, &who, f))
		return -1;
	return put(c, &who, &h, 1, f);
}

int
holiday_import(struct ctl *c, struct fault *f)
{
	const char *text = "";
	struct holiday *list;
	struct actor who;
	size_t count;

	if (ctl_actor(c, 0, &who, f) ||
	    ctl_read_text(c, c->args[0], &text, f) ||
	    holiday_csv(text, strlen(text), &list, &count, c->a, f))
		return -1;
	return put(c, &who, list, count, f);
}

int
holiday_remove(struct ctl *c, struct fault *f)
{
	struct holiday h;
	struct actor who;

	if (holiday_read(c->args[0], "-", &h, c->a, f) ||
	    ctl_actor(c, 0, &who, f) ||
	    holiday_delete(c->db, &who, h.day, c->a, f))
		return -1;
	workspace_tell(c->db, c->redis, who.workspace_id);
	return ctl_print(c, "{\"holidays\":1}", "Holiday deleted by %s.",
			 who.name);
}
