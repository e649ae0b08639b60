-- Do-not-call lists of a workspace.  kind: 0 own (one a workspace), 1 national,
-- 2 litigator, 3 other.  max_age: days since imported_at, 0: none.  Only rows
-- of load_id bar: a file that replaces a list is loaded under the id of its
-- import, and then load_id is set to that.  numbers: rows of load_id.
-- changes: who writes rows of the list meets here.
CREATE TABLE dnc_list (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  workspace_id INT UNSIGNED NOT NULL,
  kind TINYINT UNSIGNED NOT NULL,
  own TINYINT UNSIGNED AS (IF(kind = 0, 1, NULL)) PERSISTENT,
  name VARCHAR(120) NOT NULL,
  source VARCHAR(250) NOT NULL DEFAULT '',
  max_age SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  load_id BIGINT UNSIGNED NOT NULL DEFAULT 0,
  numbers INT UNSIGNED NOT NULL DEFAULT 0,
  changes INT UNSIGNED NOT NULL DEFAULT 0,
  imported_at DATETIME(6) NULL,
  created_at DATETIME(6) NOT NULL,
  created_by VARCHAR(120) NOT NULL,
  UNIQUE KEY (workspace_id, own),
  UNIQUE KEY (workspace_id, name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- A file that is, or was, read into a list.  state: 0 reading, 1 done,
-- 2 failed.  beat_at: of the reader, alive.  added: new numbers.  rejects: a CSV
-- file.
CREATE TABLE dnc_import (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  workspace_id INT UNSIGNED NOT NULL,
  list_id INT UNSIGNED NOT NULL,
  replaces TINYINT UNSIGNED NOT NULL,
  state TINYINT UNSIGNED NOT NULL DEFAULT 0,
  name VARCHAR(255) NOT NULL,
  rows_done INT UNSIGNED NOT NULL DEFAULT 0,
  good INT UNSIGNED NOT NULL DEFAULT 0,
  added INT UNSIGNED NOT NULL DEFAULT 0,
  rejected INT UNSIGNED NOT NULL DEFAULT 0,
  duplicate INT UNSIGNED NOT NULL DEFAULT 0,
  rejects MEDIUMBLOB NULL,
  created_at DATETIME(6) NOT NULL,
  created_by VARCHAR(120) NOT NULL,
  beat_at DATETIME(6) NOT NULL,
  ended_at DATETIME(6) NULL,
  KEY (list_id, id),
  KEY (state, beat_at),
  KEY (ended_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Loads that bar nobody any more: their rows are erased in pieces.
CREATE TABLE dnc_gone (
  list_id INT UNSIGNED NOT NULL,
  load_id BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (list_id, load_id)
) ENGINE=InnoDB;

-- until NULL: for good.  The numbers so far become those of the own lists.
ALTER TABLE dnc
  ADD COLUMN list_id INT UNSIGNED NOT NULL DEFAULT 0 AFTER phone,
  ADD COLUMN load_id BIGINT UNSIGNED NOT NULL DEFAULT 0 AFTER list_id,
  ADD COLUMN until DATETIME(6) NULL,
  ADD COLUMN reason VARCHAR(200) CHARACTER SET utf8mb4 NOT NULL DEFAULT '',
  ADD COLUMN added_by VARCHAR(120) CHARACTER SET utf8mb4 NOT NULL DEFAULT '';
INSERT IGNORE INTO dnc_list (workspace_id, kind, name, numbers, created_at,
    created_by)
  SELECT workspace_id, 0, 'Own list', COUNT(*), NOW(6), '' FROM dnc
  GROUP BY workspace_id;
UPDATE dnc d JOIN dnc_list k ON k.workspace_id = d.workspace_id
  SET d.list_id = k.id;
ALTER TABLE dnc
  DROP PRIMARY KEY,
  ADD PRIMARY KEY (workspace_id, phone, list_id, load_id),
  ADD KEY by_list (list_id, load_id, phone);

-- A campaign and its clones share a set of exclusions; exclusion_set is the
-- first campaign's id, 0: the campaign's own.  A row of exclusion says that a
-- campaign excluded a number (barred 1) or let it go again (0); it is never
-- changed.  A clone has what the campaigns of exclusion_source said until it
-- was made, and what it says itself; the newest counts.
ALTER TABLE campaign
  ADD COLUMN exclusion_set BIGINT UNSIGNED NOT NULL DEFAULT 0;
CREATE TABLE exclusion_source (
  campaign_id BIGINT UNSIGNED NOT NULL,
  source_id BIGINT UNSIGNED NOT NULL,
  upto DATETIME(6) NOT NULL,
  PRIMARY KEY (campaign_id, source_id),
  KEY (source_id)
) ENGINE=InnoDB;
ALTER TABLE exclusion
  ADD COLUMN set_id BIGINT UNSIGNED NOT NULL DEFAULT 0 FIRST,
  ADD COLUMN barred TINYINT UNSIGNED NOT NULL DEFAULT 1 AFTER at,
  ADD COLUMN added_by VARCHAR(120) NOT NULL DEFAULT '';
UPDATE exclusion SET set_id = campaign_id;
ALTER TABLE exclusion
  DROP PRIMARY KEY,
  ADD PRIMARY KEY (set_id, phone, at, campaign_id),
  ADD KEY (campaign_id, at);

-- Deleted drafts: their exclusions are erased in pieces, once no clone has
-- them.
CREATE TABLE exclusion_gone (
  campaign_id BIGINT UNSIGNED NOT NULL PRIMARY KEY
) ENGINE=InnoDB;
