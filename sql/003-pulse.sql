-- What a workspace dials, in minutes (grain 1) and quarters of an hour (grain
-- 15: every time zone's midnight falls on one).  at: minutes since 1970, of
-- the database's time when it was recorded.  placed: calls at their first
-- news; ended, answered: as in run_count.
CREATE TABLE workspace_count (
  workspace_id INT UNSIGNED NOT NULL,
  grain TINYINT UNSIGNED NOT NULL,
  at INT UNSIGNED NOT NULL,
  slot SMALLINT UNSIGNED NOT NULL,
  placed INT NOT NULL DEFAULT 0,
  ended INT NOT NULL DEFAULT 0,
  answered INT NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, grain, at, slot),
  KEY (at)
) ENGINE=InnoDB;

-- The windows of the running campaigns, read from nothing but the key.
ALTER TABLE campaign
  ADD KEY by_window (workspace_id, status, window_start, window_end, days, zone);
