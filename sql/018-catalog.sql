-- Bots, carriers, numbers and workspaces are changed on pages.  ver + 1 at every
-- change, so that whoever saves an older one is told.  The keys by name and by
-- phone are the order of their lists; by_bot and by_number find the campaigns
-- that use one.
-- names_no: two who name something in a workspace at once meet in its row.
ALTER TABLE bot
  ADD COLUMN ver INT UNSIGNED NOT NULL DEFAULT 0,
  ADD KEY by_name (workspace_id, name, id);
ALTER TABLE carrier
  ADD COLUMN ver INT UNSIGNED NOT NULL DEFAULT 0,
  ADD KEY by_name (workspace_id, name, id);
ALTER TABLE number
  ADD COLUMN ver INT UNSIGNED NOT NULL DEFAULT 0,
  ADD KEY by_phone (workspace_id, phone, id);
ALTER TABLE workspace
  ADD COLUMN ver INT UNSIGNED NOT NULL DEFAULT 0,
  ADD COLUMN names_no INT UNSIGNED NOT NULL DEFAULT 0;
ALTER TABLE campaign
  ADD KEY by_bot (bot_id, created_at);
ALTER TABLE campaign_number
  ADD KEY by_number (number_id);
