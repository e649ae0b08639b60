-- What bots reported of people who were erased before this release: the links and
-- data of their calls go, as those of people who are erased from now on.
UPDATE attempt a JOIN call_result e ON e.run_id = a.run_id AND e.seg = a.seg
    AND e.ordinal = a.ordinal AND e.seq = a.seq
  SET e.recording = '', e.transcript = '', e.body = NULL
  WHERE a.phone = '';
