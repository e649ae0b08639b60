-- Who waits is found by segment, so by time zone: those whose window is closed
-- are not in the way of those whose window is open, and keep their due time.
ALTER TABLE due
  DROP PRIMARY KEY,
  ADD PRIMARY KEY (run_id, class, seg, due_at, ordinal);
