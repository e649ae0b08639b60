-- People.  password_hash '': invited, cannot sign in yet.  disabled_at: signs in
-- no more.  ver + 1 at every change by an administrator.  factor: the secret of
-- the second factor, encrypted (workspace/second_factor.h), NULL: none;
-- factor_step: the last 30 seconds of which a code was taken.
ALTER TABLE user
  ADD COLUMN disabled_at DATETIME(6) NULL,
  ADD COLUMN ver INT UNSIGNED NOT NULL DEFAULT 0,
  ADD COLUMN factor VARBINARY(100) NULL,
  ADD COLUMN factor_step BIGINT UNSIGNED NOT NULL DEFAULT 0,
  ADD KEY by_email (workspace_id, email);

-- A recovery code takes the place of the second factor, once.
CREATE TABLE recovery_code (
  user_id INT UNSIGNED NOT NULL,
  digest BINARY(32) NOT NULL,
  PRIMARY KEY (user_id, digest)
) ENGINE=InnoDB;

-- The one link by which somebody sets a password.  digest: SHA-256 of its
-- token; kind: 0 invitation, 1 password reset.
CREATE TABLE user_link (
  user_id INT UNSIGNED NOT NULL PRIMARY KEY,
  digest BINARY(32) NOT NULL,
  kind TINYINT UNSIGNED NOT NULL,
  created_at DATETIME(6) NOT NULL,
  expires_at DATETIME(6) NOT NULL,
  UNIQUE KEY (digest)
) ENGINE=InnoDB;

-- Changes of a workspace's administrators meet in this row, so that two of them
-- at once never leave none.
CREATE TABLE people_change (
  workspace_id INT UNSIGNED NOT NULL PRIMARY KEY,
  changes INT UNSIGNED NOT NULL
) ENGINE=InnoDB;

-- seen_at: at most a minute before the last request.
ALTER TABLE session
  ADD COLUMN seen_at DATETIME(6) NULL,
  ADD COLUMN address VARCHAR(45) CHARACTER SET ascii NOT NULL DEFAULT '',
  ADD COLUMN agent VARCHAR(200) CHARACTER SET utf8mb4 NOT NULL DEFAULT '';
