-- The audit log is read a page at a time, newest first: all of it, or of one
-- person, program, action or campaign.  behalf: the person for whom the program
-- "actor" acted; '' where nobody is known, and for people who act themselves.
ALTER TABLE audit
  ADD COLUMN behalf VARCHAR(120) NOT NULL DEFAULT '',
  ADD KEY by_time (workspace_id, at, id),
  ADD KEY by_user (workspace_id, user_id, at, id),
  ADD KEY by_actor (workspace_id, actor, at, id),
  ADD KEY by_action (workspace_id, action, at, id),
  ADD KEY by_campaign (workspace_id, campaign_id, at, id);
