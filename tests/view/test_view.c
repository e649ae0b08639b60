/* The C face of the templates: what is escaped where, and what is refused. */
#include <stdlib.h>
#include <unistd.h>

#include <pthread.h>

#include "base/buf.h"
#include "base/fault.h"
#include "base/zone.h"
#include "tests/tap.h"
#include "tests/temp.h"
#include "view/view.h"

#define PRAGMA "{{%AUTOESCAPE context=\"HTML\"}}\n"

static char dir[TEMP_MAX];

static void
put(const char *name, const char *text)
{
	char path[128];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	file = fopen(path, "w");
	if (!file)
		exit(1);
	fputs(text, file);
	fclose(file);
}

static void
drop(const char *name)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	unlink(path);
}

static void
fill_hostile(struct view *v, const void *data)
{
	struct view *inner;

	view_str(v, "TEXT", data);
	view_str(v, "HREF", "javascript:alert(1)");
	view_int(v, "NUMBER", INT64_MIN);
	view_count(v, "COUNT", -1234567);
	view_tenths(v, "RATE", 364);
	view_tenths(v, "WHOLE", 500);
	view_str(v, "NOTHING", NULL);
	view_html(v, "RAW", "<i>made before</i>");
	view_str(v, "CONTROL", "a\x1a\x7f\t\nb");
	view_str(view_section(v, "EACH"), "ONE", "a");
	view_str(view_section(v, "EACH"), "ONE", "b");
	inner = view_include(v, "PART", "part.tpl");
	view_str(inner, "TEXT", "<&>");
}

static void
test_escaping(void)
{
	struct buf out = BUF_INIT;
	struct fault f = { 0 };

	put("part.tpl", PRAGMA "[{{TEXT}}{{OUTER}}]\n");
	put("page.tpl", PRAGMA
	    "<a href=\"{{HREF}}\" title=\"{{TEXT}}\">{{TEXT}}</a>\n"
	    "{{NUMBER}} {{COUNT}} {{RATE}} {{WHOLE}} ({{NOTHING}}) {{CONTROL}}\n"
	    "<u href=\"{{STATIC}}/a#b\">{{RAW}} {{RAW:none}}\n"
	    "{{#EACH}}<b>{{ONE}}</b>{{/EACH}}{{#NEVER}}x{{/NEVER}}\n"
	    "{{>PART}}\n");
	is_int(view_load(dir, "/static/v", &f), 0, "good templates load");
	is_int(view_expand("page.tpl", fill_hostile,
			   "\"'><script>&\u202e\u0627", &out, &f),
	       0, "a good template expands");
	is_str(out.data,
	       "<a href=\"#\" title=\"&quot;&#39;&gt;&lt;script&gt;&amp;"
	       "\u202e\u0627\">&quot;&#39;&gt;&lt;script&gt;&amp;"
	       "\u202e\u0627</a>\n"
	       "-9223372036854775808 -1,234,567 36.4% 50% () a??  b\n"
	       "<u href=\"/static/v/a#b\">&lt;i&gt;made before&lt;/i&gt; <i>made before</i>\n"
	       "<b>a</b><b>b</b>\n"
	       "[&lt;&amp;&gt;]",
	       "everything is escaped for its place");
	buf_free(&out);
}

static void
fill_times(struct view *v, const void *data)
{
	/* Sunday, 29 March 2026, 00:59:59 and 01:00:01 UTC: London jumps */
	view_time(v, "A", INT64_C(1774745999) * 1000000, VIEW_DATE, data);
	view_time(v, "B", INT64_C(1774746001) * 1000000, VIEW_MOMENT, data);
}

