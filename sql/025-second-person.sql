-- second_person: whoever created or last changed a campaign may not start it.
ALTER TABLE workspace
  ADD COLUMN second_person TINYINT UNSIGNED NOT NULL DEFAULT 0;
