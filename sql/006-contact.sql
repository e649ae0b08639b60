-- Whose number a contact's is ("GB", "JE"; "": of none or of several, or not
-- read from a file), and how the file wrote it where that was not the bare
-- digits of phone, with or without "+".
ALTER TABLE contact
  ADD COLUMN country CHAR(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL
    DEFAULT '' AFTER phone,
  ADD COLUMN written VARCHAR(40) NULL AFTER country;
