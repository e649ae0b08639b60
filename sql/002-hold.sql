-- One switch holds a whole workspace: while held_at is set no call of it is
-- placed.  Campaigns, runs and epochs do not change.
ALTER TABLE workspace
  ADD COLUMN held_at DATETIME(6) NULL,
  ADD COLUMN held_by VARCHAR(120) NULL;
