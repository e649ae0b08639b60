-- Events out (hook/).  An endpoint is an address that events of a workspace
-- are sent to.  kinds: bit n, enum event_kind n is asked for.  old_secret signs
-- beside secret until old_until.  off_why: enum endpoint_off.  boot: of the
-- node that sends to it, 0: none; next_seq: the next event; fails: deliveries
-- in a row that failed, the first of them at failing_since; next_at: when the
-- next one is tried while the endpoint fails as a whole; turn: moves at each
-- write of that node.
CREATE TABLE endpoint (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  workspace_id INT UNSIGNED NOT NULL,
  url VARCHAR(500) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  description VARCHAR(200) NOT NULL DEFAULT '',
  kinds INT UNSIGNED NOT NULL,
  secret BINARY(32) NOT NULL,
  old_secret BINARY(32) NULL,
  old_until DATETIME(6) NULL,
  enabled TINYINT NOT NULL DEFAULT 1,
  off_why TINYINT UNSIGNED NOT NULL DEFAULT 0,
  off_at DATETIME(6) NULL,
  ver INT UNSIGNED NOT NULL DEFAULT 1,
  created_at DATETIME(6) NOT NULL,
  boot BIGINT UNSIGNED NOT NULL DEFAULT 0,
  next_seq BIGINT UNSIGNED NOT NULL,
  fails INT UNSIGNED NOT NULL DEFAULT 0,
  failing_since DATETIME(6) NULL,
  next_at DATETIME(6) NULL,
  turn INT UNSIGNED NOT NULL DEFAULT 0,
  UNIQUE KEY (workspace_id, url),
  KEY (boot)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- The sequence of a workspace's events.  next is written last in a transaction,
-- so that numbers become visible in their order and without a gap.  kinds: what
-- is written at all, the union of the enabled endpoints and of the feed; 0:
-- nothing.  changes: two who change endpoints meet here.
CREATE TABLE event_seq (
  workspace_id INT UNSIGNED NOT NULL PRIMARY KEY,
  next BIGINT UNSIGNED NOT NULL DEFAULT 1,
  feed TINYINT NOT NULL DEFAULT 0,
  kinds INT UNSIGNED NOT NULL DEFAULT 0,
  changes INT UNSIGNED NOT NULL DEFAULT 0
) ENGINE=InnoDB;

-- What happened, by its key in the ledger; the rest is read there when it is
-- sent.  kind: enum event_kind.  call_id, seg, ordinal, attempt: of an attempt;
-- without attempt: of a contact.  state: what the contact, or at ver the
-- campaign, became.  A test event has its endpoint in run_id.
CREATE TABLE event (
  workspace_id INT UNSIGNED NOT NULL,
  seq BIGINT UNSIGNED NOT NULL,
  kind TINYINT UNSIGNED NOT NULL,
  at DATETIME(6) NOT NULL,
  campaign_id BIGINT UNSIGNED NOT NULL,
  run_id INT UNSIGNED NOT NULL,
  seg SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  ordinal INT UNSIGNED NOT NULL DEFAULT 0,
  attempt SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  call_id BINARY(16) NULL,
  state TINYINT UNSIGNED NOT NULL DEFAULT 0,
  ver INT UNSIGNED NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, seq)
) ENGINE=InnoDB;

-- An event that was sent to an endpoint, or is to be sent again.  state: enum
-- delivery_state.  first_at: the first try, or the replay; at: the last one.
-- status: of HTTP, 0: no answer, and error says why.
CREATE TABLE delivery (
  endpoint_id INT UNSIGNED NOT NULL,
  seq BIGINT UNSIGNED NOT NULL,
  workspace_id INT UNSIGNED NOT NULL,
  state TINYINT UNSIGNED NOT NULL,
  tries INT UNSIGNED NOT NULL,
  first_at DATETIME(6) NOT NULL,
  at DATETIME(6) NOT NULL,
  next_at DATETIME(6) NULL,
  status SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  error VARCHAR(120) NOT NULL DEFAULT '',
  ms INT UNSIGNED NOT NULL DEFAULT 0,
  PRIMARY KEY (endpoint_id, seq),
  KEY (endpoint_id, state, next_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
