-- The order of the campaign list.  name_key: what names are sorted by, letters
-- without case and accents in the order of the Unicode Collation Algorithm (as
-- many as 240 bytes hold, which is 120 in most scripts).  touched_at: of the
-- last change, or first; whoever keeps an index of the campaigns in memory
-- asks what changed since it looked last.
ALTER TABLE campaign
  ADD COLUMN name_key VARBINARY(240) GENERATED ALWAYS AS
    (LEFT(WEIGHT_STRING(name COLLATE utf8mb4_uca1400_ai_ci), 240)) STORED,
  ADD COLUMN touched_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6)
    ON UPDATE CURRENT_TIMESTAMP(6),
  ADD KEY by_order (workspace_id, name_key, created_at DESC, id DESC),
  ADD KEY by_touch (workspace_id, touched_at);
