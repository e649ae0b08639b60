-- The day of the workspace that a call counts as one of its number's: whoever
-- takes the call back takes it from that day.
ALTER TABLE live_call
  ADD COLUMN number_day DATE NOT NULL DEFAULT '1970-01-02';
