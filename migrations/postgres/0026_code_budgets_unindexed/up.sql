-- Every code that is sent or tried moves this time, and with it moved its place in the index. Only housekeeping looks for it, and the
-- table is small.
DROP INDEX code_budgets_full_at;