static void
test_times(void)
{
	struct view_zone zone = { zone_open("Europe/London"),
				  "Europe/London" };
	struct buf out = BUF_INIT;
	struct fault f = { 0 };

	put("part_time.tpl", PRAGMA "{{EXACT}}|{{UTC}}|{{TEXT}}\n");
	put("page.tpl", PRAGMA "from {{>A}} to {{>B}} by us\n");
	is_int(view_load(dir, "/static/v", &f), 0, "templates are loaded anew");
	view_expand("page.tpl", fill_times, &zone, &out, &f);
	is_str(out.data,
	       "from Sun, 29 Mar 2026, 00:59:59 Europe/London|2026-03-29T00:59:59Z|"
	       "29 Mar 2026 to "
	       "Sun, 29 Mar 2026, 02:00:01 Europe/London|2026-03-29T01:00:01Z|"
	       "29 Mar, 02:00 by us",
	       "times are those of the zone, and leave a sentence in one line");
	zone_close(zone.zone);
	buf_free(&out);
}

static void
fill_lonely(struct view *v, const void *data)
{
	(void)data;
	view_include(v, "PART", "missing.tpl");
}

static void
test_missing(void)
{
	struct buf out = BUF_INIT;
	struct fault f = { 0 };

	put("page.tpl", PRAGMA "before {{>PART}} after\n");
	view_load(dir, "/static/v", &f);
	buf_str(&out, "kept");
	is_int(view_expand("page.tpl", fill_lonely, NULL, &out, &f), -1,
	       "an include that is missing fails");
	is_int(f.code, FAULT_BROKEN, "a missing include is reported as broken");
	is_str(out.data, "kept", "a missing include leaves the output alone");
	is_int(view_expand("none.tpl", fill_lonely, NULL, &out, &f), -1,
	       "a template that is missing fails");
	buf_free(&out);
}

static void
test_broken(void)
{
	struct fault f = { 0 };

	put("wrong.tpl", PRAGMA "{{#A}}{{/B}}\n");
	is_int(view_load(dir, "/static/v", &f), -1, "sections that cross are refused");
	ok(strstr(f.text, "wrong.tpl") != NULL, "the fault names the file");
	ok(strstr(f.text, "different section") != NULL,
	   "the fault has the words of the parser");
	put("wrong.tpl", "<b>{{A}}</b>\n");
	is_int(view_load(dir, "/static/v", &f), -1,
	       "a file without AUTOESCAPE is refused");
	ok(strstr(f.text, "AUTOESCAPE") != NULL,
	   "the fault says that AUTOESCAPE is missing");
	drop("wrong.tpl");
	is_int(view_load("/nowhere", "", &f), -1,
	       "a missing directory is refused");
	drop("part.tpl");
	drop("part_time.tpl");
	drop("page.tpl");
	is_int(view_load(dir, "/static/v", &f), -1,
	       "a directory without templates is refused");
}

static void *
expand_often(void *wrong)
{
	struct buf first = BUF_INIT, out = BUF_INIT;
	struct fault f;

	view_expand("page.tpl", fill_hostile, "<same>", &first, &f);
	for (int i = 0; i < 2000; i++) {
		buf_clear(&out);
		if (view_expand("page.tpl", fill_hostile, "<same>", &out, &f) ||
		    strcmp(out.data, first.data) != 0)
			++*(int *)wrong;
	}
	buf_free(&first);
	buf_free(&out);
	return NULL;
}

static void
test_threads(void)
{
	pthread_t threads[4];
	int wrong[4] = { 0 }, sum = 0;
	struct fault f = { 0 };

	put("part.tpl", PRAGMA "[{{TEXT}}]\n");
	put("page.tpl", PRAGMA "{{TEXT}}{{#EACH}}{{ONE}}{{/EACH}}{{>PART}}\n");
	is_int(view_load(dir, "/static/v", &f), 0, "the templates load");
	for (int i = 0; i < 4; i++)
		pthread_create(&threads[i], NULL, expand_often, &wrong[i]);
	for (int i = 0; i < 4; i++) {
		pthread_join(threads[i], NULL);
		sum += wrong[i];
	}
	is_int(sum, 0, "four threads expand the same text at once");
	drop("part.tpl");
	drop("page.tpl");
}

int
main(void)
{
	if (!mkdtemp(temp_template(dir, "view")))
		return 1;
	test_escaping();
	test_times();
	test_missing();
	test_broken();
	test_threads();
	rmdir(dir);
	return tap_done();
}
