-- A row of live_call keeps its length while its call goes on, so that it is
-- changed where it is: a time that is not yet is 1970-01-02, not NULL.
UPDATE live_call SET sent_at = COALESCE(sent_at, '1970-01-02'),
  ringing_at = COALESCE(ringing_at, '1970-01-02'),
  answered_at = COALESCE(answered_at, '1970-01-02')
  WHERE sent_at IS NULL OR ringing_at IS NULL OR answered_at IS NULL;
ALTER TABLE live_call
  MODIFY sent_at DATETIME(6) NOT NULL DEFAULT '1970-01-02',
  MODIFY ringing_at DATETIME(6) NOT NULL DEFAULT '1970-01-02',
  MODIFY answered_at DATETIME(6) NOT NULL DEFAULT '1970-01-02';
