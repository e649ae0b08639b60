/* fill_factor.c - setting up one's own second factor. */

#include "web/pages/fill_factor.h"

#include "base/qr.h"
#include "workspace/second_factor.h"

void
fill_factor(struct view *v, const void *data)
{
	const struct factor_page *p = data;
	const char *path;
	int side;

	view_str(v, "CSRF", p->csrf);
	view_str(v, "STATE", p->state);
	view_str(v, "URI", p->uri);
	view_str(v, "SECRET", p->text);
	path = qr_path(p->uri, &side, p->arena);
	if (path) {
		struct view *qr = view_section(v, "QR");

		view_int(qr, "SIDE", side);
		view_str(qr, "PATH", path);
	}
	if (p->wrong)
		view_str(view_section(v, "WRONG"), "TEXT", p->wrong);
}

void
fill_recovery(struct view *v, const void *data)
{
	const char *const *codes = data;

	for (int i = 0; i < RECOVERY_CODES; i++)
		view_str(view_section(v, "CODE"), "TEXT", codes[i]);
}
