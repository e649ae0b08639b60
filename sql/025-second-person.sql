-- second_person: whoever created or last changed a campaign may not start it;
-- changed_by is that person, 0: the command line.
ALTER TABLE workspace
  ADD COLUMN second_person TINYINT UNSIGNED NOT NULL DEFAULT 0;
ALTER TABLE campaign
  ADD COLUMN changed_by INT UNSIGNED NOT NULL DEFAULT 0;
