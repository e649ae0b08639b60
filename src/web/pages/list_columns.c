/* list_columns.c - the columns of the campaign list: headings and cells. */

#include "web/pages/list_columns.h"

#include "base/arena.h"
#include "campaign/campaign.h"
#include "campaign/dial_state.h"
#include "web/pages/fill_campaigns.h"
#include "web/pages/fill_list.h"
#include "web/pages/list_query.h"
#include "web/pages/viewer.h"

/* --- what stands in the cells ------------------------------------------- */

static void
fill_name(struct view *v, const struct campaign *c, const struct viewer *r)
{
	if (viewer_may_act(r))
		view_show(v, "PICK");
	fill_campaign_notes(v, c, r);
}

static void
fill_progress(struct view *v, const struct campaign *c, const struct viewer *r)
{
	(void)r;
	fill_campaign_progress(v, c);
}

static void
fill_rate(struct view *v, const char *some, const char *none, int tenths)
{
	if (tenths < 0)
		view_show(v, none);
	else
		view_tenths(view_section(v, some), "RATE", tenths);
}

static void
fill_answer(struct view *v, const struct campaign *c, const struct viewer *r)
{
	(void)r;
	fill_rate(v, "ANSWER", "NO_ANSWER", campaign_answer_rate(c));
}

static void
fill_completion(struct view *v, const struct campaign *c,
		const struct viewer *r)
{
	(void)r;
	fill_rate(v, "COMPLETION", "NO_COMPLETION",
		  campaign_completion_rate(c));
}

static void
fill_created(struct view *v, const struct campaign *c, const struct viewer *r)
{
	view_time(v, "CREATED", c->created_at, VIEW_DATE, &r->zone);
}

static void
fill_buttons(struct view *v, const struct campaign *c, const struct viewer *r)
{
	fill_campaign_actions(view_section(v, "ACTS"), c, r);
}

/* clang-format off */
const struct list_column list_columns[] = {
	{ "name", "Name", "name", false, false,
	  SORT_NAME, "A to Z", "Z to A", fill_name },
	{ "status", "Status", "status", false, false,
	  SORT_STATUS, "draft first", "failed first", NULL },
	{ "prog", "Progress", "prog-cell", false, false,
	  SORT_PROGRESS, "lowest", "highest", fill_progress },
	{ "rate", "Answer Rate", "end", true, false,
	  SORT_ANSWER, "lowest", "highest", fill_answer },
	{ "comp", "Completion Rate", "end", true, false,
	  SORT_COMPLETION, "lowest", "highest", fill_completion },
	{ "date", "Created", "date", true, false,
	  SORT_CREATED, "oldest", "newest", fill_created },
	{ "acts", "Actions", "acts-cell", false, true,
	  -1, NULL, NULL, fill_buttons },
};
/* clang-format on */
const size_t list_column_count = ARRAY_LEN(list_columns);

static bool
is_shown(const struct list_column *column, const struct viewer *r)
{
	return !column->acting || viewer_may_act(r);
}

void
fill_campaign_row(struct view *v, const void *data)
{
	const struct campaign_row *row = data;

	if (row->mark)
		view_html(v, "MARK", row->mark);
	fill_campaign_identity(v, row->c);
	for (size_t i = 0; i < list_column_count; i++) {
		const struct list_column *column = &list_columns[i];

		if (column->fill && is_shown(column, row->viewer))
			column->fill(v, row->c, row->viewer);
	}
}

/* --- the headings ------------------------------------------------------- */

static bool
may_sort(const struct campaign_page *p, const struct list_column *column)
{
	if (column->sort < 0)
		return false;
	return column->sort < SORT_FIGURES || p->by_figures;
}

static void
fill_sorted(struct view *v, const struct list_column *column, bool up)
{
	view_str(v, "HOW", up ? "ascending" : "descending");
	view_printf(v, "ORDER", "%s, %s", column->label,
		    up ? column->up : column->down);
}

static void
fill_heading(struct view *v, const struct list_column *column,
	     const struct campaign_list *l)
{
	const struct campaign_page *p = l->page;
	struct view *heading = view_section(v, "COLUMN"), *link;
	bool sorted = column->sort == (int)p->sort;
	struct list_query to;

	view_str(heading, "WORD", column->key);
	if (sorted)
		fill_sorted(view_section(heading, "SORTED"), column, p->up);
	if (column->sort == SORT_NAME && l->viewer->role >= ROLE_SUPERVISOR)
		view_show(heading, "ALL");
	if (!may_sort(p, column)) {
		view_str(view_section(heading, "PLAIN"), "LABEL",
			 column->label);
		return;
	}
	to = list_query_sorted(l->query, (enum campaign_sort)column->sort);
	link = view_section(heading, "LINK");
	view_str(link, "LABEL", column->label);
	view_str(link, "HREF", list_query_address(&to, l->viewer->arena));
	view_str(link, "ICON", sorted && p->up ? "chevron-up" : "chevron-down");
}

void
fill_list_headings(struct view *v, const struct campaign_list *l)
{
	for (size_t i = 0; i < list_column_count; i++) {
		if (is_shown(&list_columns[i], l->viewer))
			fill_heading(v, &list_columns[i], l);
	}
}
