-- What a person has begun in the campaign wizard and not saved yet: one new
-- campaign (campaign_id 0) and one edit of each.  entries: JSON, as typed;
-- base: an edit's, as they were when it began, at campaign.ver.  rev + 1 at
-- each step that is left.  done: bit n, step n was left by Next.
CREATE TABLE wizard (
  user_id INT UNSIGNED NOT NULL,
  campaign_id BIGINT UNSIGNED NOT NULL,
  rev INT UNSIGNED NOT NULL,
  ver INT UNSIGNED NOT NULL,
  entries MEDIUMTEXT NOT NULL,
  base MEDIUMTEXT NOT NULL,
  upload_id BIGINT UNSIGNED NULL,
  done TINYINT UNSIGNED NOT NULL,
  back VARCHAR(500) NOT NULL,
  saved_at DATETIME(6) NOT NULL,
  PRIMARY KEY (user_id, campaign_id),
  KEY (campaign_id),
  KEY (upload_id),
  KEY (saved_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
