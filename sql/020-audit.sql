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

-- What people should hear of, one a run and kind (enum alarm_kind); n: contacts
-- that are left.  A dismissal hides a workspace's up to a time.
CREATE TABLE alarm (
  run_id INT UNSIGNED NOT NULL,
  kind TINYINT UNSIGNED NOT NULL,
  workspace_id INT UNSIGNED NOT NULL,
  campaign_id BIGINT UNSIGNED NOT NULL,
  at DATETIME(6) NOT NULL,
  n INT UNSIGNED NOT NULL DEFAULT 0,
  text VARCHAR(200) NOT NULL DEFAULT '',
  PRIMARY KEY (run_id, kind),
  KEY (workspace_id, at),
  KEY (at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE alarm_dismissal (
  workspace_id INT UNSIGNED NOT NULL PRIMARY KEY,
  upto DATETIME(6) NOT NULL
) ENGINE=InnoDB;
