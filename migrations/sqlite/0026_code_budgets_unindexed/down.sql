CREATE INDEX code_budgets_full_at ON code_budgets (full_at);
