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
