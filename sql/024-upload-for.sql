-- The campaign that takes the contacts of an upload by itself, once the file is
-- read (campaign/campaign_import.h); NULL: none, or it has them (campaign_id).
ALTER TABLE upload
  ADD COLUMN for_campaign BIGINT UNSIGNED NULL,
  ADD KEY (for_campaign, state);
