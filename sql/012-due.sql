-- A due time is bare: the end of the call and the delay.  Until now it was the
-- opening that held when the call ended, which a change of the schedule left
-- behind.  Who waits for such an opening is due again when the delay is over;
-- after what is not counted (from outcome 12 on) that is 10 minutes at most.
UPDATE run r
  JOIN campaign c ON c.id = r.campaign_id
  JOIN run_contact t ON t.run_id = r.id
  JOIN attempt a ON a.run_id = t.run_id AND a.seg = t.seg
    AND a.ordinal = t.ordinal AND a.seq = t.seq
  SET t.due_at = LEAST(t.due_at, a.sent_at
    + INTERVAL COALESCE(a.ring_ms, 0) * 1000 + COALESCE(a.talk_ms, 0) * 1000
      MICROSECOND
    + INTERVAL IF(a.outcome >= 12, 10, COALESCE(CAST(NULLIF(REGEXP_SUBSTR(
      CONCAT(',', c.retry_delays), CONCAT('(?<=,', ELT(a.outcome, 'completed',
      'no_answer', 'busy', 'rejected', 'unreachable', 'invalid_number',
      'voicemail', 'abandoned', 'error', 'timeout', 'lost'), '=)[0-9]+')), '')
      AS UNSIGNED), c.retry_delay)) MINUTE)
  WHERE r.rest = 0 AND t.state IN (0, 2) AND t.due_at IS NOT NULL;
UPDATE due d JOIN run r ON r.id = d.run_id
  JOIN run_contact t ON t.run_id = d.run_id AND t.seg = d.seg
    AND t.ordinal = d.ordinal
  SET d.due_at = t.due_at
  WHERE r.rest = 0 AND d.class IN (1, 2) AND d.due_at > t.due_at;

-- day_from: a run of one day has the day of this moment; NULL: of its start.
-- wait: why the run calls nobody, though its window is open (enum run_wait),
-- and until when.
ALTER TABLE run
  ADD COLUMN day_from DATETIME(6) NULL,
  ADD COLUMN wait TINYINT NOT NULL DEFAULT 0,
  ADD COLUMN wait_until DATETIME(6) NULL;
