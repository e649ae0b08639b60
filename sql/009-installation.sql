-- One row: what makes this installation itself.  site: its name to carriers;
-- secret: seals what Outdial keeps in Redis (store/seal.h), and is nowhere
-- else.  Both are made here, once.
CREATE TABLE installation (
  id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
  site CHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  secret BINARY(32) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

INSERT IGNORE INTO installation (id, site, secret)
  VALUES (1, LOWER(HEX(RANDOM_BYTES(8))), RANDOM_BYTES(32));

-- How often somebody tried to sign in of late, by the digest of what is
-- counted (workspace/sign_in.h).
CREATE TABLE sign_in_try (
  digest BINARY(32) NOT NULL PRIMARY KEY,
  tries INT UNSIGNED NOT NULL,
  until DATETIME(6) NOT NULL,
  KEY (until)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
