ALTER TABLE tickets DROP COLUMN help_desk_id;
