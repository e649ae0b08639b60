-- Outdial's schema.  Times are UTC with microseconds, always the database's
-- own (NOW(6)); phone numbers are digits without "+", kept as text.  Hot
-- tables carry no foreign keys: a child row that is not committed yet would
-- hold up Pause and Stop.  Ledger tables: see ARCHITECTURE.md, "A call".

-- What a transaction leaves behind to be asked after (store/tx.h).
CREATE TABLE tx_mark (
  id BINARY(16) NOT NULL PRIMARY KEY,
  void TINYINT NOT NULL DEFAULT 0,
  at DATETIME(6) NOT NULL,
  KEY (at)
) ENGINE=InnoDB;

-- People and settings

CREATE TABLE workspace (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(120) NOT NULL,
  zone VARCHAR(64) NOT NULL DEFAULT 'UTC',
  country CHAR(2) NOT NULL DEFAULT 'GB',
  created_at DATETIME(6) NOT NULL,
  UNIQUE KEY (name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE user (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  workspace_id INT UNSIGNED NOT NULL,
  email VARCHAR(190) NOT NULL,
  name VARCHAR(120) NOT NULL,
  role TINYINT NOT NULL,
  password_hash VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  theme TINYINT NOT NULL DEFAULT 0,
  density TINYINT NOT NULL DEFAULT 0,
  letter_keys TINYINT NOT NULL DEFAULT 1,
  created_at DATETIME(6) NOT NULL,
  UNIQUE KEY (email),
  FOREIGN KEY (workspace_id) REFERENCES workspace (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- digest: SHA-256 of the cookie's token.
CREATE TABLE session (
  digest BINARY(32) NOT NULL PRIMARY KEY,
  user_id INT UNSIGNED NOT NULL,
  created_at DATETIME(6) NOT NULL,
  expires_at DATETIME(6) NOT NULL,
  KEY (user_id),
  KEY (expires_at)
) ENGINE=InnoDB;

-- target: a SIP URI or an extension, opaque to us.
CREATE TABLE bot (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  workspace_id INT UNSIGNED NOT NULL,
  name VARCHAR(120) NOT NULL,
  target VARCHAR(250) NOT NULL,
  created_at DATETIME(6) NOT NULL,
  KEY (workspace_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- kind 0: simulated, address is the path of its socket.  share_no: two nodes
-- that raise their shares of it meet in this row.
CREATE TABLE carrier (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  workspace_id INT UNSIGNED NOT NULL,
  name VARCHAR(120) NOT NULL,
  kind TINYINT NOT NULL,
  address VARCHAR(250) NOT NULL,
  cps INT UNSIGNED NOT NULL,
  channels INT UNSIGNED NOT NULL,
  enabled TINYINT NOT NULL DEFAULT 1,
  share_no INT UNSIGNED NOT NULL DEFAULT 0,
  created_at DATETIME(6) NOT NULL,
  KEY (workspace_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE number (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  workspace_id INT UNSIGNED NOT NULL,
  carrier_id INT UNSIGNED NOT NULL,
  phone VARCHAR(15) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  label VARCHAR(120) NOT NULL DEFAULT '',
  day_cap INT UNSIGNED NOT NULL DEFAULT 4294967295,
  enabled TINYINT NOT NULL DEFAULT 1,
  UNIQUE KEY (carrier_id, phone),
  KEY (workspace_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- A row for every change by a person, a key, the command line or the dialler
-- (actor '').  was and became are JSON.
CREATE TABLE audit (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  workspace_id INT UNSIGNED NOT NULL,
  campaign_id BIGINT UNSIGNED NULL,
  at DATETIME(6) NOT NULL,
  actor VARCHAR(120) NOT NULL,
  user_id INT UNSIGNED NULL,
  action VARCHAR(40) CHARACTER SET ascii NOT NULL,
  was TEXT NULL,
  became TEXT NULL,
  KEY (campaign_id, id),
  KEY (at, workspace_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Campaigns.  id: 50 random bits.  hay: folded name, newline, short id.
-- epoch + 1 makes void what is queued; ver + 1 at every change.  runs counts
-- Starts: above 0 name, bot and list are locked.  current_run is NULL in every
-- draft; prev_* undo a prepared restart.  days: bit 0 is Monday.  The keys end
-- in hay, so that a search with its count reads nothing but the key.

CREATE TABLE campaign (
  id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  workspace_id INT UNSIGNED NOT NULL,
  name VARCHAR(120) NOT NULL,
  hay VARBINARY(1000) NOT NULL,
  status TINYINT NOT NULL,
  epoch INT UNSIGNED NOT NULL DEFAULT 0,
  ver INT UNSIGNED NOT NULL DEFAULT 0,
  runs INT UNSIGNED NOT NULL DEFAULT 0,
  current_run INT UNSIGNED NULL,
  prev_run INT UNSIGNED NULL,
  prev_status TINYINT NULL,
  own_list BIGINT UNSIGNED NOT NULL,
  bot_id INT UNSIGNED NOT NULL,
  concurrency INT UNSIGNED NOT NULL,
  mode TINYINT NOT NULL,
  always_on TINYINT NOT NULL,
  window_start SMALLINT UNSIGNED NOT NULL,
  window_end SMALLINT UNSIGNED NOT NULL,
  zone VARCHAR(64) NOT NULL,
  days TINYINT UNSIGNED NOT NULL,
  max_attempts TINYINT UNSIGNED NOT NULL,
  retry_delay SMALLINT UNSIGNED NOT NULL,
  retry_on INT UNSIGNED NOT NULL,
  ring_timeout SMALLINT UNSIGNED NOT NULL,
  callbacks TINYINT NOT NULL,
  created_at DATETIME(6) NOT NULL,
  created_by VARCHAR(120) NOT NULL,
  started_at DATETIME(6) NULL,
  paused_at DATETIME(6) NULL,
  completed_at DATETIME(6) NULL,
  restarted_at DATETIME(6) NULL,
  restarted_by VARCHAR(120) NULL,
  prev_restarted_at DATETIME(6) NULL,
  prev_restarted_by VARCHAR(120) NULL,
  KEY by_time (workspace_id, created_at, id, hay),
  KEY by_status (workspace_id, status, created_at, id, hay),
  KEY by_name (workspace_id, name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE campaign_number (
  campaign_id BIGINT UNSIGNED NOT NULL,
  number_id INT UNSIGNED NOT NULL,
  PRIMARY KEY (campaign_id, number_id)
) ENGINE=InnoDB;

-- Contact lists: append-only.  refs counts the segments that use it; open:
-- appends are allowed; dying: being erased.

CREATE TABLE contact_list (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  workspace_id INT UNSIGNED NOT NULL,
  refs INT UNSIGNED NOT NULL DEFAULT 0,
  open TINYINT NOT NULL DEFAULT 0,
  appends INT UNSIGNED NOT NULL DEFAULT 0,
  dying TINYINT NOT NULL DEFAULT 0,
  created_at DATETIME(6) NOT NULL,
  KEY (dying, refs)
) ENGINE=InnoDB;

-- Contacts of one time zone ('' is the campaign's), numbered 1..n.
CREATE TABLE list_part (
  list_id BIGINT UNSIGNED NOT NULL,
  part SMALLINT UNSIGNED NOT NULL,
  zone VARCHAR(64) NOT NULL DEFAULT '',
  n INT UNSIGNED NOT NULL DEFAULT 0,
  PRIMARY KEY (list_id, part)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE contact (
  list_id BIGINT UNSIGNED NOT NULL,
  part SMALLINT UNSIGNED NOT NULL,
  ordinal INT UNSIGNED NOT NULL,
  phone VARCHAR(15) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  vars MEDIUMTEXT NULL,
  external_id VARCHAR(190) NULL,
  line INT UNSIGNED NOT NULL DEFAULT 0,
  PRIMARY KEY (list_id, part, ordinal),
  KEY (list_id, phone)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- An import at work on a draft; a beat older than a minute is a dead one.
CREATE TABLE import (
  campaign_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  list_id BIGINT UNSIGNED NOT NULL,
  rows_done INT UNSIGNED NOT NULL DEFAULT 0,
  beat_at DATETIME(6) NOT NULL,
  KEY (list_id)
) ENGINE=InnoDB;

-- upto NULL: open, list_part.n is read.
CREATE TABLE segment (
  campaign_id BIGINT UNSIGNED NOT NULL,
  seg SMALLINT UNSIGNED NOT NULL,
  list_id BIGINT UNSIGNED NOT NULL,
  part SMALLINT UNSIGNED NOT NULL,
  upto INT UNSIGNED NULL,
  prio TINYINT UNSIGNED NOT NULL DEFAULT 1,
  PRIMARY KEY (campaign_id, seg),
  KEY (list_id)
) ENGINE=InnoDB;

-- Runs.  settings: JSON, as it was when started.  rest: 0 open, 1 done,
-- 2 manual_stop, 3 window_closed, 4 failed.

CREATE TABLE run (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  workspace_id INT UNSIGNED NOT NULL,
  campaign_id BIGINT UNSIGNED NOT NULL,
  no INT UNSIGNED NOT NULL,
  settings TEXT NOT NULL,
  rest TINYINT NOT NULL DEFAULT 0,
  reason VARCHAR(200) NOT NULL DEFAULT '',
  lease_boot BIGINT UNSIGNED NULL,
  plan_no INT UNSIGNED NOT NULL DEFAULT 0,
  started_at DATETIME(6) NOT NULL,
  ended_at DATETIME(6) NULL,
  UNIQUE KEY (campaign_id, no),
  KEY (ended_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE run_cursor (
  run_id INT UNSIGNED NOT NULL,
  seg SMALLINT UNSIGNED NOT NULL,
  list_id BIGINT UNSIGNED NOT NULL,
  part SMALLINT UNSIGNED NOT NULL,
  zone VARCHAR(64) NOT NULL DEFAULT '',
  upto INT UNSIGNED NULL,
  prio TINYINT UNSIGNED NOT NULL,
  next_ordinal INT UNSIGNED NOT NULL DEFAULT 1,
  PRIMARY KEY (run_id, seg)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- The ledger of calls

CREATE TABLE node (
  slot SMALLINT UNSIGNED NOT NULL PRIMARY KEY,
  boot BIGINT UNSIGNED NOT NULL,
  name VARCHAR(120) NOT NULL DEFAULT '',
  lease_until DATETIME(6) NOT NULL,
  UNIQUE KEY (boot)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- A row for every contact behind its cursor, final ones too.  state: enum
-- contact_state.  seq: of the live or last attempt.  tries: counted attempts.
-- spoke: some attempt was completed.
CREATE TABLE run_contact (
  run_id INT UNSIGNED NOT NULL,
  seg SMALLINT UNSIGNED NOT NULL,
  ordinal INT UNSIGNED NOT NULL,
  state TINYINT UNSIGNED NOT NULL,
  class TINYINT UNSIGNED NOT NULL DEFAULT 1,
  due_at DATETIME(6) NULL,
  seq SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  tries TINYINT UNSIGNED NOT NULL DEFAULT 0,
  spoke TINYINT NOT NULL DEFAULT 0,
  outcome TINYINT UNSIGNED NOT NULL DEFAULT 0,
  number_id INT UNSIGNED NOT NULL DEFAULT 0,
  PRIMARY KEY (run_id, seg, ordinal)
) ENGINE=InnoDB;

-- Only who waits: class 0 callback, 1 never dialled but passed, 2 retry.
CREATE TABLE due (
  run_id INT UNSIGNED NOT NULL,
  class TINYINT UNSIGNED NOT NULL,
  due_at DATETIME(6) NOT NULL,
  seg SMALLINT UNSIGNED NOT NULL,
  ordinal INT UNSIGNED NOT NULL,
  PRIMARY KEY (run_id, class, due_at, seg, ordinal)
) ENGINE=InnoDB;

-- Attempts from queued to answered.  id: UUID version 8 of run, segment,
-- ordinal, seq and a nonce, so a run's live calls are one key range.  class:
-- where the contact goes back to if withdrawn.  tries, spoke: the contact's,
-- before this attempt.  state: 0 queued, 1 sent, 2 ringing, 3 answered.
CREATE TABLE live_call (
  id BINARY(16) NOT NULL PRIMARY KEY,
  workspace_id INT UNSIGNED NOT NULL,
  phone VARCHAR(15) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  campaign_id BIGINT UNSIGNED NOT NULL,
  run_id INT UNSIGNED NOT NULL,
  seg SMALLINT UNSIGNED NOT NULL,
  ordinal INT UNSIGNED NOT NULL,
  seq SMALLINT UNSIGNED NOT NULL,
  class TINYINT UNSIGNED NOT NULL,
  tries TINYINT UNSIGNED NOT NULL DEFAULT 0,
  spoke TINYINT NOT NULL DEFAULT 0,
  epoch INT UNSIGNED NOT NULL,
  state TINYINT UNSIGNED NOT NULL DEFAULT 0,
  boot BIGINT UNSIGNED NOT NULL DEFAULT 0,
  token BIGINT UNSIGNED NOT NULL DEFAULT 0,
  carrier_id INT UNSIGNED NOT NULL,
  number_id INT UNSIGNED NOT NULL,
  queued_at DATETIME(6) NOT NULL,
  not_after DATETIME(6) NOT NULL,
  sent_at DATETIME(6) NULL,
  ringing_at DATETIME(6) NULL,
  answered_at DATETIME(6) NULL,
  UNIQUE KEY (workspace_id, phone)
) ENGINE=InnoDB;

-- One INSERT when a call has ended, never changed.
CREATE TABLE attempt (
  run_id INT UNSIGNED NOT NULL,
  seg SMALLINT UNSIGNED NOT NULL,
  ordinal INT UNSIGNED NOT NULL,
  seq SMALLINT UNSIGNED NOT NULL,
  nonce INT UNSIGNED NOT NULL,
  phone VARCHAR(15) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  carrier_id INT UNSIGNED NOT NULL,
  number_id INT UNSIGNED NOT NULL,
  slot SMALLINT UNSIGNED NOT NULL,
  sent_at DATETIME(6) NOT NULL,
  ring_ms INT UNSIGNED NULL,
  talk_ms INT UNSIGNED NULL,
  outcome TINYINT UNSIGNED NOT NULL,
  q850 SMALLINT NULL,
  sip SMALLINT NULL,
  hung_by TINYINT UNSIGNED NOT NULL DEFAULT 0,
  counted TINYINT UNSIGNED NOT NULL,
  PRIMARY KEY (run_id, seg, ordinal, seq)
) ENGINE=InnoDB;

CREATE TABLE exclusion (
  campaign_id BIGINT UNSIGNED NOT NULL,
  phone VARCHAR(15) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason VARCHAR(200) NOT NULL DEFAULT '',
  at DATETIME(6) NOT NULL,
  PRIMARY KEY (campaign_id, phone)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE dnc (
  workspace_id INT UNSIGNED NOT NULL,
  phone VARCHAR(15) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  at DATETIME(6) NOT NULL,
  PRIMARY KEY (workspace_id, phone)
) ENGINE=InnoDB;

CREATE TABLE number_use (
  number_id INT UNSIGNED NOT NULL,
  day DATE NOT NULL,
  n INT UNSIGNED NOT NULL,
  last_used DATETIME(6) NOT NULL,
  PRIMARY KEY (number_id, day)
) ENGINE=InnoDB;

CREATE TABLE carrier_share (
  carrier_id INT UNSIGNED NOT NULL,
  slot SMALLINT UNSIGNED NOT NULL,
  boot BIGINT UNSIGNED NOT NULL,
  want INT UNSIGNED NOT NULL DEFAULT 0,
  cps INT UNSIGNED NOT NULL DEFAULT 0,
  channels INT UNSIGNED NOT NULL DEFAULT 0,
  grown_at DATETIME(6) NOT NULL,
  PRIMARY KEY (carrier_id, slot)
) ENGINE=InnoDB;

-- Deltas: only the sum over the shards of a run has a meaning.  Shard 0 web,
-- 2*slot+1 planner, 2*slot+2 recorder; folded into one row when a run ends.
-- processed: contacts with a finished attempt, or invalid, or excluded;
-- connected: contacts that spoke to the bot; ended: counted attempts;
-- answered: of these, picked up; o_N: attempts by outcome (enum outcome).
CREATE TABLE run_count (
  run_id INT UNSIGNED NOT NULL,
  shard SMALLINT UNSIGNED NOT NULL,
  active INT NOT NULL DEFAULT 0,
  held INT NOT NULL DEFAULT 0,
  retry INT NOT NULL DEFAULT 0,
  callback INT NOT NULL DEFAULT 0,
  completed INT NOT NULL DEFAULT 0,
  exhausted INT NOT NULL DEFAULT 0,
  abandoned INT NOT NULL DEFAULT 0,
  voicemail INT NOT NULL DEFAULT 0,
  invalid INT NOT NULL DEFAULT 0,
  excluded INT NOT NULL DEFAULT 0,
  processed INT NOT NULL DEFAULT 0,
  connected INT NOT NULL DEFAULT 0,
  ended INT NOT NULL DEFAULT 0,
  answered INT NOT NULL DEFAULT 0,
  o_1 INT NOT NULL DEFAULT 0,
  o_2 INT NOT NULL DEFAULT 0,
  o_3 INT NOT NULL DEFAULT 0,
  o_4 INT NOT NULL DEFAULT 0,
  o_5 INT NOT NULL DEFAULT 0,
  o_6 INT NOT NULL DEFAULT 0,
  o_7 INT NOT NULL DEFAULT 0,
  o_8 INT NOT NULL DEFAULT 0,
  o_9 INT NOT NULL DEFAULT 0,
  o_10 INT NOT NULL DEFAULT 0,
  o_11 INT NOT NULL DEFAULT 0,
  o_12 INT NOT NULL DEFAULT 0,
  o_13 INT NOT NULL DEFAULT 0,
  o_14 INT NOT NULL DEFAULT 0,
  PRIMARY KEY (run_id, shard)
) ENGINE=InnoDB;

-- minute: since 1970.  For pacing and charts.  handled: picked up and not
-- abandoned, talk_ms is theirs; connected: completed; refused: not counted,
-- or nothing could be placed at all.
CREATE TABLE run_minute (
  run_id INT UNSIGNED NOT NULL,
  minute INT UNSIGNED NOT NULL,
  slot SMALLINT UNSIGNED NOT NULL,
  ended INT NOT NULL DEFAULT 0,
  answered INT NOT NULL DEFAULT 0,
  handled INT NOT NULL DEFAULT 0,
  connected INT NOT NULL DEFAULT 0,
  abandoned INT NOT NULL DEFAULT 0,
  refused INT NOT NULL DEFAULT 0,
  ring_ms BIGINT NOT NULL DEFAULT 0,
  talk_ms BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (run_id, minute, slot)
) ENGINE=InnoDB;
