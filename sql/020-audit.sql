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

-- How long a workspace keeps whom it called (keep_days; 0: for ever), and what
-- has been forgotten: the contacts of a list (1: begun, 2: done), the numbers of
-- a run's attempts.
ALTER TABLE workspace
  ADD COLUMN keep_days INT UNSIGNED NOT NULL DEFAULT 0;
ALTER TABLE contact_list
  ADD COLUMN forgot TINYINT NOT NULL DEFAULT 0,
  ADD KEY by_keep (workspace_id, forgot, id);
ALTER TABLE run
  ADD COLUMN forgot TINYINT NOT NULL DEFAULT 0,
  ADD KEY by_keep (workspace_id, forgot, ended_at);
ALTER TABLE run_cursor
  ADD KEY by_list (list_id, part);

-- A person who is being erased: no call to "phone" is placed from now on.  It is
-- '' when all is done.  state, place: how far it has come (campaign/erasure.h);
-- then what was found.
CREATE TABLE erasure (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  workspace_id INT UNSIGNED NOT NULL,
  phone VARCHAR(15) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state TINYINT UNSIGNED NOT NULL DEFAULT 0,
  place BIGINT UNSIGNED NOT NULL DEFAULT 0,
  contacts INT UNSIGNED NOT NULL DEFAULT 0,
  attempts INT UNSIGNED NOT NULL DEFAULT 0,
  exclusions INT UNSIGNED NOT NULL DEFAULT 0,
  uploads INT UNSIGNED NOT NULL DEFAULT 0,
  asked_at DATETIME(6) NOT NULL,
  asked_by VARCHAR(120) NOT NULL,
  user_id INT UNSIGNED NULL,
  done_at DATETIME(6) NULL,
  KEY by_phone (workspace_id, phone),
  KEY by_time (workspace_id, id),
  KEY (state)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
ALTER TABLE contact_list ADD KEY by_workspace (workspace_id, id);
ALTER TABLE upload ADD KEY by_workspace (workspace_id, id);
