-- What the help desk's own system calls the ticket, once it has it.
ALTER TABLE tickets ADD COLUMN help_desk_id TEXT;
