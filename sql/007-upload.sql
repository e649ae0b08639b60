-- A file on its way into a contact list of its own.  It was uploaded by a
-- person, lies as "file" in upload_dir of "node" and waits for that node to
-- read it; or the command reads it (node '', file NULL).  The list belongs to
-- nobody until a campaign takes it, which sets campaign_id; the command's rows
-- have theirs from the start.
--   state    0 waiting, 1 reading, 2 done, 3 failed, 4 cancelled
--   token    of whoever reads it: every write of a reader asks for it
--   beat_at  of the reader, alive
--   preview  JSON: {"header":[...],"rows":[[...],...]}, the first rows
DROP TABLE import;

CREATE TABLE upload (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  workspace_id INT UNSIGNED NOT NULL,
  campaign_id BIGINT UNSIGNED NULL,
  list_id BIGINT UNSIGNED NULL,
  state TINYINT UNSIGNED NOT NULL DEFAULT 0,
  name VARCHAR(255) NOT NULL,
  file VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  node VARCHAR(32) NOT NULL,
  token BIGINT UNSIGNED NOT NULL DEFAULT 0,
  tries TINYINT UNSIGNED NOT NULL DEFAULT 0,
  size BIGINT UNSIGNED NOT NULL DEFAULT 0,
  bytes BIGINT UNSIGNED NOT NULL DEFAULT 0,
  rows_done INT UNSIGNED NOT NULL DEFAULT 0,
  good INT UNSIGNED NOT NULL DEFAULT 0,
  rejected INT UNSIGNED NOT NULL DEFAULT 0,
  duplicate INT UNSIGNED NOT NULL DEFAULT 0,
  unknown INT UNSIGNED NOT NULL DEFAULT 0,
  problem VARCHAR(500) NOT NULL DEFAULT '',
  preview TEXT NULL,
  created_at DATETIME(6) NOT NULL,
  created_by VARCHAR(120) NOT NULL,
  user_id INT UNSIGNED NULL,
  started_at DATETIME(6) NULL,
  beat_at DATETIME(6) NULL,
  ended_at DATETIME(6) NULL,
  UNIQUE KEY (file),
  KEY by_state (state, node, id),
  KEY (campaign_id, state),
  KEY (list_id),
  KEY (ended_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Pieces of a CSV file: the header, then each rejected row with its reason.
CREATE TABLE upload_reject (
  upload_id BIGINT UNSIGNED NOT NULL,
  n INT UNSIGNED NOT NULL,
  body MEDIUMBLOB NOT NULL,
  PRIMARY KEY (upload_id, n)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
