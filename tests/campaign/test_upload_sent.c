/* A campaign takes the contacts of a file that was sent for it, once the file
 * is read: in one transaction, once, and only while it is a draft. */
#include "campaign/campaign_import.h"
#include "tests/contacts/upload_bed.h"

static int64_t
sent_for(int64_t campaign)
{
	int64_t id = done_upload(10);

	world_sql(&w, "UPDATE upload SET for_campaign = %lld WHERE id = %lld",
		  (long long)campaign, (long long)id);
	return id;
}

static int
take(const char *node)
{
	int64_t workspace = 0;
	int got = campaign_take_upload(w.db, node, &workspace, &f);

	if (got > 0)
		is_int(workspace, w.who.workspace_id, "its workspace is told");
	return got;
}

static int64_t
contacts(int64_t id)
{
	return world_int(&w,
			 "SELECT SUM(COALESCE(s.upto, p.n)) FROM segment s"
			 " JOIN list_part p ON p.list_id = s.list_id"
			 " AND p.part = s.part WHERE s.campaign_id = %lld",
			 (long long)id);
}

static int64_t
version(int64_t id)
{
	return world_int(&w, "SELECT ver FROM campaign WHERE id = %lld",
			 (long long)id);
}

static bool
may_come(int64_t id)
{
	f = (struct fault){ 0 };
	return !campaign_may_upload(w.db, &w.who, id, &f);
}

static void
check_taken(int64_t id)
{
	int64_t upload = sent_for(id), ver = version(id);

	ok(!may_come(id) && f.code == FAULT_CONFLICT,
	   "no second file comes while one is on its way");
	is_int(take("two"), 0, "another node leaves an upload alone");
	is_int(take(NODE), 1, "an upload that was sent for a campaign");
	is_int(contacts(id), 9, "replaces the contacts it had");
	is_int(load_upload(upload).campaign_id, id, "and belongs to it");
	is_int(version(id), ver, "the settings have not changed");
	is_int(world_int(&w,
			 "SELECT COUNT(*) FROM audit WHERE campaign_id = %lld"
			 " AND action = 'import'"
			 " AND became LIKE '%%\"contacts\":9,%%'",
			 (long long)id),
	       1, "the audit log has it");
	is_int(take(NODE), 0, "it is taken once");
	ok(may_come(id), "then the next file may come");
}

static void
check_too_late(int64_t id)
{
	int64_t upload = sent_for(id);
	struct upload u;

	world_sql(&w,
		  "UPDATE campaign SET status = 1, runs = 1 WHERE id = %lld",
		  (long long)id);
	is_int(take(NODE), 1, "of a campaign that was started meanwhile");
	is_int(contacts(id), 9, "the contacts stay");
	u = load_upload(upload);
	ok(u.state == UPLOAD_FAILED && strstr(u.problem, "was started"),
	   "and the upload has failed, and says why");
	is_int(take(NODE), 0, "for good");
	ok(!may_come(id) && f.code == FAULT_CONFLICT,
	   "a campaign that has run takes no file");
}

static void
check_not_taken(void)
{
	int64_t id = world_campaign(&w, CAMPAIGN_DRAFT, false);
	int64_t upload = sent_for(id), before = contacts(id);

	fine(upload_cancel(w.db, &w.who, upload, &f),
	     "an upload is cancelled before it is taken");
	is_int(take(NODE), 0, "and is not taken");
	done_upload(10);
	is_int(take(NODE), 0, "nor is one that waits for the wizard");
	is_int(contacts(id), before, "the contacts stay");
	w.who.workspace_id++;
	ok(!may_come(id) && f.code == FAULT_ABSENT,
	   "another workspace has no such campaign");
	w.who.workspace_id--;
}

int
main(void)
{
	int64_t id;

	world_open(&w);
	id = world_campaign(&w, CAMPAIGN_DRAFT, false);
	check_taken(id);
	check_too_late(id);
	check_not_taken();
	return world_close(&w);
}
