/* outdial check: do the counters agree with the calls? */
#include <inttypes.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/json.h"
#include "ctl/ctl.h"
#include "ledger/verify.h"

static void
print_text(const struct verify_report *r, bool judged)
{
	for (size_t i = 0; i < r->count; i++) {
		const struct verify_violation *v = &r->list[i];

		printf("check %d (%s)", v->no, v->name);
		if (v->run_id)
			printf(", run %" PRId64, v->run_id);
		printf(": %s\n", v->text);
	}
	if (judged)
		printf("%" PRId64 " calls in the carrier’s log, %" PRId64
		       " placed twice.\n",
		       r->places, r->doubles);
	if (r->found)
		printf("The books do not balance. Differences: %" PRId64
		       "; runs counted: %" PRId64 ".\n",
		       r->found, r->runs);
	else
		printf("The books balance. Runs counted: %" PRId64 ".\n",
		       r->runs);
}

static void
print_json(const struct verify_report *r)
{
	struct buf b = BUF_INIT;

	buf_printf(&b,
		   "{\"balanced\":%s,\"runs\":%" PRId64 ",\"found\":%" PRId64
		   ",\"places\":%" PRId64 ",\"doubles\":%" PRId64
		   ",\"differences\":[",
		   r->found ? "false" : "true", r->runs, r->found, r->places,
		   r->doubles);
	for (size_t i = 0; i < r->count; i++) {
		const struct verify_violation *v = &r->list[i];

		buf_printf(&b, "%s{\"check\":%d,\"name\":", i ? "," : "",
			   v->no);
		json_str(&b, v->name);
		buf_printf(&b, ",\"run\":%" PRId64 ",\"text\":", v->run_id);
		json_str(&b, v->text);
		buf_str(&b, "}");
	}
	buf_str(&b, "]}");
	puts(b.data);
	buf_free(&b);
}

int
check(struct ctl *c, struct fault *f)
{
	const struct verify_opts opts = {
		.deep = ctl_option(c, "deep"),
		.sim_log = ctl_option(c, "sim-log"),
	};
	struct verify_report report;

	if (verify_check(c->db, &opts, c->a, &report, f))
		return -1;
	if (ctl_option(c, "json"))
		print_json(&report);
	else
		print_text(&report, opts.sim_log);
	return report.found ? CTL_FAILED : CTL_DONE;
}
