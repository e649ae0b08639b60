-- The ended calls of a run by who placed them (node, carrier, caller's number)
-- and by pass, the attempt at its contact: 1 is the first.  ended: counted;
-- answered: picked up; connected: completed; brief: of these, at most 6 s long;
-- first_at, last_at: when such calls were recorded.
CREATE TABLE run_breakdown (
  run_id INT UNSIGNED NOT NULL,
  slot SMALLINT UNSIGNED NOT NULL,
  carrier_id INT UNSIGNED NOT NULL,
  number_id INT UNSIGNED NOT NULL,
  pass TINYINT UNSIGNED NOT NULL,
  ended INT NOT NULL DEFAULT 0,
  answered INT NOT NULL DEFAULT 0,
  connected INT NOT NULL DEFAULT 0,
  brief INT NOT NULL DEFAULT 0,
  blocked INT NOT NULL DEFAULT 0,
  congested INT NOT NULL DEFAULT 0,
  talk_ms BIGINT NOT NULL DEFAULT 0,
  first_at DATETIME(6) NOT NULL,
  last_at DATETIME(6) NOT NULL,
  PRIMARY KEY (run_id, slot, carrier_id, number_id, pass)
) ENGINE=InnoDB;

-- The ended calls of a campaign by quarter of an hour (grain 15) and by day in UTC
-- (grain 1440), for 31 days.  at: minutes since 1970; answered: picked up, and by no
-- machine; picked_up: by anybody.
CREATE TABLE campaign_period (
  campaign_id BIGINT UNSIGNED NOT NULL,
  grain SMALLINT UNSIGNED NOT NULL,
  at INT UNSIGNED NOT NULL,
  slot SMALLINT UNSIGNED NOT NULL,
  ended INT NOT NULL DEFAULT 0,
  answered INT NOT NULL DEFAULT 0,
  picked_up INT NOT NULL DEFAULT 0,
  abandoned INT NOT NULL DEFAULT 0,
  PRIMARY KEY (campaign_id, grain, at, slot),
  KEY (at)
) ENGINE=InnoDB;

-- What bots reported of a run's calls, the latest report of each.  Deltas: only
-- the sum over the shards has a meaning.
CREATE TABLE run_disposition (
  run_id INT UNSIGNED NOT NULL,
  disposition VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  shard TINYINT UNSIGNED NOT NULL,
  n INT NOT NULL DEFAULT 0,
  PRIMARY KEY (run_id, disposition, shard)
) ENGINE=InnoDB;

ALTER TABLE campaign
  ADD COLUMN goal_dispositions VARCHAR(820) CHARACTER SET ascii NOT NULL
    DEFAULT '';

-- What has been counted nowhere so far.  A call that was lost is taken as not
-- answered: nothing tells.
INSERT INTO run_breakdown
  SELECT t.run_id, t.slot, t.carrier_id, t.number_id, t.pass, SUM(t.counted),
    SUM(t.outcome IN (1, 7, 8)), SUM(t.outcome = 1),
    SUM(t.outcome = 1 AND COALESCE(t.talk_ms, 0) <= 6000), SUM(t.outcome = 13),
    SUM(t.outcome = 12), SUM(COALESCE(t.talk_ms, 0)),
    MIN(t.ended_at), MAX(t.ended_at)
  FROM (SELECT a.run_id, a.slot, a.carrier_id, a.number_id, a.counted, a.outcome,
      a.talk_ms, 1 - a.counted + SUM(a.counted) OVER (PARTITION BY a.run_id,
      a.seg, a.ordinal ORDER BY a.seq) AS pass, a.sent_at
      + INTERVAL (COALESCE(a.ring_ms, 0) + COALESCE(a.talk_ms, 0)) * 1000
      MICROSECOND AS ended_at FROM attempt a) t
  GROUP BY t.run_id, t.slot, t.carrier_id, t.number_id, t.pass;
INSERT INTO campaign_period
  SELECT r.campaign_id, g.grain, TIMESTAMPDIFF(MINUTE, '1970-01-01', a.sent_at
      + INTERVAL (COALESCE(a.ring_ms, 0) + COALESCE(a.talk_ms, 0)) * 1000
      MICROSECOND) DIV g.grain * g.grain AS period, a.slot, SUM(a.counted),
    SUM(a.outcome IN (1, 7, 8) AND COALESCE(e.answered_by, 0) NOT IN (2, 3)),
    SUM(a.outcome IN (1, 7, 8)), SUM(a.outcome = 8)
  FROM run r JOIN attempt a ON a.run_id = r.id
  LEFT JOIN call_result e ON e.run_id = a.run_id AND e.seg = a.seg
    AND e.ordinal = a.ordinal AND e.seq = a.seq AND e.nonce = a.nonce
  JOIN (SELECT 15 AS grain UNION ALL SELECT 1440) g
  WHERE COALESCE(r.ended_at, NOW(6)) > NOW(6) - INTERVAL 31 DAY
    AND a.sent_at > NOW(6) - INTERVAL 31 DAY
  GROUP BY r.campaign_id, g.grain, period, a.slot;
INSERT INTO run_disposition
  SELECT e.run_id, e.disposition, 0, COUNT(*) FROM call_result e
  WHERE e.disposition <> '' GROUP BY e.run_id, e.disposition;
