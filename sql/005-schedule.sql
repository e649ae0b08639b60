-- The schedule of a campaign.  more_windows: further hours of the same days,
-- "13:00-17:00, 19:00-20:30"; not_before: minutes since 1970-01-01, in the
-- campaign's zone, last_day: days since then, 0: none; holidays: none opens on
-- the workspace's.  retry_delays: minutes for some outcomes, "busy=5", instead
-- of retry_delay.  retry_dispositions: words of a bot, "call_later,no_time".
ALTER TABLE campaign
  ADD COLUMN more_windows VARCHAR(40) CHARACTER SET ascii NOT NULL DEFAULT '',
  ADD COLUMN not_before INT UNSIGNED NOT NULL DEFAULT 0,
  ADD COLUMN last_day MEDIUMINT UNSIGNED NOT NULL DEFAULT 0,
  ADD COLUMN holidays TINYINT NOT NULL DEFAULT 1,
  ADD COLUMN retry_delays VARCHAR(200) CHARACTER SET ascii NOT NULL DEFAULT '',
  ADD COLUMN retry_dispositions VARCHAR(820) CHARACTER SET ascii NOT NULL
    DEFAULT '',
  DROP KEY by_window,
  ADD KEY by_window (workspace_id, status, window_start, window_end, days,
    zone, more_windows, not_before, last_day, holidays);

CREATE TABLE holiday (
  workspace_id INT UNSIGNED NOT NULL,
  day DATE NOT NULL,
  name VARCHAR(120) NOT NULL,
  PRIMARY KEY (workspace_id, day)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
