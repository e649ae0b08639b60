-- Keys of the API, and what was answered to requests that may be sent again.
-- Of a key only the SHA-256 is stored, of 256 random bits.  'scopes' is a set of
-- API_SCOPES (workspace/api_key.h).

CREATE TABLE api_key (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  workspace_id INT UNSIGNED NOT NULL,
  campaign_id BIGINT UNSIGNED NULL, -- NULL: every campaign of the workspace
  name VARCHAR(120) NOT NULL,
  digest BINARY(32) NOT NULL,
  hint CHAR(4) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- its end
  scopes INT UNSIGNED NOT NULL,
  user_id INT UNSIGNED NULL, -- who made it: what it does is done for them
  created_by VARCHAR(120) NOT NULL,
  created_at DATETIME(6) NOT NULL,
  expires_at DATETIME(6) NULL,
  revoked_at DATETIME(6) NULL,
  used_at DATETIME(6) NULL,
  used_from VARCHAR(45) CHARACTER SET ascii NULL,
  UNIQUE KEY (digest),
  KEY (workspace_id, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- A row is inserted by the transaction that the request was for; 'status' is 0
-- until the answer is known.
CREATE TABLE idempotency (
  api_key_id INT UNSIGNED NOT NULL,
  digest BINARY(32) NOT NULL, -- of the Idempotency-Key
  request BINARY(32) NOT NULL, -- of method, address and body
  at DATETIME(6) NOT NULL,
  status SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  location VARCHAR(200) CHARACTER SET ascii NOT NULL DEFAULT '',
  body MEDIUMTEXT NULL,
  PRIMARY KEY (api_key_id, digest),
  KEY (at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- "API key Shop"
ALTER TABLE audit MODIFY actor VARCHAR(300) NOT NULL;
