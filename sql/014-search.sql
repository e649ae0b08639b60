-- Which folding the searched text of all campaigns (campaign.hay) has; `outdial
-- migrate` makes it anew where that is an older one (listing/search_text.h).
CREATE TABLE search_text (
  id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
  version SMALLINT UNSIGNED NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

INSERT IGNORE INTO search_text (id, version) VALUES (1, 0);

-- The default country that no import could read, until it was refused.
UPDATE workspace SET country = 'GB' WHERE country = 'UK';
