-- A carrier of the kind “ami”: an account of an Asterisk PBX and how it dials.
-- secret is locked with the installation's key (app/stored_secret.h).
-- inbound: channels that are never used for calls out.
ALTER TABLE carrier
  ADD COLUMN inbound INT UNSIGNED NOT NULL DEFAULT 0,
  ADD COLUMN user VARCHAR(80) NOT NULL DEFAULT '',
  ADD COLUMN secret VARCHAR(400) CHARACTER SET ascii COLLATE ascii_bin
    NOT NULL DEFAULT '',
  ADD COLUMN dial VARCHAR(120) NOT NULL DEFAULT '',
  ADD COLUMN plus TINYINT UNSIGNED NOT NULL DEFAULT 1,
  ADD COLUMN message VARCHAR(120) NOT NULL DEFAULT '',
  ADD COLUMN amd VARCHAR(80) NOT NULL DEFAULT '';

-- Why the node places no calls with it, in words; '': it does.
ALTER TABLE carrier_share
  ADD COLUMN trouble VARCHAR(160) CHARACTER SET utf8mb4 NOT NULL DEFAULT '';

-- join_ms: from the answer to the bot.  phrase: of the SIP response, in the
-- carrier's words.  amd: enum cr_amd.
ALTER TABLE attempt
  ADD COLUMN join_ms INT UNSIGNED NULL,
  ADD COLUMN phrase VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD COLUMN amd TINYINT UNSIGNED NOT NULL DEFAULT 0;
