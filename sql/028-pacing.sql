-- How calls are paced: 0 predictive, 1 reserve, a call for a free seat only.
ALTER TABLE campaign
  ADD COLUMN pacing TINYINT UNSIGNED NOT NULL DEFAULT 0;
