-- A call that was answered has a seat of its run, until its row goes.  Who gives
-- one writes the run's row here, so that nodes that answer at once meet in it.
ALTER TABLE live_call
  ADD COLUMN seated TINYINT UNSIGNED NOT NULL DEFAULT 0;
CREATE TABLE run_seat (
  run_id INT UNSIGNED NOT NULL PRIMARY KEY,
  n INT UNSIGNED NOT NULL
) ENGINE=InnoDB;
