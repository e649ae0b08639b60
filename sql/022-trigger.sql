-- Contacts by the API.  A campaign's own list has a part for each priority that
-- was used; segment.prio is 9 less the priority, and 5 is the usual one, also
-- that of an uploaded list.
UPDATE segment SET prio = 4;
UPDATE run_cursor SET prio = 4;
ALTER TABLE segment ALTER COLUMN prio SET DEFAULT 4;

-- gone: taken back before it was called (campaign/trigger.h).
ALTER TABLE contact
  ADD COLUMN gone TINYINT UNSIGNED NOT NULL DEFAULT 0;

-- Contacts by the id that the caller gave them; contact.external_id has it, too.
CREATE TABLE contact_external (
  list_id BIGINT UNSIGNED NOT NULL,
  external_id VARCHAR(190) COLLATE utf8mb4_bin NOT NULL,
  part SMALLINT UNSIGNED NOT NULL,
  ordinal INT UNSIGNED NOT NULL,
  PRIMARY KEY (list_id, external_id, part, ordinal)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- What one call added to a list: the contacts first_ordinal to last_ordinal of
-- each part that it touched.
CREATE TABLE trigger_batch (
  id BIGINT UNSIGNED NOT NULL,
  part SMALLINT UNSIGNED NOT NULL,
  workspace_id INT UNSIGNED NOT NULL,
  campaign_id BIGINT UNSIGNED NOT NULL,
  list_id BIGINT UNSIGNED NOT NULL,
  first_ordinal INT UNSIGNED NOT NULL,
  last_ordinal INT UNSIGNED NOT NULL,
  at DATETIME(6) NOT NULL,
  actor VARCHAR(120) NOT NULL,
  PRIMARY KEY (id, part),
  KEY (list_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- What a bot reported of a call, by the call: the latest report.  nonce: of the
-- attempt (campaign/call_id.h).  answered_by: enum call_answered_by.
CREATE TABLE call_result (
  run_id INT UNSIGNED NOT NULL,
  seg SMALLINT UNSIGNED NOT NULL,
  ordinal INT UNSIGNED NOT NULL,
  seq SMALLINT UNSIGNED NOT NULL,
  nonce INT UNSIGNED NOT NULL,
  at DATETIME(6) NOT NULL,
  reports INT UNSIGNED NOT NULL DEFAULT 1,
  disposition VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  callback_at DATETIME(6) NULL,
  answered_by TINYINT UNSIGNED NOT NULL,
  opt_out TINYINT UNSIGNED NOT NULL,
  talk_ms INT UNSIGNED NULL,
  recording VARCHAR(500) NOT NULL,
  transcript VARCHAR(500) NOT NULL,
  body TEXT NULL,
  PRIMARY KEY (run_id, seg, ordinal, seq)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- reports: of its bot, so far; who stores one writes the call's row, and so does
-- who records the end.
ALTER TABLE live_call
  ADD COLUMN reports TINYINT UNSIGNED NOT NULL DEFAULT 0;
