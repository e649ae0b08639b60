#include "web/pages/entry_form.h"

#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"
#include "web/server/request.h"

void
entry_form_of(struct entry_form *form, const struct record *r, const void *base,
	      struct arena *a)
{
	*form = (struct entry_form){ .count = r->count, .arena = a };
	for (size_t i = 0; i < r->count; i++)
		form->inputs[i] = (struct form_input){
			.field = &r->fields[i],
			.text = r->fields[i].shape == SHAPE_SECRET
					? ""
					: field_text(&r->fields[i], base, a),
		};
}

struct form_input *
entry_form_find(struct entry_form *form, const char *name)
{
	for (size_t i = 0; i < form->count; i++) {
		if (!strcmp(form->inputs[i].field->name, name))
			return &form->inputs[i];
	}
	return NULL;
}

/* A browser sends nothing for a box that is not checked. */
static const char *
sent(const struct request *q, const struct field *fd)
{
	const char *text = pairs_get(&q->form, fd->name);

	if (text)
		return text;
	return fd->type == FIELD_BOOL ? "no" : "";
}

int
entry_form_read(struct entry_form *form, const struct request *q, void *base,
		struct fault *f)
{
	int rc = 0;

	for (size_t i = 0; i < form->count; i++) {
		struct form_input *in = &form->inputs[i];
		struct fault wrong;

		if (in->fixed)
			continue;
		in->text = sent(q, in->field);
		if (in->lines)
			continue;
		if (!*in->text && in->choose)
			fault_field(&wrong, in->field->name, "%s.", in->choose);
		else if (!field_set(in->field, base, in->text, form->arena,
				    &wrong))
			continue;
		in->wrong = arena_strdup(form->arena, wrong.text);
		if (!rc)
			*f = wrong;
		rc = -1;
	}
	return rc;
}

bool
entry_form_blame(struct entry_form *form, const struct fault *f)
{
	struct form_input *in = entry_form_find(form, f->field);

	if (in)
		in->wrong = arena_strdup(form->arena, f->text);
	return in != NULL;
}

bool
entry_form_is_wrong(const struct entry_form *form)
{
	for (size_t i = 0; i < form->count; i++) {
		if (form->inputs[i].wrong)
			return true;
	}
	return false;
}

static void
add_option(struct view *select, const char *value, const char *text, bool on)
{
	struct view *o = view_section(select, "OPTION");

	view_str(o, "VALUE", value);
	view_str(o, "TEXT", text);
	if (on)
		view_show(o, "ON");
}

static void
fill_select(struct view *v, const struct form_input *in)
{
	struct view *select = view_section(v, "SELECT");

	if (in->choose)
		add_option(select, "", in->choose, !*in->text);
	for (size_t i = 0; i < in->choice_count; i++)
		add_option(select, in->choices[i].value, in->choices[i].text,
			   !strcmp(in->choices[i].value, in->text));
}

/* The text of the choice that was made. */
static const char *
chosen(const struct form_input *in)
{
	for (size_t i = 0; i < in->choice_count; i++) {
		if (!strcmp(in->choices[i].value, in->text))
			return in->choices[i].text;
	}
	return in->text;
}

static void
fill_line(struct view *v, const struct form_input *in)
{
	const struct field *fd = in->field;
	struct view *line = view_section(v, "INPUT");
	bool number = fd->type == FIELD_INT;

	view_str(line, "TYPE",
		 number ? "number"
		 : fd->shape == SHAPE_SECRET ? "password"
					     : "text");
	view_str(line, "VALUE", fd->shape == SHAPE_SECRET ? "" : in->text);
	if (number) {
		struct view *range = view_section(line, "RANGE");

		view_int(range, "MIN", fd->min);
		view_int(range, "MAX", fd->max);
	}
	if (!fd->def || *fd->def)
		view_show(line, "REQUIRED");
}

void
fill_form_input(struct view *v, const void *input)
{
	const struct form_input *in = input;
	const struct field *fd = in->field;

	view_str(v, "NAME", fd->name);
	view_str(v, "LABEL", in->label ? in->label : fd->label);
	view_str(v, "HELP", in->help ? in->help : fd->help);
	if (in->wrong)
		view_str(view_section(v, "BAD"), "WHY", in->wrong);
	if (fd->type == FIELD_BOOL || in->lines)
		view_show(v, "WIDE");
	if (in->fixed) {
		view_str(view_section(v, "READ_ONLY"), "VALUE", chosen(in));
		return;
	}
	if (fd->type == FIELD_BOOL) {
		struct view *box = view_section(v, "CHECK");

		if (!strcmp(in->text, "yes"))
			view_show(box, "ON");
		return;
	}
	view_show(v, "LABELLED");
	if (fd->def && !*fd->def)
		view_show(v, "OPTIONAL");
	if (in->lines)
		view_str(view_section(v, "LINES"), "VALUE", in->text);
	else if (in->choices)
		fill_select(v, in);
	else
		fill_line(v, in);
}

void
fill_entry_form(struct view *v, const struct entry_form *form)
{
	for (size_t i = 0; i < form->count; i++)
		fill_form_input(view_include(v, "FIELD", "part_form_field.tpl"),
				&form->inputs[i]);
}
