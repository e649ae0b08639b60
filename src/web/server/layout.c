/* layout.c - the frame of every page, and the page of an error. */

#include "web/server/layout.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "workspace/account.h"

/* Indexed by the stored number; NULL: the browser's preference. */
static const char *const themes[] = { NULL, "light", "dark" };
static const char *const densities[] = { NULL, "compact", "comfortable" };

static const char *const role_labels[ROLE_MAX] = {
	[ROLE_VIEWER] = "Viewer",
	[ROLE_SUPERVISOR] = "Supervisor",
	[ROLE_ADMIN] = "Administrator",
};

const char *
role_label(unsigned role)
{
	return role_labels[role];
}

void
fill_toast(struct view *v, const void *data)
{
	const struct toast *t = data;

	view_str(v, "ICON", t->bad ? "circle-alert" : "circle-check");
	view_str(v, "TEXT", t->text);
	if (t->bad)
		view_show(v, "BAD");
	if (t->detail && *t->detail)
		view_str(view_section(v, "DETAIL"), "DETAIL", t->detail);
}

void
fill_banner(struct view *v, const void *text)
{
	view_str(v, "TEXT", text);
}

/* The page's script completes this toast when no usable answer comes. */
static const struct toast failed_toast = {
	.bad = true,
	.text = "Failed",
	.detail = "The server did not respond as expected. "
		  "The row shows its last known state.",
};

/* The length in bytes of the first character; 's' is valid UTF-8. */
static size_t
first_length(const char *s)
{
	size_t len = *s ? 1 : 0;

	while (len > 0 && ((unsigned char)s[len] & 0xc0) == 0x80)
		len++;
	return len;
}

/* "PN" for "Priya Nair": the first and the last word. */
static void
fill_initials(struct view *v, const char *name)
{
	const char *last = strrchr(name, ' ');
	char text[16] = "";
	size_t len = first_length(name);

	if (len > 4)
		len = 0;
	memcpy(text, name, len);
	if (last && first_length(last + 1) <= 4)
		memcpy(text + len, last + 1, first_length(last + 1));
	view_str(v, "INITIALS", text);
}

static void
fill_choice(struct view *v, const char *section, const char *const *words,
	    size_t count, unsigned choice)
{
	if (choice < count && words[choice])
		view_str(view_section(v, section), "WORD", words[choice]);
}

/* Marks the menu entry that the page belongs to. */
static void
fill_place(struct view *v, const char *at)
{
	static const char *const places[][2] = {
		{ "/dashboard/campaigns", "AT_CAMPAIGNS" },
		{ "/dashboard/calls", "AT_CALLS" },
		{ SETTINGS_PATH, "AT_SETTINGS" },
		{ ACCOUNT_PATH, "AT_ACCOUNT" },
	};

	for (size_t i = 0; at && i < ARRAY_LEN(places); i++) {
		if (strncmp(at, places[i][0], strlen(places[i][0])) == 0)
			view_show(v, places[i][1]);
	}
}

static void
fill_person(struct view *v, const struct layout *l)
{
	const struct account *who = l->who;

	view_str(v, "WORKSPACE", who->workspace);
	view_str(v, "USER", who->name);
	view_str(v, "ROLE", role_label(who->role));
	view_str(v, "ZONE", who->zone);
	view_str(v, "CSRF", l->csrf);
	view_str(v, "BACK", l->back);
	fill_initials(v, who->name);
	fill_choice(v, "THEME", themes, ARRAY_LEN(themes), who->theme);
	fill_choice(v, "DENSITY", densities, ARRAY_LEN(densities),
		    who->density);
	if (!who->letter_keys)
		view_show(v, "NO_KEYS");
	fill_place(v, l->back);
	if (l->banner)
		fill_banner(view_include(v, "BANNER", "part_banner.tpl"),
			    l->banner);
	fill_toast(view_include(v, "FAILED", "part_toast.tpl"), &failed_toast);
}

void
fill_layout(struct view *v, const void *data)
{
	const struct layout *l = data;

	view_str(v, "TITLE", l->title);
	view_show(v, l->who ? "SIGNED_IN" : "SIGNED_OUT");
	if (!l->list)
		view_show(v, "SINGLE");
	if (l->wizard)
		view_show(v, "WIZARD");
	if (l->who)
		fill_person(v, l);
	for (size_t i = 0; i < l->toast_count; i++)
		fill_toast(view_include(v, "TOAST", "part_toast.tpl"),
			   &l->toasts[i]);
	l->fill(view_include(v, "CONTENT", l->content), l->data);
}

/* clang-format off */
static const struct {
	int status;
	const char *title, *text;
} errors[] = {
	{ 400, "Bad request",
	  "The browser sent a request that cannot be read." },
	{ 403, "Not allowed",
	  "Your role does not allow this, or the page was open for too long. "
	  "Go back, reload it, and try again." },
	{ 404, "Not found",
	  "There is nothing at this address. It may have been deleted." },
	{ 405, "Not possible here",
	  "This address does not take requests of this kind." },
	{ 409, "Changed in the meantime",
	  "Somebody else changed this first. Reload the page and try again." },
	{ 411, "Bad request", "The request does not state its length." },
	{ 413, "Too large", "That is more than this address accepts." },
	{ 414, "Too long", "The address is longer than allowed." },
	{ 415, "Not possible here",
	  "This address accepts only forms." },
	{ 422, "Please check your entries",
	  "Something you entered cannot be accepted." },
	{ 429, "Too many attempts", "Please wait a moment and try again." },
	{ 431, "Too large", "Clearing this site’s cookies may help." },
	{ 501, "Not possible here",
	  "This address does not take requests of this kind." },
	{ 507, "No space left",
	  "The server has no disk space left for this." },
	{ 503, "Not available right now",
	  "Part of the system is not available. It usually recovers by "
	  "itself; please try again in a moment." },
	{ 500, "Something went wrong",
	  "This is our fault. It was logged under the request number below." },
};
/* clang-format on */

/* The last entry stands for every status that is not in the table. */
static size_t
error_index(int status)
{
	size_t i = 0;

	while (i < ARRAY_LEN(errors) - 1 && errors[i].status != status)
		i++;
	return i;
}

const char *
error_title(int status)
{
	return errors[error_index(status)].title;
}

void
fill_error(struct view *v, const void *data)
{
	const struct error_page *p = data;

	view_str(v, "TITLE", error_title(p->status));
	view_str(v, "TEXT",
		 p->text ? p->text : errors[error_index(p->status)].text);
	view_int(v, "STATUS", p->status);
	view_str(v, "REQUEST", p->request);
	if (p->home)
		view_show(v, "HOME");
}
